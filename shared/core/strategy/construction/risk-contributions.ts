// How much of a portfolio's variance each of its assets brings.
import { type Matrix, times } from './matrix.ts';

/** w_i(Cw)_i / wᵀCw, summing to 1; NaN where the portfolio has no variance. Source: Maillard, Roncalli and Teiletche (2010). */
export function riskContributions(covariance: Matrix, weights: Float64Array): Float64Array {
  const own = times(covariance, weights).map((pull, place) => pull * (weights[place] as number));
  let variance = 0;
  for (const contribution of own) variance += contribution;
  return own.map((contribution) => (variance > 0 ? contribution / variance : Number.NaN));
}
