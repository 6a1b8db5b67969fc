// The decision of a strategy on one session, from closes up to that session and nothing later.
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import type { AssetClass } from '../../shared/core/market/asset-calendar.ts';
import { gridUntil } from '../../shared/core/strategy/evaluate.ts';
import { type Evaluator, evaluatorOf } from '../../shared/core/strategy/evaluator/evaluator.ts';
import { measure } from '../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../shared/core/strategy/evaluator/program.ts';
import { type Trace, trace } from '../../shared/core/strategy/evaluator/trace.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { type BarsRead, historyOf } from '../../shared/workflow/read-history.ts';

/**
 * @param asOf a day of the calendar, not before the anchor of the bars.
 * @param calendar on whose days it is decided.
 */
export function signalOf(
  { strategy: tree, options }: Pick<Sleeve, 'strategy' | 'options'>,
  bars: BarsRead,
  asOf: NewYorkDate,
  calendar: AssetClass = 'equities',
): Trace {
  const program = compile(tree, options);
  const history = historyOf(bars, [tree], calendar);
  const until = (end: NewYorkDate): Evaluator => evaluatorOf(program, gridUntil(end, history), measure, undefined, quadraticSolver);

  const evaluator = until(asOf);
  const day = evaluator.grid.dates.length - 1;
  const decided = trace(tree, day, evaluator);
  if (decided.undefinedParts.length === 0) return decided;
  // Only to say from which later date a value will be there: the decision knows nothing after its own day.
  const last = bars.series.map((each) => each.bars.at(-1)?.date ?? asOf).reduce((a, b) => (a > b ? a : b), asOf);
  return { ...decided, undefinedParts: trace(tree, day, until(last)).undefinedParts };
}
