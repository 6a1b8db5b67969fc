import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absolute, divide, larger, type Rounding, smaller } from '../../../../shared/core/values/rounding.ts';

const integer = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n });
const divisor = integer.filter((n) => n !== 0n);
const rounding = fc.constantFrom<Rounding>('floor', 'ceil', 'half-even');

describe('divide', () => {
  it.each<[bigint, bigint, bigint, bigint, bigint]>([
    // numerator, denominator, floor, ceil, half-even
    [7n, 2n, 3n, 4n, 4n], // 3.5: the even neighbour is 4
    [5n, 2n, 2n, 3n, 2n], // 2.5: the even neighbour is 2
    [-7n, 2n, -4n, -3n, -4n], // −3.5
    [-5n, 2n, -3n, -2n, -2n], // −2.5
    [1n, 2n, 0n, 1n, 0n], // 0.5
    [-1n, 2n, -1n, 0n, 0n], // −0.5
    [7n, 3n, 2n, 3n, 2n], // 2.33
    [8n, 3n, 2n, 3n, 3n], // 2.67
    [-7n, 3n, -3n, -2n, -2n], // −2.33
    [-8n, 3n, -3n, -2n, -3n], // −2.67
    [7n, -2n, -4n, -3n, -4n], // −3.5, by a negative denominator
    [-5n, -2n, 2n, 3n, 2n], // 2.5, of two negatives
    [6n, 3n, 2n, 2n, 2n],
    [-6n, 3n, -2n, -2n, -2n],
    [0n, 5n, 0n, 0n, 0n],
  ])('takes %s / %s to %s down, %s up, %s to the nearest even', (numerator, denominator, floor, ceil, halfEven) => {
    expect(divide(numerator, denominator, 'floor')).toBe(floor);
    expect(divide(numerator, denominator, 'ceil')).toBe(ceil);
    expect(divide(numerator, denominator, 'half-even')).toBe(halfEven);
  });

  it('is the number itself wherever nothing is left over, however it rounds', () => {
    fc.assert(
      fc.property(integer, divisor, rounding, (n, d, how) => {
        expect(divide(n * d, d, how)).toBe(n);
      }),
    );
  });

  it('brackets the exact quotient: floor and ceil one apart, half-even no further than half from it', () => {
    fc.assert(
      fc.property(integer, divisor, (n, d) => {
        const [floor, ceil, nearest] = [divide(n, d, 'floor'), divide(n, d, 'ceil'), divide(n, d, 'half-even')];
        const isExact = n % d === 0n;
        expect(ceil - floor).toBe(isExact ? 0n : 1n);
        expect([floor, ceil]).toContain(nearest);
        expect(2n * absolute(n - nearest * d) <= absolute(d)).toBe(true);
        const [over, under] = d > 0n ? [ceil * d - n, n - floor * d] : [n - ceil * d, floor * d - n];
        expect(over >= 0n && under >= 0n).toBe(true);
      }),
    );
  });

  it('rounds a loss as it rounds a gain: half-even is symmetric around zero, floor mirrors ceil', () => {
    fc.assert(
      fc.property(integer, divisor, (n, d) => {
        expect(divide(-n, d, 'half-even')).toBe(-divide(n, d, 'half-even'));
        expect(divide(-n, d, 'floor')).toBe(-divide(n, d, 'ceil'));
      }),
    );
  });

  it('throws a RangeError on a denominator of zero', () => {
    for (const how of ['floor', 'ceil', 'half-even'] as const) expect(() => divide(1n, 0n, how)).toThrow(RangeError);
  });
});

describe('absolute, smaller, larger', () => {
  it('agree with their names on both sides of zero', () => {
    expect([absolute(-3n), absolute(3n), absolute(0n)]).toEqual([3n, 3n, 0n]);
    expect([smaller(-3n, 2n), smaller(2n, -3n), larger(-3n, 2n), larger(2n, -3n)]).toEqual([-3n, -3n, 2n, 2n]);
  });
});
