import type { SweepStart } from '../contracts/sweep-batch.ts';
import type { ContentHash } from '../core/values/identity.ts';

/** Where the last attempt at a sweep stands. Attempts are counted from 1. */
export type SweepStanding =
  | { readonly kind: 'never-started' }
  /** Variants; none of all while their list is being read. */
  | { readonly kind: 'running'; readonly take: number; readonly finished: number; readonly all: number }
  | {
      readonly kind: 'ended';
      readonly take: number;
      readonly how: 'succeeded' | 'failed' | 'timed-out' | 'aborted';
      /** In the words of the first call that failed, or of the engine. */
      readonly detail?: string;
    };

/** What runs sweeps in the cloud. Methods throw `OutsideError`. */
export interface SweepEngine {
  latest(sweep: ContentHash): Promise<SweepStanding>;
  /** An attempt has a name that can be used once: of two who start it, one does. */
  start(take: number, start: SweepStart): Promise<'started' | 'already-started'>;
  /** The sweeps that run now. */
  running(): Promise<readonly ContentHash[]>;
  /** How many functions of the account may run at once, those of its trading among them. */
  functionsMax(): Promise<number>;
}
