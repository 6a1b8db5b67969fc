import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatUsd, parseUsd, roundToCents, usd } from '../../../../shared/core/values/money.ts';
import type { Rounding } from '../../../../shared/core/values/rounding.ts';
import {
  formatShares,
  isWhole,
  NANOS_PER_SHARE,
  notional,
  parseShares,
  shares,
  sharesFor,
  truncateShares,
} from '../../../../shared/core/values/shares.ts';
import { formatPercent, parsePercent, partOf, percent, toFraction, WHOLE, weightOf } from '../../../../shared/core/values/weight.ts';
import { anyDrift, anyPrice, anyShares, anyUsd, anyWeight } from '../../../arbitraries/values.ts';

const rounding = fc.constantFrom<Rounding>('floor', 'ceil', 'half-even');

describe('dollars', () => {
  it('are whole micro-dollars, written with at least two decimals', () => {
    expect(usd('12.34')).toBe(12_340_000n);
    expect([formatUsd(12_340_000n), formatUsd(5_000_000n), formatUsd(1n), formatUsd(-500_000n)]).toEqual([
      '12.34',
      '5.00',
      '0.000001',
      '-0.50',
    ]);
  });

  it('refuse text finer than a micro-dollar, unless told how to round', () => {
    expect(parseUsd('1.0000001')).toBeUndefined();
    expect(parseUsd('1.0000005', 'half-even')).toBe(1_000_000n);
    expect(() => usd('1.0000001')).toThrow(new RangeError('not an exact dollar amount: 1.0000001'));
    expect(() => usd('$5')).toThrow(RangeError);
  });

  it('round to cents as named', () => {
    expect([roundToCents(usd('1.005'), 'half-even'), roundToCents(usd('1.015'), 'half-even')]).toEqual([usd('1'), usd('1.02')]);
    expect([roundToCents(usd('-1.001'), 'floor'), roundToCents(usd('-1.001'), 'ceil')]).toEqual([usd('-1.01'), usd('-1')]);
  });

  it('survive their text', () => {
    fc.assert(
      fc.property(anyUsd, (amount) => {
        expect(parseUsd(formatUsd(amount))).toBe(amount);
      }),
    );
  });
});

describe('shares', () => {
  it('are whole nano-shares, written as short as they are exact', () => {
    expect(shares('1.5')).toBe(1_500_000_000n);
    expect([formatShares(shares('10')), formatShares(1n), formatShares(shares('-0.25'))]).toEqual(['10', '0.000000001', '-0.25']);
  });

  it('refuse a tenth decimal', () => {
    expect(parseShares('0.0000000001')).toBeUndefined();
    expect(() => shares('0.0000000001')).toThrow(new RangeError('not an exact number of shares: 0.0000000001'));
  });

  it('survive their text', () => {
    fc.assert(
      fc.property(anyShares, (quantity) => {
        expect(parseShares(formatShares(quantity))).toBe(quantity);
      }),
    );
  });

  it('drop their fraction toward zero when only whole ones trade', () => {
    expect(truncateShares(shares('2.9'), 'whole')).toBe(shares('2'));
    expect(truncateShares(shares('-2.9'), 'whole')).toBe(shares('-2'));
    expect(truncateShares(shares('2.9'), 'fractional')).toBe(shares('2.9'));
    expect([isWhole(shares('2')), isWhole(shares('2.000000001')), isWhole(0n), isWhole(shares('-3'))]).toEqual([true, false, true, true]);
  });

  it('cost price times quantity, rounded as named', () => {
    expect(notional(usd('100'), shares('1.5'), 'floor')).toBe(usd('150'));
    // 0.000003 dollars × 0.5 = 1.5 micro-dollars
    expect([notional(3n, shares('0.5'), 'floor'), notional(3n, shares('0.5'), 'ceil'), notional(3n, shares('0.5'), 'half-even')]).toEqual([
      1n,
      2n,
      2n,
    ]);
    expect(notional(usd('100'), shares('-1.5'), 'floor')).toBe(usd('-150'));
  });

  it('are as many as an amount buys', () => {
    expect(sharesFor(usd('100'), usd('30'), 'floor')).toBe(3_333_333_333n);
    expect(sharesFor(usd('100'), usd('30'), 'ceil')).toBe(3_333_333_334n);
    expect(() => sharesFor(usd('100'), 0n, 'floor')).toThrow(RangeError);
  });

  it('bought for an amount and rounded down never cost more than it', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), anyPrice, (amount, price) => {
        const quantity = sharesFor(amount, price, 'floor');
        expect(notional(price, quantity, 'ceil') <= amount).toBe(true);
        expect(notional(price, quantity + 1n, 'floor') >= amount || price * (quantity + 1n) > amount * NANOS_PER_SHARE).toBe(true);
      }),
    );
  });

  it('of a whole number have an exact value, however it rounds', () => {
    fc.assert(
      fc.property(anyPrice, fc.bigInt({ min: -100_000n, max: 100_000n }), rounding, (price, count, how) => {
        expect(notional(price, count * NANOS_PER_SHARE, how)).toBe(price * count);
      }),
    );
  });
});

describe('weights', () => {
  it('are parts per million, written as percentages of up to four decimals', () => {
    expect([percent('60%'), percent('33.3333%'), percent('-2.5%')]).toEqual([600_000n, 333_333n, -25_000n]);
    expect([formatPercent(600_000n), formatPercent(1n), formatPercent(-25_000n)]).toEqual(['60%', '0.0001%', '-2.5%']);
    expect(toFraction(percent('12.5%'))).toBe(0.125);
  });

  it.each(['60', '60 %', '33.33333%', '%', 'sixty%', ''])('refuse %j', (text) => {
    expect(parsePercent(text)).toBeUndefined();
    expect(() => percent(text)).toThrow(RangeError);
  });

  it('survive their text', () => {
    fc.assert(
      fc.property(anyDrift, (weight) => {
        expect(parsePercent(formatPercent(weight))).toBe(weight);
      }),
    );
  });

  it('take a part of an amount and tell a part of a whole', () => {
    expect(partOf(usd('1000'), percent('60%'), 'floor')).toBe(usd('600'));
    expect([partOf(1n, percent('50%'), 'floor'), partOf(1n, percent('50%'), 'ceil'), partOf(3n, percent('50%'), 'half-even')]).toEqual([
      0n,
      1n,
      2n,
    ]);
    expect(weightOf(usd('1'), usd('3'), 'half-even')).toBe(333_333n);
    expect(weightOf(usd('2'), usd('3'), 'half-even')).toBe(666_667n);
    expect(weightOf(usd('-1'), usd('3'), 'half-even')).toBe(-333_333n);
    expect(() => weightOf(usd('1'), 0n, 'floor')).toThrow(RangeError);
  });

  it('split an amount without losing or making a micro-dollar', () => {
    fc.assert(
      fc.property(anyUsd, anyWeight, (amount, weight) => {
        expect(partOf(amount, weight, 'floor') + partOf(amount, WHOLE - weight, 'ceil')).toBe(amount);
      }),
    );
  });
});
