// Everything that the program itself detects and tells its owner of, by the code of the notice. What only silence would
// tell is in the alarms of CloudWatch.
import type { AlertCard } from './alert-card.ts';

export interface Alert extends AlertCard {
  /** The same is not told again for so long, where neither a run nor a session tells one time from another. */
  readonly repeatHours?: number;
  /** It follows from runs that do not start or end: beside other alerts of that kind it does not page again. */
  readonly isOfOutage?: true;
}

export const alerts = {
  'run-refused': {
    severity: 'ticket',
    meaning: 'A run was refused before anything was traded; the subject has the code.',
    silence: 'No run was refused. That runs take place at all is what run-missing says.',
    heading: 'A run was refused',
    command: 'npx evenkeel show RUN',
  },
  'run-denied': {
    severity: 'ticket',
    meaning: 'Our own risk review denied the plan of a run; the figures say what passed which limit.',
    silence: 'Every plan kept within its limits.',
    heading: 'A plan was denied',
    command: 'npx evenkeel show RUN',
  },
  'approval-needed': {
    severity: 'page',
    meaning: 'A plan is frozen and waits for its owner until the deadline of the session.',
    silence: 'No plan waits, or the portfolio does not ask for approval.',
    heading: 'A plan waits for your yes',
    command: 'npx evenkeel approve RUN',
  },
  'approval-missed': {
    severity: 'ticket',
    meaning: 'A plan that waited was not approved before its deadline. Nothing was traded, and it can no longer be executed.',
    silence: 'Every plan that waited was approved, or none did.',
    heading: 'A plan was not approved in time',
    command: 'npx evenkeel show RUN',
  },
  'schedule-wrong': {
    severity: 'page',
    meaning: 'An event fits no slot of its schedule: an old schedule is still deployed, a clock is wrong, or the calendar ends.',
    silence: 'Every event that came fits the portfolio file.',
    heading: 'An event fits no schedule',
    command: 'npx evenkeel status PORTFOLIO',
  },
  'run-missing': {
    severity: 'page',
    meaning: 'A run was due in a session that is over, and there is no record of it: its event never came, or never got as far.',
    silence: 'The watchdog found a record for every run that was due. Where the watchdog itself is silent, its heartbeat alarm rings.',
    heading: 'A run that was due is missing',
    command: 'npx evenkeel dlq',
    isOfOutage: true,
  },
  'run-not-ended': {
    severity: 'page',
    meaning: 'A run of a session that is over has not ended. Until it has, every later run of its portfolio is refused.',
    silence: 'Every run of the session has ended.',
    heading: 'A run has not ended',
    command: 'npx evenkeel show RUN',
    isOfOutage: true,
  },
  'run-unresolved': {
    severity: 'page',
    meaning: 'The broker never said what became of an order of a run.',
    silence: 'The fate of every order is known.',
    heading: 'A run is unresolved',
    command: 'npx evenkeel show RUN',
    isOfOutage: true,
  },
  residuals: {
    severity: 'ticket',
    meaning: 'Some trades of a run were not completed, each for a recorded reason.',
    silence: 'Every trade was filled.',
    heading: 'A run left residuals',
    command: 'npx evenkeel show RUN',
  },
  'residual-above-limit': {
    severity: 'page',
    meaning: 'A session is over, and a large share of the portfolio is not where it should be.',
    silence: 'What runs left undone is a small share of the portfolio.',
    heading: 'A large residual was left',
    command: 'npx evenkeel show RUN',
  },
  'unexplained-residual': {
    severity: 'page',
    meaning: 'A symbol is outside its band and the record has no reason: a defect of the program.',
    silence: 'All that is outside a band has its reason on record.',
    heading: 'A residual is unexplained',
    command: 'npx evenkeel halt PORTFOLIO --reason "unexplained residual"',
  },
  'foreign-order': {
    severity: 'page',
    meaning: 'Another order stands at the broker under the name of one of ours: somebody else trades with our names.',
    silence: 'Every order under our names is ours.',
    heading: 'A foreign order stands under our name',
    command: 'npx evenkeel halt PORTFOLIO --reason "foreign order"',
  },
  'stray-orders': {
    severity: 'page',
    meaning: 'After the close an order of ours was still open that no run follows any more. It was canceled.',
    silence: 'No order of ours outlived its run.',
    heading: 'Stray orders were found',
    command: 'npx evenkeel reconcile PORTFOLIO',
  },
  'other-account': {
    severity: 'page',
    meaning:
      'A run was planned for one account, and the broker answers for another. Nothing was sent, canceled or counted; orders may work in the first.',
    silence: 'Every run was answered by the account that it was planned for.',
    heading: 'The broker answers for another account',
    command: 'npx evenkeel secrets check',
  },
  'reconciliation-difference': {
    severity: 'page',
    meaning:
      'The account does not hold what the ledger expects, and nothing of ours explains it. The next run is refused until a person adopts it.',
    silence: 'The account holds what the ledger expects.',
    heading: 'The account and the ledger differ',
    command: 'npx evenkeel reconcile PORTFOLIO',
  },
  'left-out': {
    severity: 'ticket',
    meaning: 'A candidate of a strategy had no data and was left out; others got its share.',
    silence: 'Every candidate had its data.',
    heading: 'A candidate was left out',
    command: 'npx evenkeel show RUN',
  },
  'exits-missed': {
    severity: 'ticket',
    meaning: 'A protective exit was touched, and the run that was to carry it out traded nothing.',
    silence: 'Every exit that was touched was carried out, or the portfolio has none.',
    heading: 'An exit was not carried out',
    command: 'npx evenkeel show RUN',
  },
  'breaker-stopped': {
    severity: 'page',
    meaning: 'More was lost in a day, or since the high-water mark, than the file allows. The kill switch of the portfolio is on.',
    silence: 'No loss reached the figure at which all trading stops.',
    heading: 'The breaker said stop',
    command: 'npx evenkeel status PORTFOLIO',
  },
  'breaker-level': {
    severity: 'ticket',
    meaning: 'The drawdown breaker of a portfolio is above normal: its positions grow by less, or not at all, until a person lowers it.',
    silence: 'Every breaker is normal.',
    heading: 'The breaker is above normal',
    command: 'npx evenkeel status PORTFOLIO',
  },
  'kill-switch-on': {
    severity: 'ticket',
    meaning: 'A kill switch is on: nothing is traded until a person turns it off. Told once a session.',
    silence: 'No kill switch is on.',
    heading: 'A kill switch is on',
    command: 'npx evenkeel status PORTFOLIO',
  },
  'secret-old': {
    severity: 'ticket',
    meaning: 'The keys of a broker account are older than 90 days.',
    silence: 'All keys are younger, or their age is not known.',
    heading: 'A secret is old',
    command: 'npx evenkeel secrets check',
    repeatHours: 7 * 24,
  },
  'audit-chain-broken': {
    severity: 'page',
    meaning: 'An artifact of a run is missing, is not what its hash says, or does not name the one before it.',
    silence: 'The artifacts of every run of the session form a whole chain.',
    heading: 'The audit chain is broken',
    command: 'npx evenkeel audit verify',
  },
  'broker-circuit-open': {
    severity: 'page',
    meaning: 'The broker failed so often that it is not called any more for a while. Nothing is known of the account.',
    silence: 'The broker answers.',
    heading: 'The broker does not answer',
    command: 'npx evenkeel status PORTFOLIO',
    isOfOutage: true,
  },
  'watchdog-blind': {
    severity: 'page',
    meaning: 'Some of what is checked after each session could not be checked.',
    silence: 'All checks were made.',
    heading: 'The watchdog could not look',
    command: 'npx evenkeel status PORTFOLIO',
    isOfOutage: true,
  },
  'clock-skew': {
    severity: 'ticket',
    meaning: "The broker's clock and ours differ by seconds. Quotes are judged by their age, so they would be misjudged.",
    silence: 'The clocks agree.',
    heading: 'The clocks differ',
    command: 'npx evenkeel status PORTFOLIO',
  },
  'stale-quotes': {
    severity: 'ticket',
    meaning: 'A run found no quote to trade on for some of its symbols: missing, old, crossed or too wide.',
    silence: 'Every symbol that was to be traded had a usable quote.',
    heading: 'Quotes were not usable',
    command: 'npx evenkeel show RUN',
  },
  'stale-closes': {
    severity: 'ticket',
    meaning: 'Some symbols of a portfolio have no close of the latest session that must have one.',
    silence: 'The closes that strategies look at are there.',
    heading: 'Closes are missing',
    command: 'npx evenkeel status PORTFOLIO',
  },
} as const satisfies Readonly<Record<string, Alert>>;

export type AlertCode = keyof typeof alerts;

/** undefined for a code of another release. */
export function alertOf(code: string): Alert | undefined {
  return Object.hasOwn(alerts, code) ? alerts[code as AlertCode] : undefined;
}
