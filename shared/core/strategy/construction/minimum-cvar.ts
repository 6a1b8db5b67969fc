// The portfolio whose worst days were the least bad, over the days of a window.
import type { Constructed } from './constructed.ts';
import { type Column, leastCost } from './least-cost.ts';
import { cleaned, type Limits, NO_LIMITS, rowsWithMoves } from './limits.ts';

/**
 * The weights of at least 0, summing to 1, with the least conditional value at risk: the mean loss of the worst 1 − `level` of
 * the days. Of several that are as good one is taken, always the same. The result does not depend on the unit of the returns.
 *
 * The problem is the least a + Σu/((1 − level)·T) with u ≥ −rᵀw − a and u ≥ 0 for each day T. Solved is its dual, which has a row
 * an asset instead of two a day: how much each day p counts among the worst, at most 1/((1 − level)·T) and 1 together, so that no
 * asset stands out, Σ p·r + λ + μ = 0, for the largest λ. The weights are the prices of those rows.
 * Source: Rockafellar and Uryasev (2000), Optimization of conditional value-at-risk, J. Risk 2(3).
 * @param returns one column an asset, all of one length, without NaN.
 * @param level between 0 and 1, such as 0.95.
 */
export function minimumCvar(returns: readonly Float64Array[], level: number, limits: Limits = NO_LIMITS): Constructed {
  const assets = returns.length;
  const days = returns[0]?.length ?? 0;
  const flat = returns.findIndex((column) => column.every((each) => each === column[0]));
  if (flat !== -1) return { kind: 'flat', place: flat };
  const unit = meanSize(returns);
  const rows = rowsWithMoves(limits, assets);
  // Of the weights and, under a turnover, of how much each moves.
  const variables = rows[0]?.coefficients.length ?? assets;
  const counted = Array.from({ length: days }, (_, day): Column => {
    const entries = new Float64Array(variables + 1).fill(1, 0, 1);
    for (const [place, column] of returns.entries()) entries[place + 1] = (column[day] as number) / unit;
    return { cost: 0, most: 1 / ((1 - level) * days), entries };
  });
  const whole = new Float64Array(variables).fill(1, 0, assets);
  const columns = [
    ...counted,
    rowColumn(whole, 1),
    rowColumn(
      whole.map((each) => 0 - each),
      -1,
    ),
    ...rows.map(({ coefficients, bound }) => rowColumn(coefficients, bound)),
  ];
  const found = leastCost(columns, new Float64Array(variables + 1).fill(1, 0, 1));
  // The dual always has an answer, and one without an end where the problem itself has none.
  if (found.kind === 'unbounded') return { kind: 'infeasible' };
  if (found.kind !== 'solved') return { kind: 'not-converged' };
  const weights = found.prices.slice(1, assets + 1).map((price) => 0 - price);
  return { kind: 'weights', weights: cleaned(weights, limits) };
}

/** What a row of the problem, coefficients · w ≥ bound, is to the dual. */
function rowColumn(coefficients: Float64Array, bound: number): Column {
  return { cost: -bound, most: Number.POSITIVE_INFINITY, entries: Float64Array.of(0, ...coefficients) };
}

function meanSize(returns: readonly Float64Array[]): number {
  let [sum, count] = [0, 0];
  for (const column of returns) {
    for (const each of column) sum += Math.abs(each);
    count += column.length;
  }
  return sum / count;
}
