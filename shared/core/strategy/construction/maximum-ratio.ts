// The portfolio that gets most for its deviation: of excess return it is the maximum Sharpe ratio, of the assets' own
// deviations the maximum diversification.
import { type Constructed, flatAmong } from './constructed.ts';
import { type Limits, NO_LIMITS, solveWithin } from './limits.ts';
import { cholesky, type Matrix } from './matrix.ts';
import { inUnitsOf, meanOf } from './minimum-variance.ts';
import type { Row, Solvers } from './solvers.ts';

/**
 * The weights of at least 0, summing to 1, with the largest mᵀw / √(wᵀCw), for excess returns m over the rate.
 * `no-excess-return` where nothing that the limits allow has mᵀw > 0: a ratio below zero has no best of any use.
 *
 * Solved as the least yᵀCy with mᵀy = 1, whose weights are y / Σy; a row aᵀw ≥ b becomes (a − b·1)ᵀy ≥ 0.
 * Source: Sharpe (1966) for the ratio; Cornuejols and Tütüncü, Optimization Methods in Finance, section 8.2, for the change
 * of variables.
 */
export function maximumSharpe(excess: Float64Array, covariance: Matrix, solvers: Solvers, limits: Limits = NO_LIMITS): Constructed {
  const assets = covariance.length;
  const variances = Float64Array.from(covariance, (row, place) => row[place] as number);
  const flat = flatAmong(variances);
  if (flat !== undefined) return flat;
  if (cholesky(covariance) === undefined) return { kind: 'singular' };
  if (!excess.some((each) => each > 0)) return { kind: 'no-excess-return' };
  const quadratic = inUnitsOf(meanOf(variances), covariance);
  const unit = meanOf(excess.map(Math.abs));
  const one: Row = { coefficients: excess.map((each) => each / unit), bound: 1 };
  return solveWithin(limits, assets, (rows) => {
    const atLeast = rows.map(({ coefficients, bound }) => ({ coefficients: coefficients.map((each) => each - bound), bound: 0 }));
    const solution = solvers.solveQuadratic({ quadratic, linear: new Float64Array(assets), exactly: [one], atLeast });
    if (solution.kind === 'solved') return { kind: 'weights', weights: ofOne(solution.values) };
    // Whether it is the limits or the returns: the limits alone say.
    return solution.kind === 'infeasible' && isPossible(rows, assets, solvers) ? { kind: 'no-excess-return' } : solution;
  });
}

/**
 * The weights with the largest diversification ratio, (Σ w_i s_i) / √(wᵀCw).
 * Source: Choueifaty and Coignard (2008), Toward maximum diversification, J. Portfolio Management 35(1).
 */
export function maximumDiversification(covariance: Matrix, solvers: Solvers, limits: Limits = NO_LIMITS): Constructed {
  const deviations = Float64Array.from(covariance, (row, place) => Math.sqrt(row[place] as number));
  return flatAmong(deviations) ?? maximumSharpe(deviations, covariance, solvers, limits);
}

function isPossible(atLeast: readonly Row[], assets: number, { solveQuadratic }: Solvers): boolean {
  const identity = Array.from({ length: assets }, (_, place) => new Float64Array(assets).fill(1, place, place + 1));
  const whole = { coefficients: new Float64Array(assets).fill(1), bound: 1 };
  return solveQuadratic({ quadratic: identity, linear: new Float64Array(assets), exactly: [whole], atLeast }).kind === 'solved';
}

function ofOne(values: Float64Array): Float64Array {
  let sum = 0;
  for (const value of values) sum += value;
  return values.map((value) => value / sum);
}
