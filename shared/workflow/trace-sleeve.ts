// How a sleeve came to its weights in a run, from the snapshot alone.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { PortfolioPolicy, Sleeve } from '../contracts/portfolio-policy.ts';
import type { Solvers } from '../core/strategy/construction/solvers.ts';
import { gridUntil, remembered } from '../core/strategy/evaluate.ts';
import { evaluatorOf } from '../core/strategy/evaluator/evaluator.ts';
import { measure } from '../core/strategy/evaluator/measure.ts';
import { compile } from '../core/strategy/evaluator/program.ts';
import { type Trace, trace } from '../core/strategy/evaluator/trace.ts';
import { sleevePrices } from './sleeve-prices.ts';

/** undefined where the history has no such day: the strategy was undefined then. */
export function traceSleeve(
  sleeve: Sleeve,
  policy: Pick<PortfolioPolicy, 'execution'>,
  snapshot: Snapshot,
  solvers?: Solvers,
): Trace | undefined {
  const { history, day } = sleevePrices(sleeve, policy, snapshot);
  const grid = gridUntil(day.asOf, history);
  const place = grid.dates.indexOf(day.asOf);
  if (place === -1) return undefined;
  const program = compile(sleeve.strategy, sleeve.options);
  return trace(sleeve.strategy, place, evaluatorOf(program, grid, measure, remembered(snapshot.priorStates?.[sleeve.name], grid), solvers));
}
