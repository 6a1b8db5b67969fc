import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainDecimal } from '../../../exchange/trading/plain-decimal.ts';

describe('plainDecimal', () => {
  it.each([
    [1.5, '1.5'],
    [0, '0'],
    [0.000001, '0.000001'],
    [1e-7, '0.0000001'],
    [1.25e-7, '0.000000125'],
    [-1.25e-7, '-0.000000125'],
    [1e20, '100000000000000000000'],
    [1e21, '1000000000000000000000'],
    [1.25e21, '1250000000000000000000'],
  ])('writes %d as %s', (value, text) => {
    expect(plainDecimal(value)).toBe(text);
  });

  it('never has an exponent, and reads back as the same number', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const text = plainDecimal(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(Number(text)).toBe(value === 0 ? 0 : value);
      }),
    );
  });
});
