// Risk parity within bounds: all assets that no bound stops bring the same part of the variance, one that is held at its most
// brings less, and one that is held at its least brings more.
import { areKept, type Bounds, canBeKept } from './bounds.ts';
import type { Constructed } from './constructed.ts';
import { equalRisk } from './equal-risk.ts';
import { entry, type Matrix, quadraticForm, times } from './matrix.ts';

/** Of the largest risk, how far a sweep may still move one. */
const TOLERANCE = 1e-15;
const SWEEPS_MAX = 10_000;
/** Enough to close in on any double from twice or half of it. */
const HALVINGS_MAX = 200;
const SUM_TOLERANCE = 1e-14;

/**
 * The weights with w_i(Cw)_i = λ where no bound stops them, at most λ at their most and at least λ at their least, for the λ at
 * which they sum to 1: for each λ the minimum of ½wᵀCw − λ Σ ln w_i / n within the bounds, by cyclic coordinate descent. Where the
 * bounds stop nobody, exactly what it is without them.
 * `not-converged` where the calmest weights within the bounds already sum to more than 1: assets that cancel each other.
 * Source: Richard and Roncalli (2019), Constrained risk budgeting portfolios.
 */
export function boundedEqualRisk(covariance: Matrix, bounds: Bounds): Constructed {
  const free = equalRisk(covariance);
  if (free.kind !== 'weights') return free;
  if (!canBeKept(bounds)) return { kind: 'infeasible' };
  if (areKept(bounds, free.weights)) return free;
  const weights = Float64Array.from(free.weights);
  // Without bounds all of the variance is λ.
  let low = quadraticForm(covariance, weights);
  let high = low;
  if (!settle(covariance, bounds, low, weights)) return { kind: 'not-converged' };
  for (let step = 0; sumOf(weights) > 1 && step < HALVINGS_MAX; step += 1) {
    low /= 2;
    if (!settle(covariance, bounds, low, weights)) return { kind: 'not-converged' };
  }
  if (sumOf(weights) > 1 + SUM_TOLERANCE) return { kind: 'not-converged' };
  for (let step = 0; sumOf(weights) < 1 && step < HALVINGS_MAX; step += 1) {
    high *= 2;
    if (!settle(covariance, bounds, high, weights)) return { kind: 'not-converged' };
  }
  for (let step = 0; Math.abs(sumOf(weights) - 1) > SUM_TOLERANCE && step < HALVINGS_MAX; step += 1) {
    const middle = low + (high - low) / 2;
    if (!settle(covariance, bounds, middle, weights)) return { kind: 'not-converged' };
    if (sumOf(weights) > 1) high = middle;
    else low = middle;
  }
  return Math.abs(sumOf(weights) - 1) < 1e-9 ? { kind: 'weights', weights } : { kind: 'not-converged' };
}

/** Moves the weights to the minimum for this λ; false where they do not come to rest. */
function settle(covariance: Matrix, { least, most }: Bounds, level: number, weights: Float64Array): boolean {
  const assets = weights.length;
  const share = level / assets;
  const pulls = times(covariance, weights);
  for (let sweep = 0; sweep < SWEEPS_MAX; sweep += 1) {
    let [moved, largest] = [0, 0];
    for (let place = 0; place < assets; place += 1) {
      const variance = entry(covariance, place, place);
      const before = weights[place] as number;
      const others = (pulls[place] as number) - variance * before;
      const after = Math.min(most[place] as number, Math.max(least[place] as number, positiveRoot(variance, others, share)));
      const deviation = Math.sqrt(variance);
      moved = Math.max(moved, Math.abs(after - before) * deviation);
      largest = Math.max(largest, after * deviation);
      if (after === before) continue;
      weights[place] = after;
      for (let other = 0; other < assets; other += 1)
        pulls[other] = (pulls[other] as number) + entry(covariance, place, other) * (after - before);
    }
    // Without what rounding has added up.
    pulls.set(times(covariance, weights));
    if (moved <= TOLERANCE * largest) return true;
  }
  return false;
}

/** Of variance · w² + others · w = share, written so that nothing cancels. */
function positiveRoot(variance: number, others: number, share: number): number {
  const root = Math.sqrt(others * others + 4 * variance * share);
  return others > 0 ? (2 * share) / (others + root) : (root - others) / (2 * variance);
}

function sumOf(weights: Float64Array): number {
  let sum = 0;
  for (const weight of weights) sum += weight;
  return sum;
}
