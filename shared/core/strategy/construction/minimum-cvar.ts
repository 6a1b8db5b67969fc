// The portfolio whose worst days were the least bad, over the days of a window.
import type { Constructed } from './constructed.ts';
import { type Limits, NO_LIMITS, solveWithin } from './limits.ts';
import type { LinearProblem, Row, Solution } from './solvers.ts';

/**
 * The weights of at least 0, summing to 1, with the least conditional value at risk: the mean loss of the worst 1 − `level` of
 * the days. Of several that are as good the solver's choice is taken, always the same.
 *
 * Solved as the least a + Σu/((1 − level)·T) with u ≥ −rᵀw − a and u ≥ 0 for each day.
 * Source: Rockafellar and Uryasev (2000), Optimization of conditional value-at-risk, J. Risk 2(3).
 * @param returns one column an asset, all of one length, without NaN.
 * @param level between 0 and 1, such as 0.95.
 */
export function minimumCvar(
  returns: readonly Float64Array[],
  level: number,
  solveLinear: (problem: LinearProblem) => Solution,
  limits: Limits = NO_LIMITS,
): Constructed {
  const assets = returns.length;
  const days = returns[0]?.length ?? 0;
  const variables = assets + 1 + days;
  const flat = returns.findIndex((column) => column.every((each) => each === column[0]));
  if (flat !== -1) return { kind: 'flat', place: flat };
  const linear = new Float64Array(variables).fill(1 / ((1 - level) * days), assets + 1);
  linear[assets] = 1;
  const losses: Row[] = [];
  for (let day = 0; day < days; day += 1) {
    const isBeyond = new Float64Array(variables);
    const isLoss = new Float64Array(variables);
    for (const [place, column] of returns.entries()) isLoss[place] = column[day] as number;
    isLoss[assets] = 1;
    isLoss[assets + 1 + day] = 1;
    isBeyond[assets + 1 + day] = 1;
    losses.push({ coefficients: isLoss, bound: 0 }, { coefficients: isBeyond, bound: 0 });
  }
  const whole = { coefficients: new Float64Array(variables).fill(1, 0, assets), bound: 1 };
  return solveWithin(limits, assets, (rows) => {
    const atLeast = [...rows.map(({ coefficients, bound }) => ({ coefficients: widened(coefficients, variables), bound })), ...losses];
    const solution = solveLinear({ linear, exactly: [whole], atLeast });
    return solution.kind === 'solved' ? { kind: 'weights', weights: solution.values.slice(0, assets) } : solution;
  });
}

function widened(coefficients: Float64Array, length: number): Float64Array {
  const wide = new Float64Array(length);
  wide.set(coefficients);
  return wide;
}
