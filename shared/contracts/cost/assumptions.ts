// How a deployment is used, where its templates do not say. Rather too much than too little: every schedule counts as due in
// every session, and every run trades and has to wait.

export interface UsageAssumptions {
  readonly sessions: number;
  /** For what fires at weekends too. */
  readonly days: number;
  readonly signalSeconds: number;
  readonly turnsOfRun: number;
  readonly turnSeconds: number;
  readonly watchdogSeconds: number;
  /** Notices and alarms that are told. */
  readonly messagesOfSession: number;
  readonly messageSeconds: number;
  /** Of a session in which metrics are sent: those of its runs and that of the watchdog. */
  readonly metricHoursOfSession: number;
  readonly logKbOfCall: number;
  readonly recordKb: number;
  readonly artifactsOfRun: number;
  readonly artifactsMbOfRun: number;
  /** What has gathered by then is what storage is reckoned with. */
  readonly monthsKept: number;
}

export const USUAL: UsageAssumptions = {
  sessions: 21,
  days: 30.4,
  signalSeconds: 20,
  turnsOfRun: 30,
  turnSeconds: 3,
  watchdogSeconds: 20,
  messagesOfSession: 4,
  messageSeconds: 2,
  metricHoursOfSession: 2,
  logKbOfCall: 30,
  recordKb: 20,
  artifactsOfRun: 5,
  artifactsMbOfRun: 1,
  monthsKept: 24,
};
