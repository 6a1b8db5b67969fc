// The series that a subtree would have had: what metrics over groups are measured on.
import { describe, expect, it } from 'vitest';
import { asset, CASH, equal, specified } from '../../../../builders/strategy.ts';
import { answerOn, type Closes, choose, group, is, metricOver, of, over, price, top } from './market.ts';

const [A, B] = ['A', 'B'].map(asset) as [ReturnType<typeof asset>, ReturnType<typeof asset>];
const NONE = Number.NaN;
/** The series of a tree shows in its cumulative return over one day: what the weights of yesterday earned today, in percent. */
const earned = (tree: Parameters<typeof metricOver>[0], closes: Closes, sessions?: readonly number[]) =>
  metricOver(tree, over('cumulative-return', 1), closes, sessions);

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.map((value) => (Number.isNaN(value) ? value : Math.round(value * 1e9) / 1e9))).toEqual(expected);
}

describe('the series of a subtree', () => {
  it('earns the mean of its children, rebalanced every day', () => {
    // A: +10 %, −10 %; B: 0, +20 %. Mean: +5 %, +5 %.
    expectClose(earned(equal(A, B), { A: [100, 110, 99], B: [10, 10, 12] }), [NONE, 5, 5]);
  });

  it('earns nothing on its cash', () => {
    expectClose(earned(specified(['25%', A], ['75%', CASH]), { A: [100, 110, 99] }), [NONE, 2.5, -2.5]);
  });

  it('earns on a day what the weights at the end of the day before held, not those of its own end', () => {
    // The rule holds A on days 0 and 1 (price below 12) and B on days 2 and 3.
    const rule = choose(is(price('A'), 'lt', 12), A, B);
    // Day 2: A's +20 %, though at the end of day 2 it holds B. Day 3: B's −50 %.
    expectClose(earned(rule, { A: [10, 10, 12, 18], B: [8, 8, 8, 4] }), [NONE, 0, 20, -50]);
  });

  it('compounds from 1 on the first day on which its weights are defined', () => {
    // The rsi over 2 of A is defined from day 2, so the series starts there and has a return over 2 days on day 4.
    const rule = choose(is(of(over('rsi', 2), 'A'), 'gte', 0), A, B);
    const closes: Closes = { A: [10, 10, 10, 11, 12.1, 12.1], B: [1, 1, 1, 1, 1, 1] };
    expectClose(metricOver(rule, over('cumulative-return', 2), closes), [NONE, NONE, NONE, NONE, 21, 10]);
  });

  it('starts anew after a day on which its weights are undefined, and has a value on that day', () => {
    // LOOK is not there on day 3: the weights of day 3 are undefined, those of day 2 still earn on it.
    const rule = choose(is(price('LOOK'), 'gt', 0), A, B);
    const closes: Closes = { LOOK: [1, 1, 1, null, 1, 1, 1], A: [1, 2, 4, 8, 16, 32, 64], B: [1, 1, 1, 1, 1, 1, 1] };
    expectClose(earned(rule, closes), [NONE, 100, 100, 100, NONE, 100, 100]);
    expectClose(metricOver(rule, over('cumulative-return', 2), closes), [NONE, NONE, 300, 300, NONE, NONE, 300]);
  });

  it('starts anew after a missing bar of what it holds', () => {
    const closes: Closes = { A: [1, 2, null, 8, 16, 32], B: [1, 1, 1, 1, 1, 1] };
    // Without a bar on day 2 there is no return on days 2 and 3, though A has closes on 1 and 3.
    expectClose(earned(equal(A, B), closes), [NONE, 50, NONE, NONE, 50, 50]);
  });

  it('starts anew on the day of the missing bar when it holds something else by then', () => {
    // It holds GONE until day 1 and A from day 2 on, but GONE has no bar on day 2: what day 1 held cannot be valued.
    const rule = choose(is(price('B'), 'lt', 3), asset('GONE'), A);
    const closes: Closes = { B: [1, 2, 3, 3, 3], GONE: [1, 2, null, null, null], A: [1, 1, 1, 2, 4] };
    expectClose(earned(rule, closes), [NONE, 100, NONE, 100, 100]);
    expectClose(metricOver(rule, over('cumulative-return', 2), closes), [NONE, NONE, NONE, NONE, 300]);
    expectClose(metricOver(rule, over('max-drawdown', 1), closes), [0, 0, 0, 0, 0]);
  });

  it('does not mind a missing bar of what it does not hold', () => {
    const rule = choose(is(price('A'), 'gt', 0), A, asset('GONE'));
    expectClose(earned(rule, { A: [1, 2, 4], GONE: [1, null, 1] }), [NONE, 100, 100]);
  });

  it('holds what a filter inside it chooses, each day anew', () => {
    // By price: day 0 B (2 > 1), day 1 A (4 > 2).
    const rule = top(1, { name: 'current-price' }, A, B);
    expectClose(earned(rule, { A: [1, 4, 6], B: [2, 2, 2] }), [NONE, 0, 50]);
  });

  it('is measured inside another: filters over filters', () => {
    const inner = equal(top(1, over('cumulative-return', 1), equal(A, CASH), equal(B, CASH)), CASH);
    const closes: Closes = { A: [1, 1, 2, 2], B: [1, 2, 2, 2] };
    // The best group of yesterday: defined from day 1 (B's), day 2 (A's). On day 2 a quarter of B earned 0, on day 3 of A 0.
    expectClose(earned(inner, closes), [NONE, NONE, 0, 0]);
    // A doubles on day 4 after having been the best of day 3: a quarter of 100 %.
    expectClose(earned(inner, { A: [1, 1, 2, 4, 8], B: [1, 2, 2, 2, 2] }), [NONE, NONE, 0, 25, 25]);
  });

  it('earns between two sessions what lies between them, and counts sessions', () => {
    // Decided on days 0, 2 and 3: A goes from 1 to 4 between the first two.
    expectClose(earned(equal(A), { A: [1, 2, 4, 8] }, [0, 2, 3]), [NONE, 300, 100]);
  });
});

describe('a metric over a subtree', () => {
  const closes: Closes = { A: [1, 2, 4, 3], B: [1, 1, 1, 1] };

  it.each([
    { name: 'current-price' },
    over('moving-average-price', 1),
    over('exponential-moving-average-price', 1),
    over('stdev-price', 2),
    { name: 'bollinger-upper', window: 2, deviations: 2 },
    { name: 'bollinger-lower', window: 2, deviations: 2 },
  ] as const)('$name is undefined: it has returns, but no price', (metric) => {
    expect(metricOver(equal(A, B), metric, closes)).toEqual([NONE, NONE, NONE, NONE]);
    expect(metricOver(group(A), metric, closes)).toEqual([NONE, NONE, NONE, NONE]);
    expect(metricOver(A, metric, closes).some((value) => !Number.isNaN(value))).toBe(true);
  });

  it('max-drawdown is positive for groups as for assets', () => {
    // The group's value: 1, 1.5 (+50 %), 2.25 (+50 %), 1.96875 (−12.5 %).
    expectClose(metricOver(equal(A, B), over('max-drawdown', 2), closes), [NONE, 0, 0, 12.5]);
    expectClose(metricOver(A, over('max-drawdown', 2), closes), [NONE, 0, 0, 25]);
  });

  it('stdev-return needs one value more than its window', () => {
    // Returns 50 %, 50 %, −12.5 %: deviations of two, 0 and 62.5/√2.
    expectClose(metricOver(equal(A, B), over('stdev-return', 2), closes), [NONE, NONE, 0, Math.round((62.5 / Math.SQRT2) * 1e9) / 1e9]);
  });

  it('rsi is that of its own gains and losses', () => {
    // Changes of value: +0.5, +0.75, −0.28125. First mean gain 0.625; then (0.625 + 0)/2 against 0.28125/2: 100·0.3125/0.453125.
    expectClose(metricOver(equal(A, B), over('rsi', 2), closes), [NONE, NONE, 100, Math.round((100 * 0.3125 * 1e9) / 0.453125) / 1e9]);
  });

  it('moving-average-return is the mean of its own returns', () => {
    expectClose(
      metricOver(equal(A, B), over('moving-average-return', 3), closes),
      [NONE, NONE, NONE, 87.5 / 3].map((x) => Math.round(x * 1e9) / 1e9),
    );
  });

  it('the price oscillator, a ratio, needs no price level', () => {
    // Value 1 then 1.5: EMA(1) = 1.5, EMA(2) = 1 + 2/3·0.5 = 4/3; (1.5 − 4/3)/(4/3) = 12.5 %.
    expectClose(metricOver(equal(A, B), { name: 'percentage-price-oscillator', short: 1, long: 2 }, closes).slice(0, 2), [NONE, 12.5]);
  });

  it('a group around one asset is a group: its own series, without a symbol', () => {
    // A has no bar on day 1. Its own two bars are 1 and 4; the group's series starts anew on day 2.
    const gap: Closes = { A: [1, null, 4, 8], B: [1, 1, 1, 1] };
    expectClose(earned(A, gap), [NONE, NONE, 300, 100]);
    expectClose(earned(group(A), gap), [NONE, NONE, NONE, 100]);
    expectClose(earned(equal(A), gap), [NONE, NONE, NONE, 100]);
  });

  it('leaves out a candidate whose past is broken, not the strategy', () => {
    const gap: Closes = { A: [1, 2, null, 8, 16], B: [1, 1, 1, 1, 1.1] };
    const rule = top(1, over('cumulative-return', 2), equal(A, CASH), equal(B, CASH));
    expect(answerOn(rule, gap, 4)).toEqual({ weights: { B: 0.5 } });
  });

  it('two groups that held the same are a tie that rounding does not decide', () => {
    const series = Array.from({ length: 40 }, (_, day) => 100 + 7 * Math.sin(day));
    // Three thirds of A and A itself earn the same but for rounding: the first in the file wins on every day.
    const [first, second] = [equal(A, A, A), equal(A, CASH)];
    const same = { A: series, X: series, Y: series };
    for (let day = 2; day < 40; day += 1) {
      const rule = top(1, over('stdev-return', 2), equal(asset('X'), asset('Y'), asset('X')), equal(asset('A')));
      const answer = answerOn(rule, same, day) as { weights: Record<string, number> };
      expect(Object.keys(answer.weights).sort()).toEqual(['X', 'Y']);
    }
    expect(answerOn(top(1, over('stdev-return', 2), second, first), same, 9)).toEqual({ weights: { A: 1 } });
  });
});

describe('the bars of a symbol', () => {
  it('are what its windows count, not the days of others', () => {
    // A's own closes are 1, 2, 4: over two of its bars it went from 1 to 4.
    const gap: Closes = { A: [1, null, 2, null, 4], B: [1, 1, 1, 1, 1] };
    expectClose(metricOver(A, over('cumulative-return', 2), gap), [NONE, NONE, NONE, NONE, 300]);
  });

  it('count between sessions too: a market that never closes keeps its own week-ends', () => {
    // Sessions are days 0, 3 and 4; the mean of the last two closes on day 3 is that of days 2 and 3.
    const closes: Closes = { BTC: [10, 20, 30, 50, 70] };
    expectClose(metricOver(asset('BTC'), over('moving-average-price', 2), closes, [0, 3, 4]), [NONE, 40, 60]);
  });
});
