// What the schedule and the engine hand to the Lambdas.
import * as z from 'zod';
import { parseRunId, type RunId } from '../core/values/identity.ts';
import { runIdText } from './codecs.ts';
import { name } from './name.ts';

const instant = z.iso.datetime({ offset: true });

/** EventBridge Scheduler → signal. `scheduledTime` is when it was due, not when it arrived. */
export const scheduleEvent = z.strictObject({
  portfolio: name,
  schedule: name,
  scheduledTime: instant,
});
export type ScheduleEvent = z.infer<typeof scheduleEvent>;

/** The gate of a release → a new version of the signal: make the plan of this portfolio, and trade nothing. */
export const dryRunEvent = z.strictObject({ kind: z.literal('dry-run'), portfolio: name });
export type DryRunEvent = z.infer<typeof dryRunEvent>;

export function isDryRun(event: unknown): event is DryRunEvent {
  return dryRunEvent.safeParse(event).success;
}

/** What the dry run answers. `failed` is a fault of the release; what is a matter of the account or the day passes. */
export const dryRunResult = z.object({ verdict: z.enum(['passed', 'failed']), detail: z.string() });
export type DryRunResult = z.infer<typeof dryRunResult>;

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
