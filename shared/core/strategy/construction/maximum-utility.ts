// The portfolio whose expected return, less what its variance is worth to its owner, is largest.
import { type Constructed, flatAmong } from './constructed.ts';
import { type Limits, NO_LIMITS, solveWithin } from './limits.ts';
import { cholesky, type Matrix } from './matrix.ts';
import { inUnitsOf, meanOf } from './minimum-variance.ts';
import type { Solvers } from './solvers.ts';

/**
 * The weights of at least 0, summing to 1, with the largest mᵀw − ½δ·wᵀCw. Of the returns δCv that make the weights v right it is v.
 * Source: Markowitz (1952), Portfolio selection, J. Finance 7(1).
 * @param excess expected returns m over the unit of the covariance.
 * @param riskAversion δ, above 0.
 */
export function maximumUtility(
  excess: Float64Array,
  covariance: Matrix,
  riskAversion: number,
  { solveQuadratic }: Solvers,
  limits: Limits = NO_LIMITS,
): Constructed {
  const assets = covariance.length;
  const variances = Float64Array.from(covariance, (row, place) => row[place] as number);
  const flat = flatAmong(variances);
  if (flat !== undefined) return flat;
  if (cholesky(covariance) === undefined) return { kind: 'singular' };
  const unit = meanOf(variances);
  const quadratic = inUnitsOf(unit, covariance);
  const linear = excess.map((each) => 0 - each / (riskAversion * unit));
  const whole = { coefficients: new Float64Array(assets).fill(1), bound: 1 };
  return solveWithin(limits, assets, (atLeast) => {
    const solution = solveQuadratic({ quadratic, linear, exactly: [whole], atLeast });
    return solution.kind === 'solved' ? { kind: 'weights', weights: solution.values } : solution;
  });
}
