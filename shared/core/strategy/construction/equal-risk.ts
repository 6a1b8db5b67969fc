// Risk parity: weights of which each contributes its budget of the variance, usually the same.
import { type Constructed, flatAmong } from './constructed.ts';
import { entry, type Matrix, times } from './matrix.ts';

/** Largest difference of a contribution from its budget, as a part of the whole variance. */
const TOLERANCE = 1e-13;
/** Thirty correlated assets take some thirty. */
const SWEEPS_MAX = 10_000;

/**
 * The unique long-only weights with w_i(Cw)_i / wᵀCw = b_i, summing to 1: the minimum of ½xᵀCx − Σ b_i ln x_i, normalised, by
 * cyclic coordinate descent in the order of the assets, on correlations, so that units do not matter. Only +, −, ×, ÷ and
 * square roots: the same bits on every machine.
 * Source: Spinu (2013), the convex problem; Griveau-Billion, Richard and Roncalli (2013), the descent.
 * @param budgets above 0, summing to 1; absent: all the same.
 */
export function equalRisk(covariance: Matrix, budgets?: Float64Array): Constructed {
  const assets = covariance.length;
  const variances = Float64Array.from(covariance, (row, place) => row[place] as number);
  const flat = flatAmong(variances);
  if (flat !== undefined) return flat;
  const deviations = variances.map(Math.sqrt);
  const correlations = covariance.map((row, place) =>
    row.map((value, other) => (other === place ? 1 : value / ((deviations[place] as number) * (deviations[other] as number)))),
  );
  const shares = budgets ?? new Float64Array(assets).fill(1 / assets);
  const x = shares.map(Math.sqrt);
  const pulls = times(correlations, x);
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep += 1) {
    for (let place = 0; place < assets; place += 1) {
      const before = x[place] as number;
      const others = (pulls[place] as number) - before;
      const after = positiveRoot(others, shares[place] as number);
      x[place] = after;
      for (let other = 0; other < assets; other += 1)
        pulls[other] = (pulls[other] as number) + entry(correlations, place, other) * (after - before);
    }
    // Without what rounding has added up.
    pulls.set(times(correlations, x));
    if (largestGap(x, pulls, shares) <= TOLERANCE) return { kind: 'weights', weights: normalised(x, deviations) };
  }
  return { kind: 'not-converged' };
}

/** Of x² + others·x = share, written so that nothing cancels. */
function positiveRoot(others: number, share: number): number {
  const root = Math.sqrt(others * others + 4 * share);
  return others > 0 ? (2 * share) / (others + root) : (root - others) / 2;
}

function largestGap(x: Float64Array, pulls: Float64Array, shares: Float64Array): number {
  let variance = 0;
  for (const [place, value] of x.entries()) variance += value * (pulls[place] as number);
  let gap = 0;
  for (const [place, value] of x.entries())
    gap = Math.max(gap, Math.abs((value * (pulls[place] as number)) / variance - (shares[place] as number)));
  // What has no finite value has not converged.
  return Number.isFinite(gap) ? gap : Number.POSITIVE_INFINITY;
}

function normalised(x: Float64Array, deviations: Float64Array): Float64Array {
  const weights = x.map((value, place) => value / (deviations[place] as number));
  let sum = 0;
  for (const weight of weights) sum += weight;
  return weights.map((weight) => weight / sum);
}
