// Prices and questions for the evaluator in as few words as a test needs. Days are numbered from 0.
import { evaluatorOf } from '../../../../../shared/core/strategy/evaluator/evaluator.ts';
import { type Grid, gridOf } from '../../../../../shared/core/strategy/evaluator/grid.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { weightsOn } from '../../../../../shared/core/strategy/evaluator/weights-on.ts';
import { DEFAULT_OPTIONS, type StrategyOptions } from '../../../../../shared/core/strategy/options.ts';
import type {
  Comparator,
  Condition,
  DailyMetric,
  Expression,
  Metric,
  Tree,
  WindowedMetricName,
} from '../../../../../shared/core/strategy/tree.ts';
import { dateAt, FIRST_CLOSE } from '../../../../builders/strategy.ts';

/** A close for each day; null where the symbol has no bar. */
export type Closes = Readonly<Record<string, readonly (number | null)[]>>;

export type Answer =
  | { readonly weights: Readonly<Record<string, number>> }
  | { readonly undefined: string; readonly metric: string; readonly definedFrom: number | undefined };

// The rest of a bar, told by its close alone, so that a closes' row says everything.
export const highAt = (close: number): number => close * (1 + (close % 3) / 10);
export const lowAt = (close: number): number => close * (1 - (close % 4) / 10);
export const volumeAt = (close: number): number => 100 * (Math.round(close) % 5);

/** @param sessions the numbers of the days on which is decided; all of them unless given. */
export function gridOfCloses(closes: Closes, sessions?: readonly number[]): Grid {
  const days = Math.max(0, ...Object.values(closes).map((each) => each.length));
  const columns = Object.entries(closes).map(([symbol, each]) => {
    const bars = each.flatMap((close, day) => (close === null ? [] : [{ date: dateAt(day), close }]));
    const all = bars.map(({ close }) => close);
    const others = { highs: all.map(highAt), lows: all.map(lowAt), volumes: all.map(volumeAt) };
    return { symbol, dates: bars.map(({ date }) => date), closes: all, ...others };
  });
  return gridOf({ anchor: FIRST_CLOSE, columns }, (sessions ?? Array.from({ length: days }, (_, day) => day)).map(dateAt));
}

/** What the strategy answers on every day. */
export function answersOn(tree: Tree, grid: Grid, options: StrategyOptions = DEFAULT_OPTIONS): Answer[] {
  const evaluator = evaluatorOf(compile(tree, options), grid, measure);
  return grid.dates.map((_, day) => {
    const answer = weightsOn(day, evaluator);
    return answer.kind === 'weights'
      ? { weights: Object.fromEntries(answer.bySymbol) }
      : { undefined: answer.symbol, metric: answer.metric, definedFrom: answer.definedFrom };
  });
}

/** What the strategy answers on one day, by an evaluator that is asked nothing else. */
export function answerOn(
  tree: Tree,
  closes: Closes,
  day: number,
  sessions?: readonly number[],
  options: StrategyOptions = DEFAULT_OPTIONS,
): Answer {
  const answer = weightsOn(day, evaluatorOf(compile(tree, options), gridOfCloses(closes, sessions), measure));
  return answer.kind === 'weights'
    ? { weights: Object.fromEntries(answer.bySymbol) }
    : { undefined: answer.symbol, metric: answer.metric, definedFrom: answer.definedFrom };
}

/** The values of a metric over a tree's own series, as a filter ranks it. */
export function metricOver(child: Tree, metric: Metric, closes: Closes, sessions?: readonly number[]): number[] {
  const program = compile({ kind: 'filter', select: 'top', count: 1, by: metric, children: [child] });
  const root = program.nodes[program.root];
  if (root?.kind !== 'filter') throw new Error('a filter compiles to a filter');
  return [...evaluatorOf(program, gridOfCloses(closes, sessions), measure).column(root.columns[0] ?? -1)];
}

export const CURRENT_PRICE: Metric = { name: 'current-price' };

export function over(name: WindowedMetricName, window: number): DailyMetric {
  return { name, window };
}

export function price(symbol: string): Expression {
  return { kind: 'metric', metric: CURRENT_PRICE, symbol };
}

export function of(metric: Metric, symbol: string): Expression {
  return { kind: 'metric', metric, symbol };
}

/** `is(price('A'), 'gt', 10)`. */
export function is(left: Expression | number, comparator: Comparator, right: Expression | number): Condition {
  const side = (value: Expression | number): Expression => (typeof value === 'number' ? { kind: 'constant', value } : value);
  return { kind: 'compare', left: side(left), comparator, right: side(right) };
}

export function all(...conditions: readonly Condition[]): Condition {
  return { kind: 'all', conditions };
}

export function any(...conditions: readonly Condition[]): Condition {
  return { kind: 'any', conditions };
}

export function not(condition: Condition): Condition {
  return { kind: 'not', condition };
}

export function choose(condition: Condition, taken: Tree, otherwise: Tree): Tree {
  // biome-ignore lint/suspicious/noThenProperty: a word of the language; nothing ever awaits a node
  return { kind: 'if', condition, then: taken, otherwise };
}

export function top(count: number, by: Metric, ...children: readonly Tree[]): Tree {
  return { kind: 'filter', select: 'top', count, by, children };
}

export function bottom(count: number, by: Metric, ...children: readonly Tree[]): Tree {
  return { kind: 'filter', select: 'bottom', count, by, children };
}

export function group(child: Tree, name = 'a group'): Tree {
  return { kind: 'group', name, child };
}
