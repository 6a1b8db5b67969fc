// How often a hypothesis was tried, as its ledger has it: what the Sharpe ratio of the best is deflated by.
import type { TrialEntry } from '../../../shared/contracts/trial-entries.ts';
import type { ContentHash } from '../../../shared/core/values/identity.ts';
import { registeredTerms } from './trial-terms.ts';

export interface TrialCount {
  /** Different variants that were evaluated, the failed and the abandoned ones too; one under other terms is another. */
  readonly variants: number;
  /** Evaluations that were begun; a variant can be evaluated often, as walking forward does. */
  readonly evaluations: number;
  /** Of them those without an end: failed, or nobody waited for it. */
  readonly withoutEnd: number;
  /** Variance of the variants' Sharpe ratios, a bar, each the mean of its evaluations by their bars; null for fewer than two. */
  readonly variance: number | null;
  /** Trials that the hypothesis allowed itself. Null before it is registered. */
  readonly trialsMax: number | null;
}

/**
 * @param entries of one hypothesis, or of several that are one search: the same strategy under two names is one variant, where it was tried
 * under the same terms.
 */
export function countOfTrials(entries: readonly TrialEntry[]): TrialCount {
  const strategyOf = new Map<ContentHash, ContentHash>();
  for (const { fact } of entries) if (fact.kind === 'trial' && fact.strategy !== undefined) strategyOf.set(fact.variant, fact.strategy);
  const termsUnder = registeredTerms(entries);
  const triedIn = new Map<ContentHash, string>();
  const measured = new Map<string, { bars: number; sum: number }>();
  let trialsMax: number | null = null;
  let ended = 0;
  for (const { fact, hash } of entries) {
    if (fact.kind === 'registered') trialsMax = fact.trialsMax;
    if (fact.kind === 'trial') {
      const terms = fact.terms ?? termsUnder.get(fact.hypothesis);
      triedIn.set(hash, JSON.stringify([strategyOf.get(fact.variant) ?? fact.variant, terms]));
    }
    if (fact.kind !== 'trial-ended') continue;
    ended += 1;
    const tried = triedIn.get(fact.trial);
    if (tried === undefined || fact.sharpe === null) continue;
    const { bars, sum } = measured.get(tried) ?? { bars: 0, sum: 0 };
    measured.set(tried, { bars: bars + fact.bars, sum: sum + fact.bars * fact.sharpe });
  }
  return {
    variants: new Set(triedIn.values()).size,
    evaluations: triedIn.size,
    withoutEnd: triedIn.size - ended,
    variance: varianceOf([...measured.values()].map(({ bars, sum }) => sum / bars)),
    trialsMax,
  };
}

/** Of a sample. */
function varianceOf(values: readonly number[]): number | null {
  if (values.length < 2) return null;
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  return values.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (values.length - 1);
}
