// What the protective exits of a strategy would have ended, had it decided on every session since its prices begin.
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import type { AssetClass } from '../../shared/core/market/asset-calendar.ts';
import { gridUntil, identityOf, symbolsOf } from '../../shared/core/strategy/evaluate.ts';
import { evaluatorOf } from '../../shared/core/strategy/evaluator/evaluator.ts';
import { onGrid } from '../../shared/core/strategy/evaluator/grid.ts';
import { measure } from '../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../shared/core/strategy/evaluator/program.ts';
import type { Trace } from '../../shared/core/strategy/evaluator/trace.ts';
import { weightsOn } from '../../shared/core/strategy/evaluator/weights-on.ts';
import type { ExitState } from '../../shared/core/strategy/exits/exit-memory.ts';
import { type DecidedSession, exitsFromStart } from '../../shared/core/strategy/exits/exits-from-start.ts';
import { quantised } from '../../shared/core/strategy/quantised.ts';
import { tradedSession } from '../../shared/core/strategy/traded-session.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { type BarsRead, historyOf } from '../../shared/workflow/read-history.ts';

/** Undefined where the strategy has no exits. In history the close of a session stands for its live quotes. */
export function signalExits(
  { strategy, rebalance, decideOn, options, exits }: Pick<Sleeve, 'strategy' | 'rebalance' | 'decideOn' | 'options' | 'exits'>,
  bars: BarsRead,
  asOf: NewYorkDate,
  calendar: AssetClass = 'equities',
): ExitState | undefined {
  if (exits === undefined) return undefined;
  const grid = gridUntil(asOf, historyOf(bars, [strategy], calendar));
  const evaluator = evaluatorOf(compile(strategy, options), grid, measure, undefined, quadraticSolver);
  const closes = symbolsOf(strategy).map((symbol) => {
    const placed = grid.placed(symbol);
    return [symbol, onGrid(placed.closes, placed.days, grid.dates.length)] as const;
  });
  const days = grid.dates.map((on, day): DecidedSession => {
    const answer = weightsOn(day, evaluator, 'held');
    const next = decideOn === 'live-quote' ? on : (grid.dates[day + 1] ?? tradedSession(decideOn, on, calendar) ?? on);
    return {
      on,
      session: next,
      closes: new Map(closes.flatMap(([symbol, column]) => (isPrice(column[day]) ? [[symbol, column[day]] as const] : []))),
      asked: answer.kind === 'weights' ? quantised(answer.bySymbol) : undefined,
    };
  });
  return { asOf, strategy: identityOf(strategy, options), symbols: exitsFromStart(exits, rebalance, days) };
}

/** The weights without what is out, which is cash. */
export function withoutExited(trace: Trace, exits: ExitState | undefined): Trace {
  if (exits === undefined || trace.weights === null) return trace;
  const weights = Object.entries(trace.weights);
  const kept = weights.filter(([symbol]) => exits.symbols[symbol]?.kind !== 'out');
  if (kept.length === weights.length) return trace;
  return { ...trace, weights: Object.fromEntries(kept), cash: 1 - kept.reduce((sum, [, weight]) => sum + weight, 0) };
}

function isPrice(close: number | undefined): close is number {
  return close !== undefined && Number.isFinite(close) && close > 0;
}
