// Turns the crank of a run in virtual time, as the state machine does on AWS: turn, wait, turn, with the same
// retries, and the dead-letter queue at the end of them.
import type { AdvanceResult } from '../contracts/events.ts';
import { retryRules } from '../contracts/retry-rules.ts';
import type { RunId } from '../core/values/identity.ts';
import { SECOND_MS } from '../core/values/time.ts';

export interface DriverParts {
  readonly execute: (event: unknown) => Promise<AdvanceResult>;
  /** Lets this much virtual time pass. */
  readonly pass: (ms: number) => void;
  readonly deadLetter: (message: { readonly runId: RunId; readonly error: string }) => Promise<void>;
  /** Asked between turns: true when the person at the keyboard wants to stop. */
  readonly isStopped: () => boolean;
}

export type Driven = 'ended' | 'stopped' | 'dead-letter';

/** A run at home that needs more turns than this does not converge. On AWS a run has some two thousand. */
const TURNS_MAX = 2_000;

export async function driveRun(runId: RunId, parts: DriverParts): Promise<Driven> {
  for (let turn = 0; turn < TURNS_MAX; turn += 1) {
    if (parts.isStopped()) return 'stopped';
    const result = await turnWithRetries(runId, parts);
    if (result === undefined) return 'dead-letter';
    if (result.done) return 'ended';
    parts.pass(result.waitSeconds * SECOND_MS);
  }
  throw new Error(`run ${runId} has not ended after ${TURNS_MAX} turns`);
}

async function turnWithRetries(runId: RunId, { execute, pass, deadLetter }: DriverParts): Promise<AdvanceResult | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await execute({ runId });
    } catch (error) {
      if (attempt > retryRules.attemptsMax) {
        await deadLetter({ runId, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) });
        return undefined;
      }
      pass(retryRules.firstDelaySeconds * retryRules.backoffRate ** (attempt - 1) * SECOND_MS);
    }
  }
}
