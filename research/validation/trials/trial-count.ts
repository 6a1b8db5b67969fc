// How often a hypothesis was tried, as its ledger has it: what the Sharpe ratio of the best is deflated by.
import type { TrialEntry } from '../../../shared/contracts/trial-entries.ts';
import type { ContentHash } from '../../../shared/core/values/identity.ts';

export interface TrialCount {
  /** Different variants that were evaluated, the failed and the abandoned ones too. */
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

/** @param entries of one hypothesis, or of several that are one search: the same strategy under two names is one variant. */
export function countOfTrials(entries: readonly TrialEntry[]): TrialCount {
  const strategyOf = new Map<ContentHash, ContentHash>();
  for (const { fact } of entries) if (fact.kind === 'trial' && fact.strategy !== undefined) strategyOf.set(fact.variant, fact.strategy);
  const variantOfTrial = new Map<ContentHash, ContentHash>();
  const measured = new Map<ContentHash, { bars: number; sum: number }>();
  let trialsMax: number | null = null;
  let ended = 0;
  for (const { fact, hash } of entries) {
    if (fact.kind === 'registered') trialsMax = fact.trialsMax;
    if (fact.kind === 'trial') variantOfTrial.set(hash, strategyOf.get(fact.variant) ?? fact.variant);
    if (fact.kind !== 'trial-ended') continue;
    ended += 1;
    const variant = variantOfTrial.get(fact.trial);
    if (variant === undefined || fact.sharpe === null) continue;
    const { bars, sum } = measured.get(variant) ?? { bars: 0, sum: 0 };
    measured.set(variant, { bars: bars + fact.bars, sum: sum + fact.bars * fact.sharpe });
  }
  return {
    variants: new Set(variantOfTrial.values()).size,
    evaluations: variantOfTrial.size,
    withoutEnd: variantOfTrial.size - ended,
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
