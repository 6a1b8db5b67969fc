import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDecimal, parseDecimal } from '../../../../shared/core/values/decimal.ts';

const digits = fc.integer({ min: 0, max: 12 });
const scaled = fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n });

describe('parseDecimal', () => {
  it.each<[string, number, bigint]>([
    ['12.34', 6, 12_340_000n],
    ['-12.5', 6, -12_500_000n],
    ['0.000001', 6, 1n],
    ['007', 2, 700n],
    ['-0', 6, 0n],
    ['1.500', 1, 15n],
    ['42', 0, 42n],
    ['123456789012345678901234567890.1', 1, 1_234_567_890_123_456_789_012_345_678_901n],
  ])('reads %s with %i digits as %s', (text, places, expected) => {
    expect(parseDecimal(text, places)).toBe(expected);
  });

  it.each(['', ' 1', '1 ', '1\n', '+1', '.5', '1.', '1e3', '1,000', '0x10', 'NaN', 'Infinity', '--1', '1.2.3', '１'])(
    'refuses %j, which is not a plain decimal',
    (text) => {
      expect(parseDecimal(text, 6)).toBeUndefined();
      expect(parseDecimal(text, 6, 'half-even')).toBeUndefined();
    },
  );

  it('refuses more digits than there are, unless told how to round', () => {
    expect(parseDecimal('0.0000001', 6)).toBeUndefined();
    expect(parseDecimal('0.0000001', 6, 'floor')).toBe(0n);
    expect(parseDecimal('0.0000001', 6, 'ceil')).toBe(1n);
    expect(parseDecimal('-0.0000001', 6, 'floor')).toBe(-1n);
    expect(parseDecimal('-0.0000001', 6, 'ceil')).toBe(0n);
    expect(parseDecimal('2.5', 0, 'half-even')).toBe(2n);
    expect(parseDecimal('-3.5', 0, 'half-even')).toBe(-4n);
  });
});

describe('formatDecimal', () => {
  it.each<[bigint, number, number, string]>([
    [12_340_000n, 6, 0, '12.34'],
    [12_340_000n, 6, 4, '12.3400'],
    [-1n, 6, 0, '-0.000001'],
    [0n, 6, 2, '0.00'],
    [5n, 0, 0, '5'],
    [100n, 2, 0, '1'],
    [-7_000_000n, 6, 2, '-7.00'],
  ])('writes %s with %i digits, at least %i, as %s', (value, places, minimum, text) => {
    expect(formatDecimal(value, places, minimum)).toBe(text);
  });

  it('is read back as the same integer', () => {
    fc.assert(
      fc.property(scaled, digits, fc.integer({ min: 0, max: 12 }), (value, places, minimum) => {
        expect(parseDecimal(formatDecimal(value, places, Math.min(minimum, places)), places)).toBe(value);
      }),
    );
  });

  it('has one text for each integer', () => {
    fc.assert(
      fc.property(scaled, scaled, digits, (a, b, places) => {
        expect(formatDecimal(a, places) === formatDecimal(b, places)).toBe(a === b);
      }),
    );
  });
});
