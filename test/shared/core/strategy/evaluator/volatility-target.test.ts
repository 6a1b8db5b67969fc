import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatorOf } from '../../../../../shared/core/strategy/evaluator/evaluator.ts';
import { historyNeeded } from '../../../../../shared/core/strategy/evaluator/history-needed.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { trace } from '../../../../../shared/core/strategy/evaluator/trace.ts';
import type { Tree } from '../../../../../shared/core/strategy/tree.ts';
import { asset, CASH, equal, volatilityTarget } from '../../../../builders/strategy.ts';
import { anyCloses, anyTree, DAYS } from './any-market.ts';
import { answerOn, answersOn, type Closes, choose, gridOfCloses, group, is, metricOver, over, price, top } from './market.ts';

// Returns +10 %, −10 %, +10 %, −10 %: of any two that follow one another the mean is 0 and the deviation
// √((0.1² + 0.1²) / 1) = 14.142 %, which is √0.02; a year's is √(0.02 · 252) = √5.04 = 224.4994 %.
const SWINGING = [100, 110, 99, 108.9, 98.01];
const YEARLY = Math.sqrt(5.04);

const weightOf = (tree: Tree, closes: Closes, day: number): Readonly<Record<string, number>> | string => {
  const answer = answerOn(tree, closes, day);
  return 'weights' in answer ? answer.weights : `${answer.metric} of ${answer.undefined}`;
};

describe('a volatility target', () => {
  it('gives the child the target in proportion to its volatility, and leaves the rest in cash', () => {
    // 112.25 % of 224.4994 % is half of it.
    expect(weightOf(volatilityTarget('112.25%', 2, asset('A')), { A: SWINGING }, 2)).toEqual({ A: expect.closeTo(1.1225 / YEARLY, 12) });
    expect(1.1225 / YEARLY).toBeCloseTo(0.5, 4);
  });

  it('gives it everything when it moves less than that, and never more', () => {
    expect(weightOf(volatilityTarget('300%', 2, asset('A')), { A: SWINGING }, 4)).toEqual({ A: 1 });
  });

  it('gives everything to what does not move, to cash too', () => {
    expect(weightOf(volatilityTarget('10%', 2, asset('A')), { A: [50, 50, 50] }, 2)).toEqual({ A: 1 });
    expect(weightOf(volatilityTarget('10%', 2, CASH), { A: [50, 50, 50] }, 2)).toEqual({});
  });

  it('is undefined until the window is full, and says whose volatility', () => {
    expect(weightOf(volatilityTarget('10%', 2, asset('A')), { A: SWINGING }, 1)).toBe('stdev-return of A');
    expect(weightOf(volatilityTarget('10%', 2, asset('A')), { A: [100, null, 99, 98] }, 2)).toEqual('stdev-return of A');
  });

  it('measures a child of several symbols by its own series', () => {
    // Half in A, half in B, which does the opposite: together they do not move, though each does.
    const mirrored = { A: [100, 110, 99], B: [100, 90, 99] };
    expect(weightOf(volatilityTarget('10%', 2, equal(asset('A'), asset('B'))), mirrored, 2)).toEqual({ A: 0.5, B: 0.5 });
  });

  it('measures what the child would have held, not what it holds today', () => {
    // Until day 2 the child is in cash, so what it earned by day 3 is 0 %, 0 %, and A's swings are not its own.
    const child = choose(is(price('B'), 'gt', 1), asset('A'), CASH);
    expect(weightOf(volatilityTarget('10%', 2, child), { A: SWINGING, B: [1, 1, 1, 2, 2] }, 3)).toEqual({ A: 1 });
  });

  it('has a series of its own, which earns what is held and nothing on the rest', () => {
    // Half of A from day 2 on, as its volatility stays; then +10 % is +5 %, and −10 % is −5 %.
    const half = volatilityTarget('112.25%', 2, asset('A'));
    const part = 1.1225 / YEARLY;
    const earned = metricOver(half, over('cumulative-return', 1), { A: SWINGING });
    expect(earned).toEqual([Number.NaN, Number.NaN, Number.NaN, expect.closeTo(10 * part, 9), expect.closeTo(-10 * part, 9)]);
  });

  it('ranks as a candidate by that series', () => {
    const half = group(volatilityTarget('112.25%', 2, asset('A')));
    // On day 3 it earned about 5 %: more than B's 4 %, less than B's 6 %.
    const ranked = (close: number) =>
      Object.keys(weightOf(top(1, over('cumulative-return', 1), half, asset('B')), { A: SWINGING, B: [100, 100, 100, close, 100] }, 3));
    expect([ranked(104), ranked(106)]).toEqual([['A'], ['B']]);
  });

  it('looks back on the closes of its window and on those that its child looks back on before', () => {
    expect(historyNeeded(compile(volatilityTarget('10%', 20, asset('A'))))).toBe(21);
    const child = top(1, over('cumulative-return', 60), asset('A'), asset('B'));
    expect(historyNeeded(compile(volatilityTarget('10%', 20, child)))).toBe(82);
  });

  it('is told with its figures', () => {
    const tree = volatilityTarget('112.25%', 2, asset('A'));
    const told = (day: number) => trace(tree, day, evaluatorOf(compile(tree), gridOfCloses({ A: SWINGING }), measure));
    const part = 1.1225 / YEARLY;
    expect(told(2).steps[0]?.reason).toEqual({
      kind: 'volatility-target',
      annual: 112.25,
      window: 2,
      volatility: expect.closeTo(100 * YEARLY, 9),
      part: expect.closeTo(part, 12),
    });
    expect(told(2).weights).toEqual({ A: expect.closeTo(part, 12) });
    expect(told(2).cash).toBeCloseTo(1 - part, 12);
    expect(told(1)).toMatchObject({
      weights: null,
      steps: [{ reason: { kind: 'volatility-target', volatility: null, part: null }, children: [] }],
      undefinedParts: [{ symbol: 'A', metric: { name: 'stdev-return', window: 2 }, stops: true }],
    });
  });

  it('of nothing is refused, as nothing could be held at it', () => {
    expect(() => compile({ kind: 'volatility-target', annual: 0n, window: 20, child: asset('A') })).toThrow(RangeError);
  });

  it('holds the same things as its child in the same proportions, and never more of them', () => {
    fc.assert(
      fc.property(anyTree, anyCloses, fc.integer({ min: 2, max: DAYS - 1 }), (child, closes, day) => {
        const alone = answersOn(child, gridOfCloses(closes))[day];
        const held = answersOn(volatilityTarget('15%', 2, child), gridOfCloses(closes))[day];
        if (held === undefined || !('weights' in held)) return;
        // Whatever has a volatility today has weights today.
        if (alone === undefined || !('weights' in alone)) throw new Error('weights without those of the child');
        const parts = Object.entries(alone.weights).map(([symbol, weight]) => (held.weights[symbol] ?? 0) / weight);
        for (const part of parts) expect(part).toBeCloseTo(parts[0] ?? 0, 9);
        for (const part of parts) expect(part).toBeLessThanOrEqual(1 + 1e-12);
        expect(Object.keys(held.weights).sort()).toEqual(Object.keys(alone.weights).sort());
      }),
      { numRuns: 300 },
    );
  });
});
