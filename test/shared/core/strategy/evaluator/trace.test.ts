import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatorOf } from '../../../../../shared/core/strategy/evaluator/evaluator.ts';
import { gridOf } from '../../../../../shared/core/strategy/evaluator/grid.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { type Trace, trace } from '../../../../../shared/core/strategy/evaluator/trace.ts';
import { weightsOn } from '../../../../../shared/core/strategy/evaluator/weights-on.ts';
import { DEFAULT_OPTIONS, type StrategyOptions } from '../../../../../shared/core/strategy/options.ts';
import type { Comparator, Condition, Expression, Metric, Tree } from '../../../../../shared/core/strategy/tree.ts';
import type { NewYorkDate } from '../../../../../shared/core/values/time.ts';
import { percent } from '../../../../../shared/core/values/weight.ts';
import { anyOptions } from '../../../../arbitraries/strategy-options.ts';

const DATES: readonly NewYorkDate[] = ['2024-01-02', '2024-01-03', '2024-01-04', '2024-01-05', '2024-01-08'];

/** Closes on the last days of the grid; `null` where there is no bar. */
type Closes = Readonly<Record<string, readonly (number | null)[]>>;

function columnsOf(closes: Closes) {
  return Object.entries(closes).map(([symbol, values]) => {
    const bars = values.flatMap((close, place) =>
      close === null ? [] : [{ close, date: DATES[DATES.length - values.length + place] as NewYorkDate }],
    );
    return { symbol, dates: bars.map(({ date }) => date), closes: bars.map(({ close }) => close) };
  });
}

function evaluatorFor(tree: Tree, closes: Closes, options: StrategyOptions = DEFAULT_OPTIONS) {
  return evaluatorOf(compile(tree, options), gridOf({ anchor: '2024-01-02', columns: columnsOf(closes) }, DATES), measure);
}

function traceOf(tree: Tree, closes: Closes, day = DATES.length - 1): Trace {
  return trace(tree, day, evaluatorFor(tree, closes));
}

const asset = (symbol: string): Tree => ({ kind: 'asset', symbol });
const cash: Tree = { kind: 'cash' };
const group = (name: string, child: Tree): Tree => ({ kind: 'group', name, child });
const equal = (...children: Tree[]): Tree => ({ kind: 'equal', children });
const price = (symbol: string): Expression => ({ kind: 'metric', metric: { name: 'current-price' }, symbol });
const mean = (symbol: string, window: number): Expression => ({ kind: 'metric', metric: { name: 'moving-average-price', window }, symbol });
const number = (value: number): Expression => ({ kind: 'constant', value });
const compare = (left: Expression, comparator: Comparator, right: Expression): Condition => ({ kind: 'compare', left, comparator, right });
const choice = (condition: Condition, then: Tree, otherwise: Tree): Tree => ({ kind: 'if', condition, then, otherwise });
const top = (count: number, by: Metric, ...children: Tree[]): Tree => ({ kind: 'filter', select: 'top', count, by, children });

const conditionOf = (told: Trace) => {
  const reason = told.steps[0]?.reason;
  if (reason?.kind !== 'if') throw new Error('the first step is no if');
  return reason.condition;
};

describe('the branch that was taken', () => {
  // The mean of 100 and 110 is 105; the price is 110: 5 above, a twenty-first of 105.
  const tree = choice(compare(price('SPY'), 'gt', mean('SPY', 2)), asset('SPY'), asset('TLT'));

  it('is told with both values, the distance in dollars and as a part of the threshold', () => {
    const told = traceOf(tree, { SPY: [100, 110] });
    expect(told.steps[0]?.reason).toEqual({
      kind: 'if',
      taken: 'then',
      condition: {
        kind: 'compare',
        verdict: true,
        left: { kind: 'metric', metric: { name: 'current-price' }, symbol: 'SPY', value: 110 },
        comparator: 'gt',
        right: { kind: 'metric', metric: { name: 'moving-average-price', window: 2 }, symbol: 'SPY', value: 105 },
        distance: 5,
        relative: 5 / 105,
        unit: 'price',
      },
    });
    expect([told.weights, told.cash]).toEqual([{ SPY: 1 }, 0]);
  });

  it('needs no prices of the branch that was not', () => {
    expect(traceOf(tree, { SPY: [100, 110] }).undefinedParts).toEqual([]);
  });

  it('is none where a value is undefined, which is told with its dates', () => {
    const told = traceOf(tree, { SPY: [100, 110] }, 3);
    expect([told.weights, told.cash, told.steps.length]).toEqual([null, null, 1]);
    expect(told.steps[0]?.reason).toMatchObject({ taken: null, condition: { verdict: null, distance: null, relative: null } });
    const metric = { name: 'moving-average-price', window: 2 };
    expect(told.undefinedParts).toEqual([
      { why: 'undefined', symbol: 'SPY', group: null, metric, definedFrom: '2024-01-08', definedUntil: null, because: null, stops: true },
    ]);
  });

  it('measures the distance from the number, on whichever side it stands, and says points of an RSI', () => {
    // Gains alone: an RSI of 100.
    const rsi: Expression = { kind: 'metric', metric: { name: 'rsi', window: 1 }, symbol: 'SPY' };
    const told = conditionOf(traceOf(choice(compare(number(80), 'lt', rsi), cash, asset('SPY')), { SPY: [100, 110] }));
    expect(told).toMatchObject({ verdict: true, distance: -20, relative: -0.25, unit: 'points' });
  });

  it('has no relative distance from nothing, and no unit where two are compared', () => {
    const growth: Expression = { kind: 'metric', metric: { name: 'cumulative-return', window: 1 }, symbol: 'SPY' };
    const zero = conditionOf(traceOf(choice(compare(growth, 'gt', number(0)), cash, cash), { SPY: [100, 150] }));
    expect(zero).toMatchObject({ distance: 50, relative: null, unit: 'percent' });
    const mixed = conditionOf(traceOf(choice(compare(growth, 'gt', price('SPY')), cash, cash), { SPY: [100, 150] }));
    expect(mixed).toMatchObject({ distance: -100, unit: null });
  });
});

describe('a condition of several parts', () => {
  const yes = compare(price('SPY'), 'gt', number(1));
  const no = compare(price('SPY'), 'lt', number(1));
  const unknown = compare(price('QQQ'), 'gt', number(1));
  const told = (condition: Condition) => conditionOf(traceOf(choice(condition, cash, cash), { SPY: [100] }));

  it('tells of an any that holds only what made it hold', () => {
    expect(told({ kind: 'any', conditions: [no, yes, unknown] })).toMatchObject({ verdict: true, parts: [{ verdict: true }], others: 2 });
  });

  it('tells of an all that fails only what made it fail', () => {
    expect(told({ kind: 'all', conditions: [yes, unknown, no] })).toMatchObject({ verdict: false, parts: [{ verdict: false }], others: 2 });
  });

  it('tells every part where every part was needed', () => {
    expect(told({ kind: 'all', conditions: [yes, { kind: 'not', condition: no }] })).toMatchObject({
      verdict: true,
      parts: [{ verdict: true }, { kind: 'not', verdict: true, part: { verdict: false } }],
      others: 0,
    });
    expect(told({ kind: 'any', conditions: [no, no] })).toMatchObject({ verdict: false, others: 0 });
  });

  it('tells only the undefined parts where they left it undefined', () => {
    const tree = choice({ kind: 'all', conditions: [yes, unknown] }, cash, cash);
    const undecided = traceOf(tree, { SPY: [100] });
    expect(conditionOf(undecided)).toMatchObject({
      verdict: null,
      parts: [{ verdict: null, left: { symbol: 'QQQ', value: null } }],
      others: 1,
    });
    expect(undecided.undefinedParts).toMatchObject([{ symbol: 'QQQ', metric: { name: 'current-price' }, definedFrom: null, stops: true }]);
  });
});

describe('a filter', () => {
  const growth: Metric = { name: 'cumulative-return', window: 1 };
  const closes = { SPY: [100, 110], QQQ: [100, 130], TLT: [100, 90], NEW: [50] };

  it('tells every candidate with value and rank, the chosen ones, and the one left out', () => {
    const told = traceOf(top(2, growth, asset('SPY'), asset('NEW'), asset('TLT'), group('Tech', asset('QQQ'))), closes);
    expect(told.steps[0]?.reason).toEqual({
      kind: 'filter',
      select: 'top',
      count: 2,
      by: growth,
      candidates: [
        { label: { kind: 'group', name: 'Tech' }, value: expect.closeTo(30), rank: 1, isChosen: true },
        { label: { kind: 'asset', symbol: 'SPY' }, value: expect.closeTo(10), rank: 2, isChosen: true },
        { label: { kind: 'asset', symbol: 'TLT' }, value: expect.closeTo(-10), rank: 3, isChosen: false },
        { label: { kind: 'asset', symbol: 'NEW' }, value: null, rank: null, isChosen: false },
      ],
    });
    expect(told.weights).toEqual({ QQQ: 0.5, SPY: 0.5 });
    expect(told.undefinedParts).toMatchObject([{ symbol: 'NEW', metric: growth, definedFrom: null, stops: false }]);
  });

  it('is undefined without a candidate, and says what each of them missed', () => {
    const told = traceOf(top(1, growth, asset('NEW'), asset('GONE')), closes);
    expect(told.weights).toBeNull();
    expect(told.undefinedParts.map(({ symbol, stops }) => [symbol, stops])).toEqual([
      ['NEW', true],
      ['GONE', true],
    ]);
  });

  it('says which asset of a group kept its series from beginning', () => {
    // NEW has its first bar on the last day, so the group has no return before the day after.
    const told = traceOf(top(1, growth, asset('SPY'), group('Young', equal(asset('SPY'), asset('NEW')))), closes);
    expect(told.weights).toEqual({ SPY: 1 });
    expect(told.undefinedParts).toEqual([
      {
        why: 'undefined',
        symbol: null,
        group: 'Young',
        metric: growth,
        definedFrom: null,
        definedUntil: null,
        because: { date: '2024-01-05', symbol: 'NEW', metric: { name: 'close' } },
        stops: false,
      },
    ]);
  });
});

describe('inverse volatility', () => {
  it('tells each deviation and share, and leaves out what has none', () => {
    // Returns of +10 % and −10 %, then of +20 % and −20 %: deviations one to two, so shares two to one.
    const tree: Tree = { kind: 'inverse-volatility', window: 2, children: [asset('SPY'), asset('NEW'), asset('QQQ')] };
    const told = traceOf(tree, { SPY: [100, 110, 99], QQQ: [100, 120, 96], NEW: [50] });
    expect(told.steps[0]?.reason).toEqual({
      kind: 'inverse-volatility',
      window: 2,
      shares: [
        // The sample deviation of 10 and −10 is 10·√2.
        { label: { kind: 'asset', symbol: 'SPY' }, deviation: expect.closeTo(10 * Math.SQRT2), part: expect.closeTo(2 / 3) },
        { label: { kind: 'asset', symbol: 'NEW' }, deviation: null, part: 0 },
        { label: { kind: 'asset', symbol: 'QQQ' }, deviation: expect.closeTo(20 * Math.SQRT2), part: expect.closeTo(1 / 3) },
      ],
    });
    expect(told.weights).toEqual({ QQQ: expect.closeTo(1 / 3), SPY: expect.closeTo(2 / 3) });
  });
});

describe('inverse volatility of what does not move', () => {
  const still = (...children: Tree[]): Tree => ({ kind: 'inverse-volatility', window: 2, children });

  it('leaves it out, and says that its deviation is 0', () => {
    const told = traceOf(still(asset('SPY'), cash), { SPY: [100, 110, 99] });
    expect(told.weights).toEqual({ SPY: 1 });
    expect(told.undefinedParts).toMatchObject([{ why: 'zero', symbol: null, metric: { name: 'stdev-return', window: 2 }, stops: false }]);
  });

  it('is undefined where nothing moves', () => {
    const told = traceOf(still(asset('SPY')), { SPY: [100, 100, 100] });
    expect(told.weights).toBeNull();
    expect(told.undefinedParts).toMatchObject([{ why: 'zero', symbol: 'SPY', stops: true }]);
  });
});

describe('a held asset without a bar on the day', () => {
  it('is undefined, with the days between which it was not', () => {
    const told = traceOf(asset('SPY'), { SPY: [100, null] });
    expect(told.weights).toBeNull();
    expect(told.steps[0]?.reason).toEqual({ kind: 'asset', symbol: 'SPY', hasBar: false });
    expect(told.undefinedParts).toEqual([
      {
        why: 'undefined',
        symbol: 'SPY',
        group: null,
        metric: { name: 'close' },
        definedFrom: '2024-01-05',
        definedUntil: '2024-01-05',
        because: null,
        stops: true,
      },
    ]);
  });
});

describe('a trace', () => {
  it('keeps the names of groups, and tells twins below them once', () => {
    const twin = () => equal(asset('SPY'), asset('QQQ'));
    const told = traceOf(equal(group('Left', twin()), group('Right', twin())), { SPY: [100], QQQ: [100] });
    expect(told.steps.map(({ reason, capital }) => [reason.kind === 'group' ? reason.name : reason.kind, capital])).toEqual([
      ['equal', 1],
      ['Right', 0.5],
      ['Left', 0.5],
      ['equal', 1],
      ['asset', 0.5],
      ['asset', 0.5],
    ]);
  });

  it('does not follow a child without weight', () => {
    const tree: Tree = {
      kind: 'specified',
      children: [
        { weight: percent('0%'), child: asset('GONE') },
        { weight: percent('60%'), child: asset('SPY') },
        { weight: percent('40%'), child: cash },
      ],
    };
    const told = traceOf(tree, { SPY: [100] });
    expect([told.weights, told.undefinedParts]).toEqual([{ SPY: 0.6 }, []]);
    expect(told.cash).toBeCloseTo(0.4, 12);
  });

  it('stays small where the tree doubles itself fourteen times', () => {
    let tree: Tree = equal(asset('SPY'), asset('QQQ'));
    for (let level = 0; level < 14; level += 1) tree = equal(tree, group(`level ${level}`, tree));
    const told = traceOf(tree, { SPY: [100], QQQ: [100] });
    expect(told.steps).toHaveLength(15 + 14 + 2);
    expect(told.weights).toEqual({ QQQ: 0.5, SPY: 0.5 });
  });

  it('goes as deep as a tree may', () => {
    let tree: Tree = asset('SPY');
    for (let level = 0; level < 2_000; level += 1) tree = choice(compare(price('SPY'), 'gt', number(level)), tree, cash);
    expect(traceOf(tree, { SPY: [3_000] }).steps).toHaveLength(2_001);
  });

  const symbols = fc.constantFrom('SPY', 'QQQ', 'TLT', 'NEW', 'GONE');
  const { tree: trees } = fc.letrec<{ tree: Tree }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4, withCrossShrink: true },
      symbols.map(asset),
      fc.constant(cash),
      fc.record({ name: fc.constantFrom('A', 'B'), child: tie('tree') }).map(({ name, child }) => group(name, child)),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((children) => equal(...children)),
      fc.array(tie('tree'), { minLength: 1, maxLength: 3 }).map((children): Tree => ({ kind: 'inverse-volatility', window: 2, children })),
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.array(tie('tree'), { minLength: 1, maxLength: 3 }))
        .map(([count, children]) => top(count, { name: 'cumulative-return', window: 1 }, ...children)),
      fc
        .tuple(symbols, symbols, fc.constantFrom<Comparator>('gt', 'lte'), tie('tree'), tie('tree'))
        .map(([left, right, comparator, then, otherwise]) => choice(compare(price(left), comparator, mean(right, 2)), then, otherwise)),
    ),
  }));
  const closes = { SPY: [100, 110, 99, 105, 120], QQQ: [100, 120, 96, 130, 90], TLT: [50, 50, null, 51, 49], NEW: [20, 30] };

  it('ends in the weights of the decision, in plain values, with something undefined exactly where there is no decision', () => {
    fc.assert(
      fc.property(trees, fc.integer({ min: 0, max: DATES.length - 1 }), anyOptions, (tree, day, options) => {
        const evaluator = evaluatorFor(tree, closes, options);
        const told = trace(tree, day, evaluator);
        const decision = weightsOn(day, evaluator);
        expect(JSON.parse(JSON.stringify(told))).toEqual(told);
        expect(told.undefinedParts.some(({ stops }) => stops)).toBe(decision.kind === 'undefined');
        expect(told.weights === null).toBe(decision.kind === 'undefined');
        if (decision.kind === 'undefined') return;

        const held = new Map<string, number>();
        for (const { reason, capital } of told.steps)
          if (reason.kind === 'asset') held.set(reason.symbol, (held.get(reason.symbol) ?? 0) + capital);
        expect(Object.keys(told.weights ?? {})).toEqual([...held.keys()].sort());
        for (const [symbol, weight] of Object.entries(told.weights ?? {})) {
          expect(weight).toBeCloseTo(held.get(symbol) ?? Number.NaN, 9);
          expect(weight).toBeCloseTo(decision.bySymbol.get(symbol) ?? Number.NaN, 12);
        }
        const sum = Object.values(told.weights ?? {}).reduce((total, weight) => total + weight, told.cash ?? Number.NaN);
        expect(sum).toBeCloseTo(1, 9);
      }),
      { numRuns: 1_000 },
    );
  });
});
