import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blendSleeves, type SleeveTargets } from '../../../../shared/core/strategy/blend.ts';
import { apportion, collectWeights } from '../../../../shared/core/strategy/weights.ts';
import { percent, WHOLE } from '../../../../shared/core/values/weight.ts';
import { anyParts, anyTargets } from '../../../arbitraries/strategy.ts';
import { anyWeight } from '../../../arbitraries/values.ts';
import { someTargets } from '../../../builders/portfolio.ts';

describe('apportion', () => {
  it('divides exactly where it can', () => {
    expect(apportion(100n, [1, 1, 2])).toEqual([25n, 25n, 50n]);
    expect(apportion(WHOLE, [600_000, 400_000])).toEqual([600_000n, 400_000n]);
  });

  it('gives what is left to the largest remainders, ties to the earlier place', () => {
    expect(apportion(10n, [1, 1, 1])).toEqual([4n, 3n, 3n]);
    // 1.43, 2.86 and 5.71: two are left, for .86 and .71
    expect(apportion(10n, [1, 2, 4])).toEqual([1n, 3n, 6n]);
    expect(apportion(1n, [1, 1])).toEqual([1n, 0n]);
  });

  it('gives nothing to a share of zero', () => {
    expect(apportion(7n, [0, 3, 0, 3])).toEqual([0n, 4n, 0n, 3n]);
    expect(apportion(0n, [1, 2])).toEqual([0n, 0n]);
  });

  it.each([[[]], [[0, 0]], [[-1, 2]], [[Number.NaN, 1]], [[Number.POSITIVE_INFINITY, 1]]])(
    'throws a RangeError for the shares %j',
    (shares) => {
      expect(() => apportion(WHOLE, shares)).toThrow(RangeError);
    },
  );

  it('conserves the total, and keeps each part within one of its exact share', () => {
    const shares = fc.array(fc.oneof(fc.constant(0), fc.double({ min: 1e-6, max: 1e6, noNaN: true })), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(anyWeight, shares, (total, each) => {
        const sum = each.reduce((a, b) => a + b, 0);
        fc.pre(sum > 0);
        const parts = apportion(total, each);
        expect(parts.reduce((a, b) => a + b, 0n)).toBe(total);
        parts.forEach((part, place) => {
          expect(part >= 0n).toBe(true);
          expect(Math.abs(Number(part) - (Number(total) * (each[place] ?? 0)) / sum)).toBeLessThan(1 + 1e-6);
        });
      }),
    );
  });

  it('gives a larger share no less than a smaller one that comes later', () => {
    const shares = fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(anyWeight, shares, (total, each) => {
        const descending = each.toSorted((a, b) => b - a);
        const parts = apportion(total, descending);
        for (let place = 1; place < parts.length; place += 1) expect((parts[place - 1] ?? 0n) >= (parts[place] ?? 0n)).toBe(true);
      }),
    );
  });
});

describe('collectWeights', () => {
  it('adds up by symbol, drops zeros, sorts, and counts the rest as cash', () => {
    const parts = [
      { symbol: 'SPY', weight: percent('20%') },
      { symbol: undefined, weight: percent('10%') },
      { symbol: 'AGG', weight: percent('40%') },
      { symbol: 'SPY', weight: percent('30%') },
      { symbol: 'GLD', weight: 0n },
    ];
    expect(collectWeights(parts)).toEqual(someTargets({ AGG: '40%', SPY: '50%' }));
  });
});

describe('blendSleeves', () => {
  it('adds up what two sleeves want of the same symbol, each in its share of capital', () => {
    const sleeves = [
      { capital: percent('70%'), targets: someTargets({ SPY: '60%', AGG: '40%' }) },
      { capital: percent('30%'), targets: someTargets({ SPY: '50%' }) },
    ];
    // SPY 42 % + 15 %, AGG 28 %, cash 15 %
    expect(blendSleeves(sleeves, 0n)).toEqual(someTargets({ SPY: '57%', AGG: '28%' }));
  });

  it('scales what is invested down to the cash reserve, rounding down', () => {
    const sleeves = [{ capital: WHOLE, targets: someTargets({ SPY: '60%', AGG: '40%' }) }];
    expect(blendSleeves(sleeves, percent('1%'))).toEqual(someTargets({ SPY: '59.4%', AGG: '39.6%' }));
    const thirds = [{ capital: WHOLE, targets: someTargets({ SPY: '33.3334%', AGG: '33.3333%', GLD: '33.3333%' }) }];
    // 0.99 × 333,334 = 330,000.66 and 0.99 × 333,333 = 329,999.67
    expect(blendSleeves(thirds, percent('1%'))).toEqual(someTargets({ SPY: '33%', AGG: '32.9999%', GLD: '32.9999%' }));
  });

  it('takes nothing away where the sleeves keep that much in cash themselves', () => {
    const sleeves = [{ capital: WHOLE, targets: someTargets({ SPY: '95%' }) }];
    expect(blendSleeves(sleeves, percent('5%'))).toEqual(someTargets({ SPY: '95%' }));
  });

  it('leaves out a sleeve without capital', () => {
    const sleeves = [
      { capital: WHOLE, targets: someTargets({ SPY: '100%' }) },
      { capital: 0n, targets: someTargets({ AGG: '100%' }) },
    ];
    expect(blendSleeves(sleeves, 0n)).toEqual(someTargets({ SPY: '100%' }));
  });

  it('conserves one million, keeps the reserve, and invests no more of a symbol than the sleeves do', () => {
    const anySleeves: fc.Arbitrary<SleeveTargets[]> = fc
      .integer({ min: 1, max: 4 })
      .chain((count) =>
        fc
          .tuple(anyParts(count), fc.array(anyTargets, { minLength: count, maxLength: count }))
          .map(([capitals, targets]) => targets.map((each, place) => ({ capital: capitals[place] ?? 0n, targets: each }))),
      );
    fc.assert(
      fc.property(anySleeves, anyWeight, (sleeves, reserve) => {
        const { weights, cash } = blendSleeves(sleeves, reserve);
        expect(weights.reduce((sum, { weight }) => sum + weight, cash)).toBe(WHOLE);
        expect(cash >= reserve).toBe(true);
        for (const { symbol, weight } of weights) {
          const wanted = sleeves.map(
            ({ capital, targets }) => capital * (targets.weights.find((each) => each.symbol === symbol)?.weight ?? 0n),
          );
          // Each sleeve may round its part up by less than one.
          expect(weight > 0n && weight <= wanted.reduce((sum, each) => sum + each / WHOLE + 1n, 0n)).toBe(true);
        }
      }),
    );
  });
});
