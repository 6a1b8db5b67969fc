import type { HypothesisFact, TrialEntry } from '../contracts/trial-entries.ts';
import type { EpochMs } from '../core/values/time.ts';
import type { TrialRefusal } from './trial-rules.ts';

export type Appended =
  | { readonly kind: 'appended'; readonly entries: readonly TrialEntry[] }
  /** Nothing was written. `fact` is the place of the first that may not be. */
  | { readonly kind: 'refused'; readonly code: TrialRefusal; readonly fact: number };

/**
 * Everything that was tried, for ever: entries are appended, never changed, and each names the one before by its hash. What may
 * follow what is said by `trial-rules.ts`, asked and written as one: of two who open a holdout at once, one is refused.
 * Methods throw `StoreError`, and `BrokenLedger` where the chain does not hold.
 */
export interface TrialLedger {
  /**
   * In this order, when all are allowed. When it returns they are on disk. After a failure with `unknown` effect the first of
   * them may be there: then more trials are counted than were made, never fewer.
   */
  append(facts: readonly HypothesisFact[], at: EpochMs): Promise<Appended>;
  /** From the first on: of one hypothesis, or everything. */
  entries(hypothesis?: string): Promise<readonly TrialEntry[]>;
}

/** An entry was changed, put in or taken out. Nothing is written after it, and no verdict may rest on it. */
export class BrokenLedger extends Error {
  override readonly name = 'BrokenLedger';
}
