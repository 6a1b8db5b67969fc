// Why a claim may not be tried, and so not be judged either.
import type { TrialRefusal } from '../../shared/ports/trial-rules.ts';

/**
 * `other-data`: not the prices that the file names by their hash. `changed-since-registered`: file or strategy. `over-budget`:
 * more variants than it allowed itself. `looks-ahead`: a decision that differs without its future.
 */
export interface ClaimRefused {
  readonly kind: 'refused';
  readonly code: 'other-data' | 'changed-since-registered' | 'over-budget' | 'looks-ahead' | 'no-prices' | TrialRefusal;
  readonly detail: string;
}

/** To try and to judge alike. */
export function refuseOpened(hypothesis: string, why = ''): ClaimRefused {
  return claimRefused('holdout-opened-before', `the holdout of ${hypothesis} was opened before${why}`);
}

export function claimRefused(code: ClaimRefused['code'], detail: string): ClaimRefused {
  return { kind: 'refused', code, detail };
}
