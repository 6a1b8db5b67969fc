// How much history a strategy must be given: enough that more would change nothing.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { historyNeeded } from '../../../../../shared/core/strategy/evaluator/history-needed.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import type { Metric, Tree } from '../../../../../shared/core/strategy/tree.ts';
import { asset, CASH, equal, inverseVolatility } from '../../../../builders/strategy.ts';
import { anyTree } from './any-market.ts';
import { all, answerOn, CURRENT_PRICE, choose, is, not, of, over, price, top } from './market.ts';

const [A, B] = ['A', 'B'].map(asset) as [Tree, Tree];
const needed = (tree: Tree): number => historyNeeded(compile(tree));

describe('the history needed', () => {
  it('is none where prices decide nothing', () => expect(needed(equal(A, CASH))).toBe(0));

  it.each<[string, Metric, number]>([
    ['a price', CURRENT_PRICE, 1],
    ['a return over 20 closes', over('cumulative-return', 20), 21],
  ])('for %s', (_, metric, closes) => {
    expect(needed(choose(is(of(metric, 'A'), 'gt', 1), A, B))).toBe(closes);
    expect(needed(choose(all(is(price('A'), 'gt', 1), not(is(1, 'lt', of(metric, 'B')))), A, B))).toBe(closes);
    expect(needed(top(1, metric, A, B))).toBe(closes);
  });

  it('of an inverse volatility is one close more than it has returns', () => expect(needed(inverseVolatility(30, A, B))).toBe(31));

  it('of a ranking of groups is that of the ranking and that of the groups', () => {
    expect(needed(top(1, over('stdev-return', 10), equal(top(1, over('max-drawdown', 50), A, B)), CASH))).toBe(11 + 51);
  });

  it('is found among 200,000 children', () => {
    const wide = Array.from({ length: 200_000 }, () => A);
    expect(needed({ kind: 'filter', select: 'top', count: 1, by: over('cumulative-return', 20), children: wide })).toBe(21);
    expect(needed({ kind: 'equal', children: wide })).toBe(0);
  });

  it.each<[Metric, number]>([
    [over('rsi', 10), 10],
    [over('exponential-moving-average-price', 10), 10],
    [{ name: 'percentage-price-oscillator', short: 5, long: 10 }, 10],
    [{ name: 'percentage-price-oscillator-signal', short: 5, long: 10, smooth: 3 }, 13],
  ])('of $name is many times its windows: it never forgets', (metric, windows) => {
    expect(needed(choose(is(of(metric, 'A'), 'gt', 1), A, B))).toBeGreaterThan(8 * windows);
  });

  it('is enough: a strategy that only looks back through windows answers the same on it as on all there is', () => {
    const days = 40;
    const random = fc.double({ min: 1, max: 1_000, noNaN: true });
    const anyRow = fc.array(random, { minLength: days, maxLength: days });
    const anyRows = fc.record({ A: anyRow, B: anyRow, C: anyRow, D: anyRow });
    const windowed = anyTree.filter((tree) => !/"(rsi|exponential|percentage|average-true-range|weekly|monthly)/.test(textOf(tree)));
    fc.assert(
      fc.property(windowed, anyRows, (tree, rows) => {
        const last = Math.max(1, needed(tree));
        fc.pre(last < days);
        const short = Object.fromEntries(Object.entries(rows).map(([symbol, row]) => [symbol, row.slice(-last)]));
        const [whole, cut] = [answerOn(tree, rows, days - 1), answerOn(tree, short, last - 1)];
        expect('weights' in cut).toBe('weights' in whole);
        if (!('weights' in whole && 'weights' in cut)) return;
        expect(Object.keys(cut.weights).sort()).toEqual(Object.keys(whole.weights).sort());
        for (const [symbol, weight] of Object.entries(whole.weights)) expect(cut.weights[symbol]).toBeCloseTo(weight, 9);
      }),
      { numRuns: 400 },
    );
  });
});

function textOf(tree: Tree): string {
  return JSON.stringify(tree, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
}
