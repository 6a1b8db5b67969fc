import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendSleeves } from '../../../../shared/core/strategy/blend.ts';
import { quantised } from '../../../../shared/core/strategy/quantised.ts';
import { grossOf } from '../../../../shared/core/strategy/weights.ts';
import { absolute } from '../../../../shared/core/values/rounding.ts';
import { percent, WHOLE } from '../../../../shared/core/values/weight.ts';
import { anyLongShortTargets } from '../../../arbitraries/strategy.ts';
import { someTargets } from '../../../builders/portfolio.ts';

describe('weights of a strategy with short positions', () => {
  it('keep their signs, and their proceeds are cash above the whole', () => {
    expect(quantised(new Map([['SPY', -0.3]]))).toEqual({ weights: [{ symbol: 'SPY', weight: -300_000n }], cash: 1_300_000n });
    expect(
      quantised(
        new Map([
          ['QQQ', 0.5],
          ['SPY', -0.5],
        ]),
      ),
    ).toEqual({ ...someTargets({ QQQ: '50%', SPY: '-50%' }), cash: WHOLE });
  });

  it('sum in size to the whole at most, though the floats are a hair above it', () => {
    const thirds = quantised(
      new Map([
        ['A', 0.1 + 0.2],
        ['B', -0.4],
        ['C', 0.30000000000000016],
      ]),
    );
    expect(grossOf(thirds)).toBe(WHOLE);
    expect(thirds).toEqual(someTargets({ A: '30%', B: '-40%', C: '30%' }));
  });

  it('are told as they are where they are more than the whole: nothing is scaled to what can be held', () => {
    const leveraged = quantised(
      new Map([
        ['QQQ', 0.8],
        ['SPY', -0.5],
      ]),
    );
    expect(leveraged).toEqual(someTargets({ QQQ: '80%', SPY: '-50%' }));
    expect(grossOf(leveraged)).toBe(percent('130%'));
    expect(() => blendSleeves([{ capital: WHOLE, targets: leveraged }], 0n)).toThrow(RangeError);
  });

  it('are leveraged by a part per million', () => {
    expect(
      grossOf(
        quantised(
          new Map([
            ['QQQ', 0.5],
            ['SPY', -0.500001],
          ]),
        ),
      ),
    ).toBeGreaterThan(WHOLE);
  });
});

describe('blended sleeves with short positions', () => {
  it('are one position where one is long and the other short', () => {
    const sleeves = [
      { capital: percent('60%'), targets: someTargets({ QQQ: '50%', SPY: '-50%' }) },
      { capital: percent('40%'), targets: someTargets({ SPY: '100%' }) },
    ];
    // QQQ 0.6 × 50 %; SPY 0.6 × −50 % + 0.4 × 100 %.
    expect(blendSleeves(sleeves, 0n)).toEqual(someTargets({ QQQ: '30%', SPY: '10%' }));
    const even = [
      { capital: percent('50%'), targets: someTargets({ SPY: '-100%' }) },
      { capital: percent('50%'), targets: someTargets({ SPY: '100%' }) },
    ];
    expect(blendSleeves(even, percent('1%'))).toEqual(someTargets({}));
  });

  it('keep the reserve by making both sides smaller', () => {
    const pair = [{ capital: WHOLE, targets: someTargets({ QQQ: '50%', SPY: '-50%' }) }];
    expect(blendSleeves(pair, percent('2%'))).toEqual(someTargets({ QQQ: '49%', SPY: '-49%' }));
  });

  it('are left alone where the reserve is kept already, however much the proceeds are', () => {
    const pair = [{ capital: WHOLE, targets: someTargets({ QQQ: '30%', SPY: '-60%' }) }];
    expect(blendSleeves(pair, percent('10%'))).toEqual(someTargets({ QQQ: '30%', SPY: '-60%' }));
  });

  it('are never more than the reserve leaves, turn no sign, and sum with cash to the whole', () => {
    fc.assert(
      fc.property(
        anyLongShortTargets,
        anyLongShortTargets,
        fc.bigInt(0n, WHOLE),
        fc.bigInt(0n, 900_000n),
        (one, other, capital, reserve) => {
          const sleeves = [
            { capital, targets: one },
            { capital: WHOLE - capital, targets: other },
          ];
          const blended = blendSleeves(sleeves, reserve);
          expect(grossOf(blended) <= WHOLE - reserve).toBe(true);
          expect(blended.weights.reduce((sum, { weight }) => sum + weight, blended.cash)).toBe(WHOLE);
          const alone = blendSleeves([{ capital: WHOLE, targets: one }], reserve);
          for (const { symbol, weight } of alone.weights) {
            const before = one.weights.find((each) => each.symbol === symbol)?.weight ?? 0n;
            expect(absolute(weight) <= absolute(before) && weight < 0n === before < 0n).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
