// Any strategy over a few symbols, and prices that are often the same, have gaps, begin late and end early.
import fc from 'fast-check';
import type { Condition, DailyMetric, Expression, Metric, NamedIndicator, Tree } from '../../../../../shared/core/strategy/tree.ts';
import { WINDOWED_METRICS } from '../../../../../shared/core/strategy/tree.ts';
import { anyParts } from '../../../../arbitraries/strategy.ts';
import { type Closes, choose } from './market.ts';

export const DAYS = 9;
/** NONE has no prices at all. */
const SYMBOLS = ['A', 'B', 'C', 'D', 'NONE'] as const;

const symbol = fc.oneof({ weight: 12, arbitrary: fc.constantFrom('A', 'B', 'C', 'D') }, { weight: 1, arbitrary: fc.constant('NONE') });
const window = fc.integer({ min: 1, max: 3 });

/** One of each kind: of the highs, of volumes, of another symbol, without a unit, with several outputs. */
const NAMED: readonly ((n: number, to: string) => DailyMetric)[] = [
  (n) => indicator('average-true-range', 'range', n),
  (n) => indicator('average-daily-volume', 'volume', n),
  (n) => indicator('z-score', 'score', n + 1),
  (n) => indicator('donchian', 'middle', n),
  (n, to) => ({ ...indicator('beta', 'beta', n + 1), benchmark: to }),
];

function indicator(name: string, output: string, n: number): NamedIndicator {
  return { name: 'indicator', indicator: name, output, given: { window: n } };
}

const daily: fc.Arbitrary<DailyMetric> = fc.oneof(
  { weight: 1, arbitrary: fc.constant<DailyMetric>({ name: 'current-price' }) },
  { weight: 6, arbitrary: fc.record({ name: fc.constantFrom(...WINDOWED_METRICS), window }) },
  { weight: 1, arbitrary: fc.record({ name: fc.constant('percentage-price-oscillator' as const), short: window, long: window }) },
  { weight: 3, arbitrary: fc.tuple(fc.constantFrom(...NAMED), window, symbol).map(([named, n, to]) => named(n, to)) },
);
const metric: fc.Arbitrary<Metric> = fc.oneof(
  { weight: 5, arbitrary: daily },
  { weight: 2, arbitrary: fc.record({ name: fc.constantFrom('weekly' as const, 'monthly' as const), of: daily }) },
);
const expression: fc.Arbitrary<Expression> = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(0, 1, 10, 11, 50).map((value): Expression => ({ kind: 'constant', value })) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('metric' as const), metric, symbol }) },
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', maxDepth: 2, withCrossShrink: true },
    fc.record({
      kind: fc.constant('compare' as const),
      left: expression,
      comparator: fc.constantFrom('gt' as const, 'gte' as const, 'lt' as const, 'lte' as const, 'eq' as const),
      right: expression,
    }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      conditions: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), condition: tie('condition') }),
  ),
}));

const asset = symbol.map((name): Tree => ({ kind: 'asset', symbol: name }));

export const { tree: anyTree } = fc.letrec<{ tree: Tree; children: Tree[] }>((tie) => ({
  children: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }),
  tree: fc.oneof(
    { depthSize: 'small', maxDepth: 4, withCrossShrink: true },
    { weight: 3, arbitrary: asset },
    { weight: 1, arbitrary: fc.constant<Tree>({ kind: 'cash' }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('stand-in' as const), symbol, child: tie('tree') }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('group' as const), name: fc.constant('a group'), child: tie('tree') }) },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('equal' as const), children: tie('children') }) },
    {
      weight: 2,
      arbitrary: tie('children').chain((children) =>
        anyParts(children.length).map(
          (weights): Tree => ({ kind: 'specified', children: children.map((child, place) => ({ weight: weights[place] ?? 0n, child })) }),
        ),
      ),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('inverse-volatility' as const), window, children: tie('children') }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('volatility-target' as const),
        annual: fc.constantFrom(1_000n, 100_000n, 2_000_000n, 9_990_000n),
        window,
        child: tie('tree'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.tuple(condition, tie('tree'), tie('tree')).map(([asked, taken, otherwise]) => choose(asked, taken, otherwise)),
    },
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('filter' as const),
        select: fc.constantFrom('top' as const, 'bottom' as const),
        count: fc.integer({ min: 1, max: 3 }),
        by: metric,
        children: tie('children'),
      }),
    },
  ),
}));

const close = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(8, 10, 10, 11, 20) },
  { weight: 4, arbitrary: fc.double({ min: 1, max: 1_000, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(null) },
);

/** Rows of `DAYS` closes, for all but NONE. */
export const anyCloses: fc.Arbitrary<Closes> = fc
  .tuple(...SYMBOLS.slice(0, -1).map((name) => fc.tuple(fc.constant(name), fc.array(close, { minLength: DAYS, maxLength: DAYS }))))
  .map((rows) => Object.fromEntries(rows));

/** Some days of all, in their order. */
export const anySessions = fc.oneof(
  fc.constant(Array.from({ length: DAYS }, (_, day) => day)),
  fc.subarray(
    Array.from({ length: DAYS }, (_, day) => day),
    { minLength: DAYS - 3 },
  ),
);
