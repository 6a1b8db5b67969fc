// The calmest portfolio that the limits allow.
import { type Constructed, flatAmong } from './constructed.ts';
import { type Limits, NO_LIMITS, solveWithin } from './limits.ts';
import { cholesky, type Matrix } from './matrix.ts';
import type { Solvers } from './solvers.ts';

/**
 * The weights of at least 0, summing to 1, with the least wᵀCw. The result does not depend on the unit of the covariance.
 * Source: Markowitz (1952), Portfolio selection, J. Finance 7(1).
 */
export function minimumVariance(covariance: Matrix, { solveQuadratic }: Solvers, limits: Limits = NO_LIMITS): Constructed {
  const assets = covariance.length;
  const variances = Float64Array.from(covariance, (row, place) => row[place] as number);
  const flat = flatAmong(variances);
  if (flat !== undefined) return flat;
  if (cholesky(covariance) === undefined) return { kind: 'singular' };
  const quadratic = inUnitsOf(meanOf(variances), covariance);
  const whole = { coefficients: new Float64Array(assets).fill(1), bound: 1 };
  return solveWithin(limits, assets, (atLeast) => {
    const solution = solveQuadratic({ quadratic, linear: new Float64Array(assets), exactly: [whole], atLeast });
    return solution.kind === 'solved' ? { kind: 'weights', weights: solution.values } : solution;
  });
}

/** A solver's tolerances are meant for numbers around one. */
export function inUnitsOf(unit: number, covariance: Matrix): Matrix {
  return covariance.map((row) => row.map((value) => value / unit));
}

export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}
