// The evaluator once more, as slow and as plain as its meaning: every question is answered from the tree and the bars,
// from the beginning, each time it is asked. It shares nothing with the code under test but the indicators.

import { sessionOn } from '../../../../../shared/core/market/nyse-calendar.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import type { StrategyOptions } from '../../../../../shared/core/strategy/options.ts';
import type { Condition, DailyMetric, Expression, Metric, Tree } from '../../../../../shared/core/strategy/tree.ts';
import { addDays, dayOfWeek, type NewYorkDate } from '../../../../../shared/core/values/time.ts';
import { dateAt } from '../../../../builders/strategy.ts';
import { type Closes, highAt, lowAt, volumeAt } from './market.ts';

export interface Reference {
  readonly closes: Closes;
  /** The numbers of the days on which is decided. */
  readonly sessions: readonly number[];
  readonly options: StrategyOptions;
}

type Weights = Readonly<Record<string, number>>;

/** Weights by symbol, the rest is cash; undefined when anything on the taken path is. */
export function referenceWeights(tree: Tree, day: number, world: Reference): Weights | undefined {
  if (tree.kind === 'cash') return {};
  if (tree.kind === 'asset') return closeOn(tree.symbol, day, world) === undefined ? undefined : { [tree.symbol]: 1 };
  const parts = partsOf(tree, day, world);
  if (parts === undefined) return undefined;
  const sums: Record<string, number> = {};
  for (const { part, child } of parts) {
    const weights = referenceWeights(child, day, world);
    if (weights === undefined) return undefined;
    for (const [symbol, weight] of Object.entries(weights)) sums[symbol] = (sums[symbol] ?? 0) + part * weight;
  }
  return sums;
}

type Parts = readonly { readonly part: number; readonly child: Tree }[];

function partsOf(tree: Tree, day: number, world: Reference): Parts | undefined {
  switch (tree.kind) {
    case 'asset':
    case 'cash':
      return [];
    case 'group':
    case 'stand-in':
      return [{ part: 1, child: tree.child }];
    case 'equal':
      return shared(membersOf(tree.children, day, world)?.map((child) => ({ child, mass: 1 })));
    case 'specified':
      return tree.children.filter(({ weight }) => weight > 0n).map(({ weight, child }) => ({ part: Number(weight) / 1e6, child }));
    case 'if': {
      const verdict = verdictOn(tree.condition, day, world);
      return verdict === undefined ? undefined : [{ part: 1, child: verdict ? tree.then : tree.otherwise }];
    }
    case 'volatility-target': {
      const daily = metricOfChild({ name: 'stdev-return', window: tree.window }, tree.child, day, world);
      if (Number.isNaN(daily)) return undefined;
      const annual = (daily / 100) * Math.sqrt(252);
      return [{ part: annual === 0 ? 1 : Math.min(1, Number(tree.annual) / 1e6 / annual), child: tree.child }];
    }
    case 'inverse-volatility': {
      const metric: Metric = { name: 'stdev-return', window: tree.window };
      const measured = membersOf(tree.children, day, world)?.map((child) => ({ child, value: metricOfChild(metric, child, day, world) }));
      return shared(measured?.filter(({ value }) => value > 0).map(({ child, value }) => ({ child, mass: 1 / value })));
    }
    case 'filter':
      return shared(chosenBy(tree, day, world)?.map((child) => ({ child, mass: 1 })));
  }
}

/** To each in proportion to its mass; undefined among none. */
function shared(members: readonly { readonly child: Tree; readonly mass: number }[] | undefined): Parts | undefined {
  const sum = (members ?? []).reduce((total, { mass }) => total + mass, 0);
  return members === undefined || sum === 0 ? undefined : members.map(({ child, mass }) => ({ part: mass / sum, child }));
}

/** The children of an equal or an inverse volatility on a day, one by one; undefined when one cannot say what it stands for. */
function membersOf(children: readonly Tree[], day: number, world: Reference): readonly Tree[] | undefined {
  const members: Tree[] = [];
  for (const child of children) {
    const more = memberOf(child, day, world);
    if (more === undefined) return undefined;
    members.push(...more);
  }
  return members;
}

function memberOf(child: Tree, day: number, world: Reference): readonly Tree[] | undefined {
  if (child.kind === 'filter' && world.options.filter === 'spliced') {
    const chosen = chosenBy(child, day, world);
    return chosen === undefined ? undefined : membersOf(chosen, day, world);
  }
  if (child.kind === 'if' && world.options.branch === 'spliced') {
    const verdict = verdictOn(child.condition, day, world);
    if (verdict === undefined) return undefined;
    const taken = verdict ? child.then : child.otherwise;
    return membersOf(taken.kind === 'equal' ? taken.children : [taken], day, world);
  }
  return [child];
}

/** Best first; undefined where there is none. */
function chosenBy(filter: Extract<Tree, { kind: 'filter' }>, day: number, world: Reference): readonly Tree[] | undefined {
  const measured = filter.children.map((child, place) => ({ child, place, value: metricOfChild(filter.by, child, day, world) }));
  const candidates = world.options.duplicates === 'kept' ? measured : measured.filter((each) => !isNamedBefore(each, measured));
  const ranked = candidates.filter(({ value }) => !Number.isNaN(value)).sort((a, b) => byRank(a, b, filter.select, world));
  return ranked.length === 0 ? undefined : ranked.slice(0, filter.count).map(({ child }) => child);
}

function isNamedBefore({ child, place }: Ranked, all: readonly Ranked[]): boolean {
  return all.slice(0, place).some((other) => child.kind === 'asset' && other.child.kind === 'asset' && other.child.symbol === child.symbol);
}

interface Ranked {
  readonly child: Tree;
  readonly place: number;
  readonly value: number;
}

/** Ten significant digits, or all, then the ticker (a subtree has none and comes first), then the order in the file. */
function byRank(a: Ranked, b: Ranked, direction: 'top' | 'bottom', { options }: Reference): number {
  const [left, right] = [a, b].map(({ value }) => (options.rankDigits === 'all' ? value : Number(value.toPrecision(10)))) as [
    number,
    number,
  ];
  if (left !== right) return left < right === (direction === 'bottom') ? -1 : 1;
  const [one, other] = [a, b].map(({ child }) => (child.kind === 'asset' || child.kind === 'stand-in' ? child.symbol : '')) as [
    string,
    string,
  ];
  if (one !== other) return one < other ? -1 : 1;
  return a.place - b.place;
}

function verdictOn(condition: Condition, day: number, world: Reference): boolean | undefined {
  switch (condition.kind) {
    case 'compare': {
      const left = sideOn(condition.left, day, world);
      const right = sideOn(condition.right, day, world);
      if (Number.isNaN(left) || Number.isNaN(right)) return undefined;
      return { gt: left > right, gte: left >= right, lt: left < right, lte: left <= right, eq: left === right }[condition.comparator];
    }
    case 'not': {
      const inner = verdictOn(condition.condition, day, world);
      return inner === undefined ? undefined : !inner;
    }
    case 'all':
    case 'any': {
      const verdicts = condition.conditions.map((each) => verdictOn(each, day, world));
      const decisive = condition.kind === 'any';
      if (verdicts.includes(decisive)) return decisive;
      return verdicts.includes(undefined) ? undefined : !decisive;
    }
  }
}

function sideOn(expression: Expression, day: number, world: Reference): number {
  return expression.kind === 'constant' ? expression.value : metricOfSymbol(expression.metric, expression.symbol, day, world);
}

function metricOfChild(metric: Metric, child: Tree, day: number, world: Reference): number {
  if (child.kind === 'asset' || child.kind === 'stand-in') return metricOfSymbol(metric, child.symbol, day, world);
  const levels = [
    'current-price',
    'moving-average-price',
    'exponential-moving-average-price',
    'stdev-price',
    'bollinger-upper',
    'bollinger-lower',
    'average-true-range',
    'average-daily-volume',
    'beta',
    'donchian',
  ];
  const daily = 'of' in metric ? metric.of : metric;
  const name = daily.name === 'indicator' ? daily.indicator : daily.name;
  if (levels.includes(name)) return Number.NaN;
  const values = stretchUntil(child, day, world);
  const first = day + 1 - values.length;
  const bars = values.map((close, place) => ({ date: dateAt(world.sessions[first + place] ?? -1), close }));
  return 'of' in metric
    ? onPeriods(metric, bars, undefined, world.options)
    : last(measure(metric, Float64Array.from(values), {}, world.options));
}

export interface Bar {
  readonly date: NewYorkDate;
  readonly close: number;
}

const ends = new Map<string, NewYorkDate>();

function endOf(date: NewYorkDate, timeframe: 'weekly' | 'monthly'): NewYorkDate {
  const key = `${timeframe} ${date}`;
  const end = ends.get(key) ?? soughtEnd(date, timeframe);
  ends.set(key, end);
  return end;
}

/** A period ends with a session after which the next one is in another week or month. */
function soughtEnd(date: NewYorkDate, timeframe: 'weekly' | 'monthly'): NewYorkDate {
  const label = (each: NewYorkDate): string => (timeframe === 'monthly' ? each.slice(0, 7) : addDays(each, -((dayOfWeek(each) + 6) % 7)));
  const sessionFrom = (from: NewYorkDate): NewYorkDate => (sessionOn(from) === undefined ? sessionFrom(addDays(from, 1)) : from);
  const session = sessionFrom(date);
  const next = sessionFrom(addDays(session, 1));
  return label(next) === label(session) ? endOf(next, timeframe) : session;
}

/** Whatever is over at the last bar, put together by hand. */
export function onPeriods(
  { name, of: daily }: Extract<Metric, { of: DailyMetric }>,
  bars: readonly Bar[],
  benchmark: ((date: NewYorkDate) => number) | undefined,
  options: StrategyOptions,
): number {
  const today = bars.at(-1)?.date ?? '0000-00-00';
  const over = [...new Set(bars.map(({ date }) => endOf(date, name)))].filter((end) => end <= today);
  const periods = over.map((end) => bars.filter(({ date }) => endOf(date, name) === end));
  const lasts = periods.map((each) => each.at(-1) ?? { date: today, close: Number.NaN });
  return last(
    measure(
      daily,
      Float64Array.from(lasts, ({ close }) => close),
      {
        high: Float64Array.from(periods, (each) => Math.max(...each.map(({ close }) => highAt(close)))),
        low: Float64Array.from(periods, (each) => Math.min(...each.map(({ close }) => lowAt(close)))),
        volume: Float64Array.from(periods, (each) => each.reduce((sum, { close }) => sum + volumeAt(close), 0)),
        ...(benchmark === undefined ? {} : { benchmark: Float64Array.from(lasts, ({ date }) => benchmark(date)) }),
      },
      options,
      name === 'weekly' ? 52 : 12,
    ),
  );
}

/** Of the symbol's own bars, those between the sessions too, the last of which must be of this day. */
function metricOfSymbol(metric: Metric, symbol: string, day: number, world: Reference): number {
  if (closeOn(symbol, day, world) === undefined) return Number.NaN;
  const until = (world.closes[symbol] ?? []).slice(0, (world.sessions[day] ?? -1) + 1);
  const bars = until.flatMap((close, number) => (close === null ? [] : [{ date: dateAt(number), close }]));
  const benchmark = (date: NewYorkDate): number => {
    const row = world.closes[benchmarkOf(metric)] ?? [];
    return row.find((_, number) => dateAt(number) === date) ?? Number.NaN;
  };
  if ('of' in metric) return onPeriods(metric, bars, benchmark, world.options);
  const closes = bars.map(({ close }) => close);
  const [high, low, volume] = [highAt, lowAt, volumeAt].map((field) => Float64Array.from(closes, field));
  if (high === undefined || low === undefined || volume === undefined) throw new Error('a bar has three more fields');
  return last(
    measure(
      metric,
      Float64Array.from(closes),
      { high, low, volume, benchmark: Float64Array.from(bars, ({ date }) => benchmark(date)) },
      world.options,
    ),
  );
}

function benchmarkOf(metric: Metric): string {
  const daily = 'of' in metric ? metric.of : metric;
  return daily.name === 'indicator' ? (daily.benchmark ?? '') : '';
}

/** The values of the tree's own series, back to where it started at 1; none where it has no value. */
function stretchUntil(tree: Tree, day: number, world: Reference): number[] {
  let values: number[] = [];
  for (let each = 0; each <= day; each += 1) {
    const earned = earnedOn(tree, each, world);
    const value = values.at(-1);
    if (value !== undefined && !Number.isNaN(earned)) values.push(value * (1 + earned));
    else values = referenceWeights(tree, each, world) === undefined ? [] : [1];
  }
  return values;
}

/** What the weights of the day before earn on this day. */
function earnedOn(tree: Tree, day: number, world: Reference): number {
  if (day === 0 || referenceWeights(tree, day - 1, world) === undefined) return Number.NaN;
  if (tree.kind === 'cash') return 0;
  if (tree.kind === 'asset') {
    const [before, now] = [closeOn(tree.symbol, day - 1, world), closeOn(tree.symbol, day, world)];
    return before === undefined || now === undefined ? Number.NaN : now / before - 1;
  }
  return (partsOf(tree, day - 1, world) ?? []).reduce((sum, { part, child }) => sum + part * earnedOn(child, day, world), 0);
}

function closeOn(symbol: string, day: number, world: Reference): number | undefined {
  return world.closes[symbol]?.[world.sessions[day] ?? -1] ?? undefined;
}

function last(values: Float64Array): number {
  return values.at(-1) ?? Number.NaN;
}
