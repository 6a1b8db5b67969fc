// For each option one strategy that two systems would answer differently. All figures are by hand.
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../shared/core/strategy/evaluate.ts';
import { historyNeeded } from '../../../../../shared/core/strategy/evaluator/history-needed.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { DEFAULT_OPTIONS, type StrategyOptions } from '../../../../../shared/core/strategy/options.ts';
import type { Metric, Tree } from '../../../../../shared/core/strategy/tree.ts';
import { OTHER_OPTIONS } from '../../../../arbitraries/strategy-options.ts';
import { readyMadeTree } from '../../../../builders/ready-made.ts';
import { asset, CASH, dateAt, equal, inverseVolatility, someHistory, specified } from '../../../../builders/strategy.ts';
import {
  type Answer,
  answerOn,
  answersOn,
  bottom,
  type Closes,
  CURRENT_PRICE,
  choose,
  gridOfCloses,
  group,
  is,
  of,
  over,
  price,
  top,
} from './market.ts';

const [A, B, C, D] = [asset('A'), asset('B'), asset('C'), asset('D')];

/** On the last day. */
function answerBy(options: Partial<StrategyOptions>, tree: Tree, closes: Closes): Answer {
  const days = Math.max(...Object.values(closes).map((each) => each.length));
  return answerOn(tree, closes, days - 1, undefined, { ...DEFAULT_OPTIONS, ...options });
}

function expectWeights(answer: Answer, expected: Readonly<Record<string, number>>): void {
  const weights = 'weights' in answer ? answer.weights : {};
  expect(Object.keys(weights).sort()).toEqual(Object.keys(expected).sort());
  for (const [symbol, weight] of Object.entries(expected)) expect(weights[symbol]).toBeCloseTo(weight, 12);
}

describe('options of figures', () => {
  it('deviation: 10 and 12 are 1 from their mean: √2 as a sample, 1 as a population', () => {
    const closes = { A: [10, 12], B: [1, 1] };
    const tree = choose(is(of(over('stdev-price', 2), 'A'), 'gt', 1.2), A, B);
    expectWeights(answerBy({ deviation: 'sample' }, tree, closes), { A: 1 });
    expectWeights(answerBy({ deviation: 'population' }, tree, closes), { B: 1 });
  });

  it('deviation: that of returns follows too, and Bollinger’s bands do not', () => {
    // Returns of 1 % and −1 %: √2 as a sample, 1 as a population. The band of 10 and 12 is 11 + 1, as its author has it.
    const closes = { A: [100, 101, 99.99], B: [10, 10, 12], C: [1, 1, 1] };
    const wide = choose(is(of(over('stdev-return', 2), 'A'), 'gt', 1.2), A, C);
    expectWeights(answerBy({ deviation: 'sample' }, wide, closes), { A: 1 });
    expectWeights(answerBy({ deviation: 'population' }, wide, closes), { C: 1 });
    const band = choose(is(of({ name: 'bollinger-upper', window: 2, deviations: 1 }, 'B'), 'eq', 12), B, C);
    for (const deviation of ['sample', 'population'] as const) expectWeights(answerBy({ deviation }, band, closes), { B: 1 });
  });

  it('stdev-return: √2 percent a day are √2 · √252 = 22.4499 percent a year', () => {
    const closes = { A: [100, 101, 99.99], B: [1, 1, 1] };
    const metric = of(over('stdev-return', 2), 'A');
    const tree = choose({ kind: 'all', conditions: [is(metric, 'gt', 22.4498), is(metric, 'lt', 22.45)] }, A, B);
    expectWeights(answerBy({ stdevReturn: 'daily' }, tree, closes), { B: 1 });
    expectWeights(answerBy({ stdevReturn: 'annualised' }, tree, closes), { A: 1 });
  });

  it('max-drawdown: of falls of 10 and 20 percent the top is 20, of −10 and −20 it is −10, of symbols and of groups', () => {
    const closes = { A: [100, 90], B: [100, 80] };
    for (const [first, second] of [
      [A, B],
      [group(A, 'first'), group(B, 'second')],
    ] as const) {
      const most = top(1, over('max-drawdown', 2), first, second);
      expectWeights(answerBy({ maxDrawdown: 'positive' }, most, closes), { B: 1 });
      expectWeights(answerBy({ maxDrawdown: 'negative' }, most, closes), { A: 1 });
      const least = bottom(1, over('max-drawdown', 2), first, second);
      expectWeights(answerBy({ maxDrawdown: 'positive' }, least, closes), { A: 1 });
      expectWeights(answerBy({ maxDrawdown: 'negative' }, least, closes), { B: 1 });
    }
  });

  it('max-drawdown: at a new high it is exactly 0, whatever its sign', () => {
    const tree = choose(is(of(over('max-drawdown', 2), 'A'), 'eq', 0), A, B);
    for (const maxDrawdown of ['positive', 'negative'] as const)
      expectWeights(answerBy({ maxDrawdown }, tree, { A: [10, 11], B: [1, 1] }), { A: 1 });
  });

  it('ema-seed: over 3 of 10, 20, 30 it is 10, 15, 22.5 from the first close, and their mean of 20', () => {
    const closes = { A: [10, 20, 30], B: [1, 1, 1] };
    const tree = choose(is(of(over('exponential-moving-average-price', 3), 'A'), 'gt', 21), A, B);
    expectWeights(answerBy({ emaSeed: 'first' }, tree, closes), { A: 1 });
    expectWeights(answerBy({ emaSeed: 'mean' }, tree, closes), { B: 1 });
  });

  it('ema-seed: that of an oscillator follows: 10, 20, 30 is (30 − 22.5)/22.5 or (30 − 20)/20', () => {
    const closes = { A: [10, 20, 30], B: [1, 1, 1] };
    const tree = choose(is(of({ name: 'percentage-price-oscillator', short: 1, long: 3 }, 'A'), 'gt', 40), A, B);
    expectWeights(answerBy({ emaSeed: 'first' }, tree, closes), { B: 1 });
    expectWeights(answerBy({ emaSeed: 'mean' }, tree, closes), { A: 1 });
  });

  it('ema-seed: a mean that is seeded later needs one window more to forget it', () => {
    const mean = over('exponential-moving-average-price', 10);
    const needed = (emaSeed: 'first' | 'mean', metric: Metric = mean) =>
      historyNeeded(compile(choose(is(of(metric, 'A'), 'gt', 1), A, B), { ...DEFAULT_OPTIONS, emaSeed }));
    expect([needed('first'), needed('mean')]).toEqual([81, 91]);
    // One week more than the metric looks at, each of at most five sessions.
    const weekly: Metric = { name: 'weekly', of: mean };
    expect([needed('first', weekly), needed('mean', weekly)]).toEqual([82 * 5, 92 * 5]);
  });

  it('rsi-seed: over 3, changes of 4, −2, 3 are 7 : 2 by their mean, and 25 : 4 smoothed from the first', () => {
    // By the mean 7/9 = 77.8. Recursively G = 4, 8/3, 25/9 and L = 0, 2/3, 4/9: 25/29 = 86.2.
    const closes = { A: [10, 14, 12, 15], B: [1, 1, 1, 1] };
    const tree = choose(is(of(over('rsi', 3), 'A'), 'gt', 80), A, B);
    expectWeights(answerBy({ rsiSeed: 'mean' }, tree, closes), { B: 1 });
    expectWeights(answerBy({ rsiSeed: 'recursive' }, tree, closes), { A: 1 });
  });
});

describe('options of ranks', () => {
  it('rank-digits: what differs in the thirteenth digit is the same to ten, and is not to all', () => {
    const closes = { A: [100], B: [100.0000000001], C: [100.0000000002] };
    const [one, two] = [top(1, CURRENT_PRICE, A, B, C), top(2, CURRENT_PRICE, A, B, C)];
    expectWeights(answerBy({ rankDigits: 10 }, one, closes), { A: 1 });
    expectWeights(answerBy({ rankDigits: 'all' }, one, closes), { C: 1 });
    expectWeights(answerBy({ rankDigits: 10 }, two, closes), { A: 0.5, B: 0.5 });
    expectWeights(answerBy({ rankDigits: 'all' }, two, closes), { B: 0.5, C: 0.5 });
  });

  it('duplicates: a symbol that is named twice takes two places, or one', () => {
    const closes = { A: [100, 110], B: [100, 105] };
    const tree = top(2, over('cumulative-return', 1), A, A, B);
    expectWeights(answerBy({ duplicates: 'kept' }, tree, closes), { A: 1 });
    expectWeights(answerBy({ duplicates: 'merged' }, tree, closes), { A: 0.5, B: 0.5 });
  });
});

describe('what a ready-made strategy remembers', () => {
  const keyBy = (options: StrategyOptions): string => {
    const tree = readyMadeTree('momentum-rotation', { of: ['A', 'B'], top: 1 });
    const rule = compile(tree, options).nodes.find(({ kind }) => kind === 'rule');
    return rule?.kind === 'rule' ? rule.key : '';
  };

  it('is found under a name that every changed option changes, and under the same one by the usual options', () => {
    const changed = Object.entries(OTHER_OPTIONS).map(([option, value]) => keyBy({ ...DEFAULT_OPTIONS, [option]: value }));
    expect(new Set([keyBy(DEFAULT_OPTIONS), keyBy(OTHER_OPTIONS), ...changed]).size).toBe(2 + 10);
    expect(keyBy({ ...DEFAULT_OPTIONS })).toBe(keyBy(DEFAULT_OPTIONS));
    expect(keyBy(DEFAULT_OPTIONS)).toMatch(/^momentum-rotation \S+$/);
  });
});

describe('a filter inside a weight block', () => {
  const strongest = top(2, over('cumulative-return', 1), A, B, D);
  const closes = { A: [100, 110], B: [100, 105], C: [100, 100], D: [100, 95] };

  it('is one child of an equal, or its chosen candidates are', () => {
    expectWeights(answerBy({ filter: 'one-child' }, equal(C, strongest), closes), { C: 1 / 2, A: 1 / 4, B: 1 / 4 });
    expectWeights(answerBy({ filter: 'spliced' }, equal(C, strongest), closes), { C: 1 / 3, A: 1 / 3, B: 1 / 3 });
  });

  it('divides its weight where that was given, and stays one child inside a group', () => {
    for (const filter of ['one-child', 'spliced'] as const) {
      expectWeights(answerBy({ filter }, specified(['60%', C], ['40%', strongest]), closes), { C: 0.6, A: 0.2, B: 0.2 });
      expectWeights(answerBy({ filter }, equal(C, group(strongest)), closes), { C: 1 / 2, A: 1 / 4, B: 1 / 4 });
    }
  });

  it('whose chosen candidate is a filter gives what that has chosen', () => {
    // The inner filter, on its own series, is worth A's 10 % and comes first.
    const outer = bottom(2, over('max-drawdown', 1), top(2, CURRENT_PRICE, A, B), C, D);
    expectWeights(answerBy({ filter: 'spliced' }, equal(D, outer), closes), { D: 1 / 4, A: 1 / 4, B: 1 / 4, C: 1 / 4 });
  });

  it('is weighed as a whole by an inverse volatility, or each chosen candidate is', () => {
    // Returns of ±1, ±2 and ±4 percent: deviations of 1, 2 and 4 times √2. Half A and half B swings by ±1.5.
    const swings = { A: [100, 101, 99.99], B: [100, 102, 99.96], C: [100, 104, 99.84], D: [1, 1, 1] };
    const tree = inverseVolatility(2, C, top(2, CURRENT_PRICE, A, B, D));
    expectWeights(answerBy({ filter: 'one-child' }, tree, swings), { C: 3 / 11, A: 4 / 11, B: 4 / 11 });
    expectWeights(answerBy({ filter: 'spliced' }, tree, swings), { C: 1 / 7, A: 4 / 7, B: 2 / 7 });
  });

  it('leaves out a chosen candidate that an inverse volatility cannot weigh, and says so', () => {
    const history = someHistory({ A: [100, 101, 99.99], C: [100, 104, 99.84], D: [200, 200, 200] });
    const tree = inverseVolatility(2, C, top(2, CURRENT_PRICE, A, D));
    const evaluation = evaluate(tree, history, undefined, dateAt(2), { ...DEFAULT_OPTIONS, filter: 'spliced' });
    expect(evaluation).toMatchObject({
      kind: 'weights',
      targets: {
        weights: [
          { symbol: 'A', weight: 800_000n },
          { symbol: 'C', weight: 200_000n },
        ],
      },
      leftOut: [{ symbol: 'D', metric: 'stdev-return', why: 'zero', dataOf: 'D' }],
    });
  });

  it('leaves the block undefined where no candidate has a value, or where nothing can be weighed', () => {
    const none = top(1, over('cumulative-return', 1), asset('NONE'));
    expect(answerBy({ filter: 'spliced' }, equal(C, none), closes)).toMatchObject({ undefined: 'NONE', metric: 'cumulative-return' });
    const flat = inverseVolatility(1, top(1, CURRENT_PRICE, C), top(1, CURRENT_PRICE, D));
    expect(answerBy({ filter: 'spliced' }, flat, closes)).toMatchObject({ undefined: 'C', metric: 'stdev-return' });
  });

  it('is measured with what it is spliced into', () => {
    // Worth a third of 10 + 5 + 0 percent from day 1 to 2, instead of a half of 0 and a quarter of 15.
    const days = { A: [100, 110, 121], B: [100, 105, 110.25], C: [100, 100, 100], D: [100, 95, 90], E: [100, 100, 104.5] };
    const tree = top(1, over('cumulative-return', 1), group(equal(C, strongest)), asset('E'));
    expectWeights(answerBy({ filter: 'one-child' }, tree, days), { E: 1 });
    expectWeights(answerBy({ filter: 'spliced' }, tree, days), { A: 1 / 3, B: 1 / 3, C: 1 / 3 });
  });
});

describe('an if inside a weight block', () => {
  const closes = { A: [1], B: [1], C: [1], D: [1] };
  const yes = is(price('A'), 'gt', 0);
  const no = is(price('A'), 'lt', 0);

  it('is one child of an equal, or the children of the taken branch are', () => {
    const tree = equal(C, choose(yes, equal(A, B), D));
    expectWeights(answerBy({ branch: 'one-child' }, tree, closes), { C: 1 / 2, A: 1 / 4, B: 1 / 4 });
    expectWeights(answerBy({ branch: 'spliced' }, tree, closes), { C: 1 / 3, A: 1 / 3, B: 1 / 3 });
    expectWeights(answerBy({ branch: 'spliced' }, equal(C, choose(no, equal(A, B), D)), closes), { C: 1 / 2, D: 1 / 2 });
  });

  it('splices through another if, and not through a group or given weights', () => {
    const inner = choose(no, D, equal(A, B));
    expectWeights(answerBy({ branch: 'spliced' }, equal(C, choose(yes, equal(D, inner), C)), closes), {
      C: 1 / 4,
      D: 1 / 4,
      A: 1 / 4,
      B: 1 / 4,
    });
    const grouped = equal(C, choose(yes, group(equal(A, B)), D));
    expectWeights(answerBy({ branch: 'spliced' }, grouped, closes), { C: 1 / 2, A: 1 / 4, B: 1 / 4 });
    const given = equal(C, choose(yes, specified(['80%', A], ['20%', B]), D));
    expectWeights(answerBy({ branch: 'spliced' }, given, closes), { C: 0.5, A: 0.4, B: 0.1 });
  });

  it('counts cash as a child, and an equal in an equal as one', () => {
    const tree = equal(equal(C, D), choose(yes, equal(A, CASH), D));
    expectWeights(answerBy({ branch: 'spliced' }, tree, closes), { C: 1 / 6, D: 1 / 6, A: 1 / 3 });
  });

  it('splices a filter in its branch only where filters are spliced', () => {
    const tree = equal(C, choose(yes, equal(A, top(2, CURRENT_PRICE, B, D)), C));
    expectWeights(answerBy({ branch: 'spliced' }, tree, closes), { C: 1 / 3, A: 1 / 3, B: 1 / 6, D: 1 / 6 });
    expectWeights(answerBy({ branch: 'spliced', filter: 'spliced' }, tree, closes), { C: 1 / 4, A: 1 / 4, B: 1 / 4, D: 1 / 4 });
  });

  it('leaves the block undefined where its condition is', () => {
    const tree = equal(C, choose(is(price('NONE'), 'gt', 0), equal(A, B), D));
    expect(answerBy({ branch: 'spliced' }, tree, closes)).toMatchObject({ undefined: 'NONE', metric: 'current-price' });
  });
});

describe('splicing without end', () => {
  const spliced: StrategyOptions = { ...DEFAULT_OPTIONS, filter: 'spliced', branch: 'spliced' };
  const closes = { A: [3, 3], B: [2, 2] };
  const always = is(price('A'), 'gt', 0);

  it('stands for 2⁶⁰ children at the cost of a few nodes a level', () => {
    let tree: Tree = equal(A, B);
    for (let level = 0; level < 60; level += 1) {
      const branch = choose(always, tree, B);
      tree = equal(branch, branch);
    }
    expect(compile(tree, spliced).nodes.length).toBeLessThan(60 * 4 + 4);
    expectWeights(answerOn(tree, closes, 1, undefined, spliced), { A: 0.5, B: 0.5 });
  });

  it('goes 3,000 ifs deep', () => {
    let tree: Tree = A;
    for (let depth = 0; depth < 3_000; depth += 1) tree = choose(always, equal(tree), B);
    expect(answersOn(equal(B, tree), gridOfCloses(closes), spliced)).toEqual([
      { weights: { A: 0.5, B: 0.5 } },
      { weights: { A: 0.5, B: 0.5 } },
    ]);
  });
});
