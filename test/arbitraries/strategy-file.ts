// Any strategy of the full language, and names with whatever a person may type.
import fc from 'fast-check';
import { NAMED_INDICATORS } from '../../shared/contracts/strategy-file/indicator-schema.ts';
import { TIMEFRAMES } from '../../shared/core/market/period-end.ts';
import { type ExitRules, RE_ENTER } from '../../shared/core/strategy/exits/exit-rules.ts';
import type { Parameter } from '../../shared/core/strategy/indicators/indicator.ts';
import type {
  Condition,
  DailyMetric,
  Expression,
  Metric,
  NamedIndicator,
  RebalanceRule,
  StrategyFile,
  Tree,
} from '../../shared/core/strategy/tree.ts';
import { DECIDE_ON, WINDOWED_METRICS } from '../../shared/core/strategy/tree.ts';
import { anyParts } from './strategy.ts';
import { anyOptions } from './strategy-options.ts';

const symbol = fc.constantFrom('SPY', 'TLT', 'BRK.B', 'ON', 'NO', 'TRUE', 'NULL', 'Y', 'BTCUSD', 'E', 'INF');
const window = fc.integer({ min: 1, max: 10_000 });
const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', 'yes', '# no comment', 'a: b', '- a', '{', '"', "'", '\u0085\u2028', '\ud800', 'null'),
);

const composers: fc.Arbitrary<DailyMetric> = fc.oneof(
  fc.constant<DailyMetric>({ name: 'current-price' }),
  fc.record({ name: fc.constantFrom(...WINDOWED_METRICS), window }),
  fc.record({ name: fc.constant('percentage-price-oscillator' as const), short: window, long: window }),
  fc.record({ name: fc.constant('percentage-price-oscillator-signal' as const), short: window, long: window, smooth: window }),
  fc.record({
    name: fc.constantFrom('bollinger-upper' as const, 'bollinger-lower' as const),
    window,
    deviations: fc.double({ min: 1e-9, max: 100, noNaN: true }),
  }),
);
function anyParameter(parameter: Parameter): fc.Arbitrary<number | string> {
  switch (parameter.kind) {
    case 'choice':
      return fc.constantFrom(...parameter.choices);
    case 'count':
      return fc.integer({ min: parameter.least, max: parameter.most });
    case 'factor':
      return fc.double({ min: parameter.above, minExcluded: true, max: parameter.most, noNaN: true });
  }
}

/** Any indicator that is written by name, any output of it, any parameters. */
export const anyIndicator: fc.Arbitrary<NamedIndicator> = fc
  .constantFrom(...new Set(NAMED_INDICATORS.map(({ indicator }) => indicator)))
  .chain(({ name, inputs, outputs, parameters }) =>
    fc
      .record({
        output: fc.constantFrom(...outputs.map((output) => output.name)),
        given: fc.record(Object.fromEntries(Object.entries(parameters).map(([key, each]) => [key, anyParameter(each)]))),
        benchmark: symbol,
      })
      .map(({ benchmark, ...rest }) => ({
        name: 'indicator',
        indicator: name,
        ...rest,
        ...(inputs.includes('benchmark') ? { benchmark } : {}),
      })),
  );
const daily = fc.oneof({ weight: 2, arbitrary: composers }, { weight: 1, arbitrary: anyIndicator });
const metric: fc.Arbitrary<Metric> = fc.oneof(
  { weight: 3, arbitrary: daily },
  { weight: 1, arbitrary: fc.record({ name: fc.constantFrom(...TIMEFRAMES), of: daily }) },
);
const expression: fc.Arbitrary<Expression> = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value): Expression => ({ kind: 'constant', value: value + 0 })),
  fc.integer().map((value): Expression => ({ kind: 'constant', value })),
  fc.record({ kind: fc.constant('metric' as const), metric, symbol }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
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

export const { tree: anyTree } = fc.letrec<{ tree: Tree; children: Tree[] }>((tie) => ({
  children: fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
  tree: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    symbol.map((name): Tree => ({ kind: 'asset', symbol: name })),
    fc.constant<Tree>({ kind: 'cash' }),
    fc.record({ kind: fc.constant('group' as const), name: text, child: tie('tree') }),
    fc.record({ kind: fc.constant('stand-in' as const), symbol, child: tie('tree') }),
    fc.record({ kind: fc.constant('equal' as const), children: tie('children') }),
    // The same subtree twice, to be written once.
    tie('tree').map((child): Tree => ({ kind: 'equal', children: [child, { kind: 'group', name: 'again', child }] })),
    tie('children').chain((children) =>
      anyParts(children.length).map(
        (weights): Tree => ({ kind: 'specified', children: children.map((child, place) => ({ weight: weights[place] ?? 0n, child })) }),
      ),
    ),
    fc.record({ kind: fc.constant('inverse-volatility' as const), window, children: tie('children') }),
    fc.record({
      kind: fc.constant('volatility-target' as const),
      annual: fc.bigInt(1_000n, 9_990_000n),
      window,
      child: tie('tree'),
    }),
    fc
      .tuple(condition, tie('tree'), tie('tree'))
      .map(([asked, then, otherwise]): Tree => ({ kind: 'if', condition: asked, then, otherwise })),
    fc.record({
      kind: fc.constant('filter' as const),
      select: fc.constantFrom('top' as const, 'bottom' as const),
      count: fc.integer({ min: 1, max: 500 }),
      by: metric,
      children: tie('children'),
    }),
  ),
}));

export const anyRebalanceRule: fc.Arbitrary<RebalanceRule> = fc.oneof(
  fc.record({
    kind: fc.constant('every' as const),
    every: fc.constantFrom('day' as const, 'week' as const, 'month' as const, 'quarter' as const, 'year' as const),
  }),
  fc.bigInt(1n, 1_000_000n).map((width): RebalanceRule => ({ kind: 'corridor', width })),
  fc.constant<RebalanceRule>({ kind: 'none' }),
);

const part = fc.bigInt({ min: 1_000n, max: 990_000n });
const anyExits: fc.Arbitrary<ExitRules> = fc
  .record(
    {
      stopLoss: part,
      trailing: part,
      takeProfit: part,
      sessions: fc.integer({ min: 1, max: 2_520 }),
      reEnter: fc.constantFrom(...RE_ENTER),
    },
    { requiredKeys: ['reEnter'] },
  )
  .filter((rules) => Object.keys(rules).length > 1);

export const anyStrategyFile: fc.Arbitrary<StrategyFile> = fc
  .tuple(
    text.filter((name) => name !== ''),
    fc.option(text, { nil: undefined }),
    anyRebalanceRule,
    fc.option(fc.constantFrom(...DECIDE_ON), { nil: undefined }),
    fc.option(anyExits, { nil: undefined }),
    anyOptions,
    anyTree,
  )
  .map(([name, description, rule, decideOn, exits, options, tree]) => ({
    name,
    ...(description === undefined ? {} : { description }),
    rebalance: rule,
    ...(decideOn === undefined ? {} : { decideOn }),
    ...(exits === undefined ? {} : { exits }),
    options,
    tree,
  }));
