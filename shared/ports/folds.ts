// What the owner was told lately, so that the same is not told twice.
import type { EpochMs } from '../core/values/time.ts';

export interface Taking {
  /** The message that takes it, the same in every delivery. */
  readonly by: string;
  /** In words, for whoever comes after it. */
  readonly title: string;
  readonly at: EpochMs;
  /** It is free again from then on. */
  readonly until: EpochMs;
}

export type Taken =
  | { readonly kind: 'taken' }
  /** Another message was first, or this one was told already. One that is not told yet may never be. */
  | { readonly kind: 'folded'; readonly first: Pick<Taking, 'by' | 'title' | 'at'> & { readonly isTold: boolean } };

/** Each write is one conditional write, each read is strongly consistent. Methods throw `StoreError`. */
export interface Folds {
  /** Of many messages one takes the key. It may take it again until it is settled: its delivery may have died on the way. */
  take(key: string, taking: Taking): Promise<Taken>;
  /** It was told: nobody takes the key before `until`, the same message included. Nothing happens where another took it since. */
  settle(key: string, taking: Taking): Promise<void>;
}
