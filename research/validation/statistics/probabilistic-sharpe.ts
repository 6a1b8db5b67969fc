// How sure a record is that its true Sharpe ratio is above a threshold, and how long it must be to be sure. All Sharpe
// ratios here are of one bar: an annual one is divided by √(bars a year) first.
import { normalCdf, normalQuantile } from './normal-distribution.ts';
import type { ReturnShape } from './return-shape.ts';

/** An estimated Sharpe ratio and what its error depends on. */
export type SharpeEstimate = Pick<ReturnShape, 'sharpe' | 'bars' | 'skewness' | 'kurtosis'>;

/** What returns are supposed to be where their shape is not known. */
export const NORMAL_SHAPE = { skewness: 0, kurtosis: 3 } as const;

/**
 * PSR(b) = Φ[(SR − b) √(T − 1) / √(1 − γ₃ SR + (γ₄ − 1)/4 SR²)], a probability. Null for fewer than two bars, or where the
 * estimate has no error. Source: Bailey and López de Prado (2012), "The Sharpe ratio efficient frontier", J. Risk 15(2).
 * @param threshold b, a bar.
 */
export function probabilisticSharpe(estimate: SharpeEstimate, threshold: number): number | null {
  const variance = varianceFactor(estimate);
  if (estimate.bars < 2 || !(variance > 0)) return null;
  return normalCdf(((estimate.sharpe - threshold) * Math.sqrt(estimate.bars - 1)) / Math.sqrt(variance));
}

/**
 * MinTRL = 1 + (1 − γ₃ SR + (γ₄ − 1)/4 SR²) (z / (SR − b))², in bars, not rounded: the shortest record from which PSR(b)
 * reaches the confidence. Null where SR ≤ b: no length would do. Source: as `probabilisticSharpe`.
 * @param threshold b, a bar. @param confidence above a half, such as 0.95.
 */
export function minimumTrackRecord(estimate: Omit<SharpeEstimate, 'bars'>, threshold: number, confidence: number): number | null {
  if (!(estimate.sharpe > threshold)) return null;
  return 1 + varianceFactor(estimate) * (normalQuantile(confidence) / (estimate.sharpe - threshold)) ** 2;
}

/** Never below zero: kurtosis is at least 1 + skewness². */
function varianceFactor({ sharpe, skewness, kurtosis }: Omit<SharpeEstimate, 'bars'>): number {
  return 1 - skewness * sharpe + ((kurtosis - 1) / 4) * sharpe ** 2;
}
