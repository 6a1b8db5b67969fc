// The decision of a strategy on one session, from closes up to that session and nothing later.
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { NEW_YORK_DATE_FIRST } from '../../shared/core/market/new-york-time.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { type Evaluator, evaluatorOf } from '../../shared/core/strategy/evaluator/evaluator.ts';
import { gridOf } from '../../shared/core/strategy/evaluator/grid.ts';
import { measure } from '../../shared/core/strategy/evaluator/measure.ts';
import type { Program } from '../../shared/core/strategy/evaluator/program.ts';
import { type Trace, trace } from '../../shared/core/strategy/evaluator/trace.ts';
import type { History } from '../../shared/core/strategy/history.ts';
import type { StrategyOptions } from '../../shared/core/strategy/options.ts';
import type { Tree } from '../../shared/core/strategy/tree.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';

export interface Signal {
  /** The first session that was looked at: values that remember the whole past depend on it. */
  readonly anchor: NewYorkDate;
  readonly trace: Trace;
}

/**
 * @param program compiled from `tree`.
 * @param series at least one bar at or before `asOf`, unless the program looks at no symbol.
 * @param asOf a session.
 */
export function signalOf(tree: Tree, program: Program, series: readonly DailySeries[], asOf: NewYorkDate): Signal {
  const firsts = series.flatMap(({ bars }) => bars[0]?.date ?? []).sort();
  const lasts = series.flatMap(({ bars }) => bars.at(-1)?.date ?? []).sort();
  const first = firsts[0] ?? asOf;
  const anchor = first < NEW_YORK_DATE_FIRST ? NEW_YORK_DATE_FIRST : first;
  const history: History = { anchor, columns: series.map((each) => closesOf(each, program.options)) };
  const until = (end: NewYorkDate): Evaluator => {
    const sessions = sessionsBetween(anchor, end).map(({ date }) => date);
    return evaluatorOf(program, gridOf(history, sessions), measure);
  };

  const evaluator = until(asOf);
  const day = evaluator.grid.dates.length - 1;
  const decided = trace(tree, day, evaluator);
  if (decided.undefinedParts.length === 0) return { anchor, trace: decided };
  // Only to say from which later date a value will be there: the decision knows nothing after its own day.
  const { undefinedParts } = trace(tree, day, until(lasts.at(-1) ?? asOf));
  return { anchor, trace: { ...decided, undefinedParts } };
}

/** Adjusted closes where the file has them. The closes of usual vendors' files are adjusted for splits. */
function closesOf({ symbol, bars }: DailySeries, { prices }: StrategyOptions): History['columns'][number] {
  const closes = bars.map(({ adjClose, close }) => (prices === 'adjusted' ? (adjClose ?? close) : close));
  return { symbol, dates: bars.map(({ date }) => date), closes };
}
