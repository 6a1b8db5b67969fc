// A version of the program that waits to be let in.
import type { DryRunResult } from '../contracts/events.ts';
import type { ReleaseHook } from '../contracts/release-hook.ts';

export interface Release {
  /** Asks the version that waits to be let in. Throws `OutsideError`, also when that version fails. */
  dryRun(portfolio: string): Promise<DryRunResult>;
  /** Lets it in, or keeps it out. */
  report(hook: ReleaseHook, status: 'Succeeded' | 'Failed'): Promise<void>;
}
