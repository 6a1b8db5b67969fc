// What only silence or AWS itself can tell: the alarms of CloudWatch, at most ten, by name. What the program detects is told
// by notices instead. One outage pages once: what is still repeated is a ticket, and only what nobody repeats any more pages.
import type { AlertCard } from './alert-card.ts';
import type { PortfolioPolicy } from './portfolio-policy.ts';

export interface AlarmCard extends AlertCard {
  /** `notify` makes a message of it; `owner` is told directly, because notify cannot tell of its own failure. */
  readonly tells: 'notify' | 'owner';
}

export const alarms = {
  'run-not-started': {
    severity: 'page',
    tells: 'notify',
    meaning: 'A scheduled run did not start: its event could not be delivered, or the signal function gave up on it.',
    silence: 'Every event that was sent has arrived and was taken. That it was sent at all is what the watchdog looks at.',
    heading: 'A run did not start',
    command: 'npx evenkeel dlq',
  },
  'run-stopped': {
    severity: 'page',
    tells: 'notify',
    meaning: 'A run stopped half-way: its turns fail, or its execution failed or ran out of time. It stays as its record says.',
    silence: 'No execution gave up. An execution that still works is silent too: the watchdog looks whether it ended.',
    heading: 'A run stopped half-way',
    command: 'npx evenkeel dlq',
  },
  'watchdog-failed': {
    severity: 'page',
    tells: 'notify',
    meaning: 'The watchdog was called and could not do its work: nobody has checked what became of the runs of the session.',
    silence: 'Every call of the watchdog was answered. That it was called at all is what its heartbeat says.',
    heading: 'The watchdog failed',
    command: 'npx evenkeel dlq',
  },
  'watchdog-silent': {
    severity: 'page',
    tells: 'notify',
    meaning: 'The watchdog has not finished its work for 26 hours. Rings once after the first deployment, until its first evening.',
    silence: 'The watchdog works, on Sundays and holidays too: of this one, silence is health.',
    heading: 'The watchdog is silent',
    command: 'npx evenkeel status',
  },
  'notify-failed': {
    severity: 'page',
    tells: 'owner',
    meaning: 'A message to the owner could not be made or sent. What it was about is in the queue, and nobody was told.',
    silence: 'Every message that was to be told was handed on. Whether the mail arrived, only its reader knows.',
    heading: 'A message did not reach its owner',
    command: 'npx evenkeel dlq',
  },
  'function-errors': {
    severity: 'ticket',
    tells: 'notify',
    meaning: 'A function failed. It is called again by itself; where that does not help, another alarm pages.',
    silence: 'No call of a function failed.',
    heading: 'A function fails',
    command: 'npx evenkeel logs RUN',
  },
  throttled: {
    severity: 'ticket',
    tells: 'notify',
    meaning: 'Calls of functions in this account and region were refused because too many run at once. They are repeated.',
    silence: 'The account had room for every call.',
    heading: 'Functions are throttled',
    command: 'npx evenkeel status',
  },
  'near-timeout': {
    severity: 'ticket',
    tells: 'notify',
    meaning: 'A call took more than four fifths of the time its function has. The next one may be cut off.',
    silence: 'Every call had time to spare.',
    heading: 'A function is near its time limit',
    command: 'npx evenkeel logs RUN',
  },
  'near-memory-limit': {
    severity: 'ticket',
    tells: 'notify',
    meaning: 'A function used more than nine tenths of its memory. One that needs more is killed.',
    silence: 'Every call had memory to spare.',
    heading: 'A function is near its memory limit',
    command: 'npx evenkeel logs RUN',
  },
} as const satisfies Readonly<Record<string, AlarmCard>>;

export type AlarmName = keyof typeof alarms;

type Stage = PortfolioPolicy['account']['mode'];

/** As CloudWatch knows it. */
export function alarmNameOf(stage: Stage, name: AlarmName): string {
  return `evenkeel-${stage}-${name}`;
}

/** undefined for the alarm of somebody else, or of another release. */
export function alarmOf(cloudWatchName: string): AlarmCard | undefined {
  const name = /^evenkeel-(?:paper|live)-(.+)$/.exec(cloudWatchName)?.[1];
  return name !== undefined && Object.hasOwn(alarms, name) ? alarms[name as AlarmName] : undefined;
}
