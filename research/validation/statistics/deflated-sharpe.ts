// What the best of many trials would show if none of them were any good, and how far a record stands above that.
import { normalQuantile } from './normal-distribution.ts';
import { probabilisticSharpe, type SharpeEstimate } from './probabilistic-sharpe.ts';
import { shapeOf } from './return-shape.ts';

/** Everything that was tried for one hypothesis, the discarded ones too. */
export interface Trials {
  /** How many; an effective number need not be whole. */
  readonly count: number;
  /** Variance of their Sharpe ratios, a bar. */
  readonly variance: number;
  /** How many independent ones they are worth, where that is known; at least 1. */
  readonly effective?: number;
}

/** The deflated Sharpe ratio with what it was reckoned from. */
export interface DeflatedSharpe {
  /** SR₀, a bar. */
  readonly threshold: number;
  /** PSR(SR₀); null where it is not defined. */
  readonly probability: number | null;
  readonly trials: Trials;
}

/**
 * DSR = PSR(SR₀) with SR₀ = √V · E[max of N]. Source: Bailey and López de Prado (2014), "The deflated Sharpe ratio", JPM 40(5).
 *
 * Copies of what was tried make V smaller faster than N makes the maximum larger: tried often enough, anything would stand above SR₀.
 * So it is never below what as many independent worthless trials show, each off by about 1/√T: √(1/T) · E[max of N̂].
 */
export function deflatedSharpe(estimate: SharpeEstimate, trials: Trials): DeflatedSharpe {
  const { count, variance, effective = 1 } = trials;
  const worthless = Math.sqrt(1 / Math.max(1, estimate.bars)) * expectedMaximum(effective);
  const threshold = Math.max(Math.sqrt(variance) * expectedMaximum(count), worthless);
  return { threshold, probability: probabilisticSharpe(estimate, threshold), trials };
}

/**
 * E[max] ≈ (1 − γ) Φ⁻¹(1 − 1/N) + γ Φ⁻¹(1 − 1/(N e)) of N standard normals, γ ≈ 0.5772; 0 for a single one, and never below.
 * Source: as `deflatedSharpe`.
 * @throws RangeError for fewer than one.
 */
export function expectedMaximum(count: number): number {
  if (!(count >= 1)) throw new RangeError(`at least one trial: ${count}`);
  if (count === 1) return 0;
  return Math.max(0, (1 - EULER) * normalQuantile(1 - 1 / count) + EULER * normalQuantile(1 - 1 / (count * Math.E)));
}

/**
 * MinBTL = (E[max of N] / SR)², in years: shorter than this, the best of N worthless trials is expected to show the target.
 * Source: Bailey, Borwein, López de Prado and Zhu (2014), Notices AMS 61(5).
 * @param annualSharpe the target, above zero.
 */
export function minimumBacktestYears(count: number, annualSharpe: number): number {
  return (expectedMaximum(count) / annualSharpe) ** 2;
}

/**
 * N̂ = ρ̄ + (1 − ρ̄) N: how many independent trials these are worth, ρ̄ the mean correlation of their returns; between 1 and N.
 * Returns that do not vary count as independent. Source: Bailey and López de Prado (2014), appendix.
 * @param returns one column a trial, all of one length.
 */
export function effectiveTrials(returns: readonly Float64Array[]): number {
  const count = returns.length;
  if (count < 2) return count;
  // Σᵢⱼ corr(i, j) is the variance of the sum of the standardised returns: no need for every pair.
  const bars = (returns[0] as Float64Array).length;
  const sum = new Float64Array(bars);
  let flat = 0;
  for (const column of returns) {
    const shape = shapeOf(column);
    if (shape === null) flat += 1;
    else for (let at = 0; at < bars; at += 1) sum[at] = (sum[at] as number) + ((column[at] as number) - shape.mean) / shape.deviation;
  }
  let squares = 0;
  for (let at = 0; at < bars; at += 1) squares += (sum[at] as number) ** 2;
  const all = squares / (bars - 1) + flat;
  const mean = (all - count) / (count * (count - 1));
  return Math.min(count, Math.max(1, mean + (1 - mean) * count));
}

const EULER = 0.577_215_664_901_532_9;
