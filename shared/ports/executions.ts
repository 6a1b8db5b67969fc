// The executions of runs, as whoever answers an alarm sees them.
import type { RunId } from '../core/values/identity.ts';

/** What became of the execution that turns the crank of a run. */
export type ExecutionStanding =
  | { readonly kind: 'never-started' }
  | { readonly kind: 'running' }
  | { readonly kind: 'succeeded' }
  | {
      readonly kind: 'stopped';
      readonly how: 'failed' | 'timed-out' | 'aborted';
      /** In the engine's own words; absent where it has none. */
      readonly error?: string;
      /** Why it cannot go on where it stopped; absent where it can. */
      readonly notRedrivable?: string;
    };

/** What was done about a stopped execution: `unneeded` when it had not stopped, or somebody else was quicker. */
export type Redriven = 'resumed' | 'started-anew' | 'unneeded';

/** Methods throw `OutsideError`. */
export interface Executions {
  standing(runId: RunId): Promise<ExecutionStanding>;
  /** Whether it takes executions at all. */
  isReady(): Promise<boolean>;
  /**
   * Lets a stopped execution go on in the state in which it stopped; where the engine does not do that, or not any more,
   * another execution of the same run begins from its record. Asking twice is harmless, and of one that has not stopped
   * nothing is asked.
   */
  redrive(runId: RunId): Promise<Redriven>;
}
