// How a sleeve came to its weights in a run, from the snapshot alone.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { PortfolioPolicy, Sleeve } from '../contracts/portfolio-policy.ts';
import type { Solvers } from '../core/strategy/construction/solvers.ts';
import { driftedFrom } from '../core/strategy/drifted.ts';
import { gridUntil, remembered } from '../core/strategy/evaluate.ts';
import { identityOfProgram } from '../core/strategy/evaluator/branches.ts';
import { evaluatorOf } from '../core/strategy/evaluator/evaluator.ts';
import { measure } from '../core/strategy/evaluator/measure.ts';
import { compile } from '../core/strategy/evaluator/program.ts';
import { type Trace, trace } from '../core/strategy/evaluator/trace.ts';
import { heldOf, limitsTurnover } from '../core/strategy/turnover.ts';
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
  const prior = snapshot.priorStates?.[sleeve.name];
  const evaluator = evaluatorOf(program, grid, measure, remembered(prior, grid), solvers);
  const last = limitsTurnover(sleeve.strategy) && prior?.rebalanced?.strategy === identityOfProgram(program) ? prior.rebalanced : undefined;
  const held = last === undefined ? undefined : driftedFrom(last.targets, last.on, history, day.asOf);
  return trace(sleeve.strategy, place, held?.kind === 'weights' ? evaluator.holding(heldOf(held.targets)) : evaluator);
}
