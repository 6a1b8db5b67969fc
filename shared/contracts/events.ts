// What the schedule and the engine hand to the Lambdas.
import * as z from 'zod';
import { NAME_PATTERN, parseRunId, type RunId } from '../core/values/identity.ts';
import { runIdText } from './codecs.ts';

const instant = z.iso.datetime({ offset: true });

/** EventBridge Scheduler → signal. `scheduledTime` is when it was due, not when it arrived. */
export const scheduleEvent = z.strictObject({
  portfolio: z.string().regex(NAME_PATTERN),
  schedule: z.string().regex(NAME_PATTERN),
  scheduledTime: instant,
});
export type ScheduleEvent = z.infer<typeof scheduleEvent>;

/** Step Functions → execution. The state machine passes `{ runId }` through every turn. */
export const advanceEvent = z.strictObject({ runId: runIdText });
export type AdvanceEvent = z.infer<typeof advanceEvent>;

/** The portfolio that a run is of. */
export function portfolioOf({ runId }: AdvanceEvent): string {
  const key = parseRunId(runId);
  if (key === undefined) throw new Error(`not a run id: ${runId}`);
  return key.portfolio;
}

/** execution → Step Functions: the Choice reads `done`, the Wait reads `waitSeconds`. */
export interface AdvanceResult {
  readonly runId: RunId;
  readonly done: boolean;
  /** Whole seconds, at least 1, until the next turn; 0 when done. */
  readonly waitSeconds: number;
}
