// What a trial ledger lets happen to a hypothesis, one fact after another. Pure: every ledger asks it.
import type { HypothesisFact } from '../contracts/trial-entries.ts';
import type { ContentHash } from '../core/values/identity.ts';
import type { NewYorkDate } from '../core/values/time.ts';

/**
 * `registered-before`: a hypothesis is written down once; another idea has another name.
 * `not-registered`: trials before it was written down are not counted, so they are not made.
 * `inside-holdout`: a trial that reaches into the sealed dates, or past them; its own, or those of another hypothesis that has tried
 * the same strategy.
 * `holdout-opened-before`: it is opened once, and nothing is tried after it.
 * `unknown-trial`: never begun, or over already. `holdout-sealed`: a result of what was not opened, or a second one.
 * `empty-span`: ends before it begins. `over-budget`: one more variant than the hypothesis allowed itself.
 */
export type TrialRefusal =
  | 'registered-before'
  | 'not-registered'
  | 'inside-holdout'
  | 'holdout-opened-before'
  | 'unknown-trial'
  | 'holdout-sealed'
  | 'empty-span'
  | 'over-budget';

/** Where a hypothesis stands. */
export interface TrialStanding {
  readonly holdout: { readonly first: NewYorkDate; readonly last: NewYorkDate };
  readonly phase: 'sealed' | 'opened' | 'ended';
  readonly trialsMax: number;
  /** Different ones that were begun. */
  readonly variants: ReadonlySet<ContentHash>;
  /** What of them is known to decide. */
  readonly strategies: ReadonlySet<ContentHash>;
  /** Begun and not over, by the hash of their entries. */
  readonly open: ReadonlySet<ContentHash>;
}

/** @param hash of the entry that would hold the fact. @param standing undefined before anything is known of the hypothesis. */
export function afterFact(standing: TrialStanding | undefined, fact: HypothesisFact, hash: ContentHash): TrialStanding | TrialRefusal {
  if (fact.kind === 'registered') {
    if (standing !== undefined) return 'registered-before';
    if (fact.holdout.last < fact.holdout.first) return 'empty-span';
    return {
      holdout: fact.holdout,
      phase: 'sealed',
      trialsMax: fact.trialsMax,
      variants: new Set(),
      strategies: new Set(),
      open: new Set(),
    };
  }
  if (standing === undefined) return 'not-registered';
  switch (fact.kind) {
    case 'trial': {
      if (fact.span.last < fact.span.first) return 'empty-span';
      if (fact.span.last >= standing.holdout.first) return 'inside-holdout';
      if (standing.phase !== 'sealed') return 'holdout-opened-before';
      const variants = standing.variants.has(fact.variant) ? standing.variants : new Set(standing.variants).add(fact.variant);
      if (variants.size > standing.trialsMax) return 'over-budget';
      const strategies = fact.strategy === undefined ? standing.strategies : new Set(standing.strategies).add(fact.strategy);
      return { ...standing, variants, strategies, open: new Set(standing.open).add(hash) };
    }
    case 'trial-ended':
    case 'trial-failed': {
      const open = new Set(standing.open);
      return open.delete(fact.trial) ? { ...standing, open } : 'unknown-trial';
    }
    case 'holdout-opened':
      return standing.phase === 'sealed' ? { ...standing, phase: 'opened' } : 'holdout-opened-before';
    case 'holdout-ended':
      return standing.phase === 'opened' ? { ...standing, phase: 'ended' } : 'holdout-sealed';
  }
}

/** Whether the trial of another hypothesis reaches into dates that are sealed for the same strategy here. */
export function looksInto({ phase, holdout, variants, strategies }: TrialStanding, fact: HypothesisFact): boolean {
  if (fact.kind !== 'trial' || phase !== 'sealed' || fact.span.last < holdout.first) return false;
  return variants.has(fact.variant) || (fact.strategy !== undefined && strategies.has(fact.strategy));
}
