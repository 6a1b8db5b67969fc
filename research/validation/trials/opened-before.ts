// The opening of a holdout that stands in a ledger, with what came of it where somebody got that far.
import type { HypothesisFact, TrialEntry } from '../../../shared/contracts/trial-entries.ts';
import type { ContentHash } from '../../../shared/core/values/identity.ts';

export interface OpenedBefore {
  readonly variant: ContentHash;
  /** The person who opened it. */
  readonly by: string;
  /** undefined where whoever opened it died before it was lived. */
  readonly ended: Extract<HypothesisFact, { readonly kind: 'holdout-ended' }> | undefined;
}

/** undefined while the holdout is sealed. @param entries with those of the hypothesis among them. */
export function openedBefore(entries: readonly TrialEntry[], hypothesis: string): OpenedBefore | undefined {
  let opened: OpenedBefore | undefined;
  for (const { fact } of entries) {
    if (fact.kind === 'tail-cut' || fact.hypothesis !== hypothesis) continue;
    if (fact.kind === 'holdout-opened') opened = { variant: fact.variant, by: fact.by, ended: undefined };
    if (fact.kind === 'holdout-ended' && opened !== undefined) opened = { ...opened, ended: fact };
  }
  return opened;
}
