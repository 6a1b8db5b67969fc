// The best and the worst of returns.
import { meanOf, quantileOf } from './moments.ts';
import { ratio } from './ratios.ts';

/** The return that 5 in 100 bars fell below or to, historical. Negative for a loss. */
export function valueAtRisk(returns: Float64Array, confidence = 0.95): number | null {
  return quantileOf(returns, 1 - confidence);
}

/** The mean of the worst ⌊(n − 1) · 5 %⌋ + 1 returns, historical. Source: Rockafellar and Uryasev (2000), on a sample. */
export function expectedShortfall(returns: Float64Array, confidence = 0.95): number | null {
  if (returns.length === 0) return null;
  const sorted = returns.slice().sort();
  return meanOf(sorted.subarray(0, Math.floor((returns.length - 1) * (1 - confidence) + ROUNDING) + 1));
}

/** 1 − 0.95 is less than a twentieth by the error of floats. */
const ROUNDING = 1e-9;

/** |95 % quantile| / |5 % quantile|; null where the lower is zero. */
export function tailRatio(returns: Float64Array): number | null {
  const [high, low] = [quantileOf(returns, 0.95), quantileOf(returns, 0.05)];
  return high === null || low === null ? null : ratio(Math.abs(high), Math.abs(low));
}

/** Sums and counts of what was won and lost; a return of zero is neither. */
export function wonAndLost(returns: Float64Array): { won: number; lost: number; wins: number; losses: number } {
  const all = { won: 0, lost: 0, wins: 0, losses: 0 };
  for (let at = 0; at < returns.length; at += 1) {
    const each = returns[at] as number;
    if (each > 0) {
      all.won += each;
      all.wins += 1;
    } else if (each < 0) {
      all.lost -= each;
      all.losses += 1;
    }
  }
  return all;
}
