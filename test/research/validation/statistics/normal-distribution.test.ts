// The normal distribution, against its tables.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalCdf, normalQuantile } from '../../../../research/validation/statistics/normal-distribution.ts';

describe('the normal distribution', () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447460685429],
    [-1, 0.15865525393145707],
    [1.959963984540054, 0.975],
    [-2.5, 0.006209665325776132],
    [-3, 0.0013498980316300933],
    [-6, 9.865876450376946e-10],
    [-10, 7.619853024160527e-24],
    [-20, 2.7536241186062337e-89],
  ])('is at %d what its tables say', (x, expected) => {
    expect(normalCdf(x) / expected).toBeCloseTo(1, 11);
  });

  it('ends at 0 and 1, and says nothing of what is not a number', () => {
    expect([normalCdf(-40), normalCdf(-Infinity), normalCdf(Infinity), normalCdf(Number.NaN)]).toEqual([0, 0, 1, Number.NaN]);
    expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, expect.closeTo(0, 15), Infinity]);
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError);
  });

  it('undoes its own quantiles, far into the tail', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: -0.01, noNaN: true }), (logarithm) => {
        const p = Math.exp(logarithm);
        expect(normalCdf(normalQuantile(p)) / p).toBeCloseTo(1, 10);
      }),
    );
  });
});
