// On what a result hangs: a few days, the months of the benchmark, the first day, correlations.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { correlationStress } from '../../../../research/validation/statistics/correlation-stress.ts';
import { profitConcentration } from '../../../../research/validation/statistics/profit-concentration.ts';
import { regimeMonths } from '../../../../research/validation/statistics/regime-months.ts';
import { meanOf, shapeOf } from '../../../../research/validation/statistics/return-shape.ts';
import { startDates } from '../../../../research/validation/statistics/start-dates.ts';

const anyReturns = fc
  .array(fc.integer({ min: -300, max: 300 }), { minLength: 4, maxLength: 40 })
  .map((points) => Float64Array.from(points, (point) => point / 10_000));

describe('concentration of profit', () => {
  it('says what share the best made, and how many it needs, by hand', () => {
    // 10 − 4 + 3 + 1 = 10: the best is all of it, the best two more than all; without two nothing is left.
    const { shares, withoutBest } = profitConcentration(Float64Array.of(1, 10, -4, 3), [1, 2, 9]);
    expect(shares).toEqual([
      { best: 1, share: 1 },
      { best: 2, share: 1.3 },
      { best: 9, share: 1 },
    ]);
    expect(withoutBest).toBe(1);
    expect(profitConcentration(Float64Array.of(2, 2, 2)).withoutBest).toBe(3);
  });

  it('is not defined without a profit', () => {
    expect(profitConcentration(Float64Array.of(1, -1), [1])).toEqual({ shares: [{ best: 1, share: null }], withoutBest: null });
  });

  it('does not depend on order and unit', () => {
    fc.assert(
      fc.property(anyReturns, (profits) => {
        const own = profitConcentration(profits);
        expect(profitConcentration(profits.toReversed().map((each) => 4 * each))).toEqual(own);
      }),
    );
  });
});

describe('months by regime', () => {
  const dates = ['2020-01-30', '2020-01-31', '2020-02-03', '2020-03-02', '2020-04-01'];

  it('are told from the benchmark: a fall of 5 % is bear, of 10 % a crash too, within 2 % flat', () => {
    const benchmark = Float64Array.of(0.1, -0.18, -0.05, 0.02, 0.03);
    const own = Float64Array.of(0.01, 0.01, -0.03, 0.04, 0.5);
    const found = regimeMonths(dates, own, benchmark);
    // January: 1.1 · 0.82 − 1 = −9.8 %, own 2.01 %.
    expect(found.bear.months).toBe(2);
    expect(found.bear.mean).toBeCloseTo((0.0201 - 0.03) / 2, 12);
    expect(found.bear.benchmarkMean).toBeCloseTo((-0.098 - 0.05) / 2, 12);
    expect(found.bear.worst).toBeCloseTo(-0.03, 12);
    expect(found.bear.unharmed).toBe(0.5);
    expect(found.flat).toMatchObject({ months: 1, worst: expect.closeTo(0.04, 12), unharmed: 1 });
    expect(found.crash).toEqual({ months: 0, mean: null, benchmarkMean: null, worst: null, unharmed: null });
    expect(regimeMonths(dates, own, Float64Array.of(0, -0.1, 0, 0, 0)).crash.months).toBe(1);
  });

  it('refuses columns of different lengths', () => {
    expect(() => regimeMonths(dates, Float64Array.of(1), Float64Array.of(1))).toThrow(RangeError);
  });
});

describe('the start of a record', () => {
  it('is moved on, and the statistic taken to the end, by hand', () => {
    const found = startDates(Float64Array.of(4, 2, 0, -2), { every: 1, barsMin: 2 }, meanOf);
    expect([...found.starts]).toEqual([0, 1, 2]);
    expect([...found.statistics]).toEqual([1, 0, -1]);
    expect(found).toMatchObject({ lowest: -1, median: 0, highest: 1, notPositive: 2 / 3 });
  });

  it('leaves out what is not defined, and says null where nothing is', () => {
    const only = startDates(Float64Array.of(1, 2, 3), { every: 2, barsMin: 1 }, (part) => (part.length === 1 ? 5 : Number.NaN));
    expect(only).toMatchObject({ lowest: 5, median: 5, highest: 5, notPositive: 0 });
    expect(startDates(Float64Array.of(1), { every: 1, barsMin: 2 }, meanOf)).toMatchObject({
      lowest: null,
      median: null,
      notPositive: null,
    });
    expect(() => startDates(Float64Array.of(1), { every: 0, barsMin: 1 }, meanOf)).toThrow(RangeError);
  });
});

describe('stressed correlations', () => {
  it('take two assets that cancel each other to the sum of their deviations', () => {
    const rising = Float64Array.of(0.01, -0.01, 0.01, -0.01);
    const deviation = shapeOf(rising)?.deviation ?? 0;
    const [as, half, full] = correlationStress([rising, rising.map((each) => -each)], Float64Array.of(0.5, 0.5), [0, 0.5, 1]);
    expect(as?.deviation).toBeCloseTo(0, 12);
    expect(full?.deviation).toBeCloseTo(deviation, 12);
    expect(half?.deviation).toBeCloseTo(deviation * Math.sqrt(0.5), 12);
  });

  it('make a short position a risk of its own, not a hedge', () => {
    const market = Float64Array.of(0.01, -0.01, 0.02, -0.02);
    const [as, full] = correlationStress([market, market], Float64Array.of(1, -1), [0, 1]);
    expect(as?.deviation).toBe(0);
    expect(full?.deviation).toBeCloseTo(2 * (shapeOf(market)?.deviation ?? 0), 12);
  });

  it('never make a portfolio calmer', () => {
    fc.assert(
      fc.property(anyReturns, fc.integer({ min: -10, max: 10 }), fc.integer({ min: -10, max: 10 }), (returns, one, other) => {
        const found = correlationStress([returns, returns.toReversed()], Float64Array.of(one / 10, other / 10));
        for (let at = 1; at < found.length; at += 1) {
          expect(found[at]?.deviation).toBeGreaterThanOrEqual((found[at - 1]?.deviation ?? 0) - 1e-12);
        }
      }),
    );
  });

  it('refuses assets without a weight, and stress beyond the whole', () => {
    expect(() => correlationStress([Float64Array.of(1)], Float64Array.of())).toThrow(RangeError);
    expect(() => correlationStress([], Float64Array.of(), [1.5])).toThrow(RangeError);
  });
});
