// What the best of many trials would show if none of them were any good, and how far a record stands above that.
import { normalQuantile } from './normal-distribution.ts';
import { probabilisticSharpe, type SharpeEstimate } from './probabilistic-sharpe.ts';
import { shapeOf, sharpeOf } from './return-shape.ts';

/** Everything that was tried for one hypothesis, the discarded ones too. */
export interface Trials {
  /** How many; an effective number need not be whole. */
  readonly count: number;
  /** Variance of their Sharpe ratios, a bar. */
  readonly variance: number;
  /** How many independent ones they are worth; at least 1. */
  readonly effective: number;
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
  const threshold = thresholdOf(estimate.bars, trials);
  return { threshold, probability: probabilisticSharpe(estimate, threshold), trials };
}

/**
 * The same of a record among what was tried: the one rule of what a Sharpe ratio is deflated by, wherever it is shown.
 * @param excess of the record, net and less cash; one that does not vary has no probability.
 * @param columns what the trials earned beyond cash, all of one length, as far as that is known; of a refused one nothing is.
 * @param counted how many there were, of which the columns are a part; the variance of their Sharpe ratios, a bar, where whoever
 *   counted knows it. Otherwise it is that of the columns, and of fewer than two that of worthless ones: each is off by about 1/√T.
 */
export function deflatedOf(
  excess: Float64Array,
  columns: readonly Float64Array[],
  counted: { readonly count: number; readonly variance: number | null },
): DeflatedSharpe {
  const bars = excess.length;
  const trials: Trials = {
    count: Math.max(1, counted.count, columns.length),
    variance: counted.variance ?? spreadOf(columns) ?? 1 / Math.max(1, bars),
    effective: Math.max(1, effectiveTrials(columns)),
  };
  const shape = shapeOf(excess);
  return shape === null ? { threshold: thresholdOf(bars, trials), probability: null, trials } : deflatedSharpe(shape, trials);
}

function thresholdOf(bars: number, { count, variance, effective }: Trials): number {
  const worthless = Math.sqrt(1 / Math.max(1, bars)) * expectedMaximum(effective);
  return Math.max(Math.sqrt(variance) * expectedMaximum(count), worthless);
}

/** Variance of the Sharpe ratios, a bar, of a sample; null for fewer than two that are defined. */
function spreadOf(columns: readonly Float64Array[]): number | null {
  const sharpes = Float64Array.from(columns.map(sharpeOf).filter((each) => !Number.isNaN(each)));
  return sharpes.length < 2 ? null : (shapeOf(sharpes)?.deviation ?? 0) ** 2;
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
 * MinBTL = (E[max of N] / SR)², in years: shorter than this, the best of N worthless trials is expected to show the target. Null
 * where that is not above zero: any trial shows it.
 * Source: Bailey, Borwein, López de Prado and Zhu (2014), Notices AMS 61(5).
 */
export function minimumBacktestYears(count: number, annualSharpe: number): number | null {
  return annualSharpe > 0 ? (expectedMaximum(count) / annualSharpe) ** 2 : null;
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
