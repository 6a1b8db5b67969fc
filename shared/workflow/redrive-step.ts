// What would let a stopped run go on, by its record, its execution and the time: one way or none, with the reason. It
// decides and does nothing; whatever it decides, the run's record and its name keep an order from being sent twice.
import type { RunRecord } from '../contracts/run-record.ts';
import type { EpochMs } from '../core/values/time.ts';
import type { ExecutionStanding } from '../ports/executions.ts';
import { LATE_MS_MAX } from './refuse-start.ts';

export type RedriveStep =
  /** The plan was not made, and the slot is open still: the event is delivered once more. */
  | { readonly kind: 'send-event'; readonly scheduledTime: EpochMs; readonly until: EpochMs }
  /** The plan is frozen and nobody has begun to execute it. */
  | { readonly kind: 'start' }
  /** The execution stopped and can go on where it did. */
  | { readonly kind: 'redrive'; readonly how: string; readonly error?: string }
  /** The execution stopped and cannot go on: another one begins from the record. */
  | { readonly kind: 'start-anew'; readonly because: string }
  | { readonly kind: 'none'; readonly code: NoStepCode; readonly detail: string };

export type NoStepCode =
  | 'slot-passed'
  | 'slot-unknown'
  | 'too-early'
  | 'awaiting-approval'
  | 'running'
  | 'ended'
  | 'unresolved'
  | 'engine-disagrees';

export interface RedriveSight {
  readonly record: RunRecord | undefined;
  readonly standing: ExecutionStanding;
  /** When the run was due; undefined where nobody knows. */
  readonly scheduledTime: EpochMs | undefined;
  readonly now: EpochMs;
}

export function redriveStep({ record, standing, scheduledTime, now }: RedriveSight): RedriveStep {
  const phase = record?.phase;
  switch (phase?.kind) {
    case undefined:
    case 'claimed':
      return eventStep(record?.scheduledTime ?? scheduledTime, now);
    case 'awaiting-approval':
      return now < phase.execution.deadline
        ? none('awaiting-approval', 'its plan waits for a yes: evenkeel approve')
        : none('slot-passed', 'its plan was not approved before its deadline; nothing was traded, and the next scheduled run plans anew');
    case 'executing':
      return executingStep(standing);
    case 'ended':
      return phase.ending.kind === 'unresolved'
        ? none(
            'unresolved',
            `it has ended as unresolved (${phase.ending.detail}): a redrive fails again by intention, and a person looks at the broker`,
          )
        : none('ended', `it has ended: ${phase.ending.kind}`);
  }
}

function eventStep(scheduledTime: EpochMs | undefined, now: EpochMs): RedriveStep {
  if (scheduledTime === undefined) return none('slot-unknown', 'it has no record, and no schedule of ours was due in that session');
  const until = scheduledTime + LATE_MS_MAX;
  if (now > until)
    return none(
      'slot-passed',
      `its slot closed at ${new Date(until).toISOString()}; nothing was traded, and the next scheduled run starts by itself`,
    );
  if (now < scheduledTime) return none('too-early', `it is due at ${new Date(scheduledTime).toISOString()}`);
  return { kind: 'send-event', scheduledTime, until };
}

function executingStep(standing: ExecutionStanding): RedriveStep {
  switch (standing.kind) {
    case 'never-started':
      return { kind: 'start' };
    case 'running':
      return none('running', 'its execution is running, and makes its next turn by itself');
    case 'succeeded':
      return none('engine-disagrees', 'its execution has ended and its record has not: close it by hand when no order of it can fill');
    case 'stopped':
      if (standing.notRedrivable !== undefined) return { kind: 'start-anew', because: standing.notRedrivable };
      return { kind: 'redrive', how: standing.how, ...(standing.error === undefined ? {} : { error: standing.error }) };
  }
}

function none(code: NoStepCode, detail: string): RedriveStep {
  return { kind: 'none', code, detail };
}
