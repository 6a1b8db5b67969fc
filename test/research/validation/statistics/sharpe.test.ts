// Sharpe ratios and how sure one may be of them: the examples of the papers, and what must always hold.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  deflatedSharpe,
  effectiveTrials,
  expectedMaximum,
  minimumBacktestYears,
} from '../../../../research/validation/statistics/deflated-sharpe.ts';
import { minimumTrackRecord, NORMAL_SHAPE, probabilisticSharpe } from '../../../../research/validation/statistics/probabilistic-sharpe.ts';
import { shapeOf, sharpeOf } from '../../../../research/validation/statistics/return-shape.ts';
import { annualisingFactor, autocorrelationsOf, sharpeStandardError } from '../../../../research/validation/statistics/sharpe-error.ts';
import { rememberingReturns } from './made-up-returns.ts';

const ar1 = (rho: number): number[] => Array.from({ length: 11 }, (_, at) => rho ** (at + 1));
const someReturns = fc
  .array(fc.integer({ min: -500, max: 500 }), { minLength: 5, maxLength: 60 })
  .map((points) => Float64Array.from(points, (point) => point / 10_000));

describe('the shape of returns', () => {
  it('is that of three returns, by hand', () => {
    // Mean 2; apart −1, −1, 2: squares 6, cubes 6, fourth powers 18.
    const shape = shapeOf(Float64Array.of(1, 1, 4));
    expect(shape?.mean).toBe(2);
    expect(shape?.deviation).toBeCloseTo(Math.sqrt(3), 12);
    expect(shape?.sharpe).toBeCloseTo(2 / Math.sqrt(3), 12);
    expect(shape?.skewness).toBeCloseTo(2 / 2 ** 1.5, 12);
    expect(shape?.kurtosis).toBeCloseTo(6 / 4, 12);
  });

  it('is not defined for one return, or for returns that are all the same', () => {
    expect(shapeOf(Float64Array.of(0.01))).toBeNull();
    expect(shapeOf(new Float64Array(50).fill(0.1))).toBeNull();
    expect(sharpeOf(new Float64Array(50).fill(0.1))).toBeNaN();
    expect(sharpeOf(Float64Array.of())).toBeNaN();
  });

  it('does not change its Sharpe ratio, skewness and kurtosis with the size of the position', () => {
    fc.assert(
      fc.property(someReturns, fc.integer({ min: 1, max: 8 }), (returns, leverage) => {
        const shape = shapeOf(returns);
        fc.pre(shape !== null);
        const larger = shapeOf(returns.map((each) => each * leverage));
        expect(larger?.sharpe).toBeCloseTo(shape.sharpe, 9);
        expect(larger?.skewness).toBeCloseTo(shape.skewness, 9);
        expect(larger?.kurtosis).toBeCloseTo(shape.kurtosis, 9);
        expect(shape.sharpe).toBe(sharpeOf(returns));
        expect(shape.kurtosis).toBeGreaterThanOrEqual(1 + shape.skewness ** 2 - 1e-9);
      }),
    );
  });
});

describe('the probabilistic Sharpe ratio', () => {
  it('is that of Bailey and López de Prado for a monthly Sharpe of 0.458 over two years', () => {
    expect(probabilisticSharpe({ sharpe: 0.458, bars: 24, ...NORMAL_SHAPE }, 0)).toBeCloseTo(0.9817, 4);
    expect(probabilisticSharpe({ sharpe: 0.458, bars: 24, skewness: -2.448, kurtosis: 10.164 }, 0)).toBeCloseTo(0.9134, 4);
  });

  it('is not defined for a single bar', () => {
    expect(probabilisticSharpe({ sharpe: 1, bars: 1, ...NORMAL_SHAPE }, 0)).toBeNull();
  });

  it('is a half at its own Sharpe ratio, falls with the threshold, and says the opposite of returns turned round', () => {
    fc.assert(
      fc.property(someReturns, fc.integer({ min: 1, max: 50 }), (returns, step) => {
        const shape = shapeOf(returns);
        fc.pre(shape !== null);
        const own = probabilisticSharpe(shape, shape.sharpe);
        fc.pre(own !== null);
        expect(own).toBeCloseTo(0.5, 12);
        expect(probabilisticSharpe(shape, shape.sharpe + step / 100)).toBeLessThan(0.5);
        const turned = shapeOf(returns.map((each) => -each));
        expect((probabilisticSharpe(shape, 0) ?? 0) + (turned === null ? 0 : (probabilisticSharpe(turned, 0) ?? 0))).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('the minimum track record length', () => {
  it.each([
    ['daily', 250, 2.73],
    ['weekly', 52, 2.83],
    ['monthly', 12, 3.24],
  ])('is that of the paper for an annual Sharpe of 2 against 1, %s', (_, barsAYear, years) => {
    const root = Math.sqrt(barsAYear);
    const bars = minimumTrackRecord({ sharpe: 2 / root, ...NORMAL_SHAPE }, 1 / root, 0.95);
    expect((bars ?? 0) / barsAYear).toBeCloseTo(years, 2);
  });

  it('is longer for returns with a long left tail', () => {
    const root = Math.sqrt(12);
    const bars = minimumTrackRecord({ sharpe: 2 / root, skewness: -0.72, kurtosis: 5.78 }, 1 / root, 0.95);
    expect((bars ?? 0) / 12).toBeCloseTo(4.99, 2);
  });

  it('does not exist where the estimate is not above the threshold', () => {
    expect(minimumTrackRecord({ sharpe: 0.1, ...NORMAL_SHAPE }, 0.1, 0.95)).toBeNull();
  });

  it('is the length at which the probabilistic Sharpe ratio reaches the confidence', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 30 }), fc.integer({ min: -20, max: 20 }), (percent, tenths) => {
        const estimate = { sharpe: percent / 100, skewness: tenths / 10, kurtosis: 3 + (tenths / 10) ** 2 };
        const bars = minimumTrackRecord(estimate, 0.01, 0.95);
        expect(probabilisticSharpe({ ...estimate, bars: bars ?? 0 }, 0.01)).toBeCloseTo(0.95, 9);
      }),
    );
  });
});

describe('the deflated Sharpe ratio', () => {
  const paper = { sharpe: 2.5 / Math.sqrt(250), bars: 1250, skewness: -3, kurtosis: 10 };
  const variance = 0.5 / 250;

  it('is that of the paper: 0.90 after a hundred trials, 0.95 after 46, and 0.95 after 88 were the returns normal', () => {
    const { threshold, probability } = deflatedSharpe(paper, { count: 100, variance, effective: 1 });
    expect(threshold).toBeCloseTo(0.11317, 5);
    expect(probability).toBeCloseTo(0.9004, 4);
    expect(deflatedSharpe(paper, { count: 46, variance, effective: 1 }).probability).toBeCloseTo(0.9505, 4);
    expect(deflatedSharpe({ ...paper, ...NORMAL_SHAPE }, { count: 88, variance, effective: 1 }).probability).toBeCloseTo(0.9505, 4);
  });

  it('expects 1.575 of the best of ten, nothing of a single one, and refuses none', () => {
    expect(expectedMaximum(10)).toBeCloseTo(1.575, 3);
    expect(expectedMaximum(1)).toBe(0);
    expect(expectedMaximum(1.1)).toBe(0);
    expect(() => expectedMaximum(0)).toThrow(RangeError);
  });

  it('needs five years for 45 trials that aim at a Sharpe of 1', () => {
    expect(minimumBacktestYears(45, 1)).toBeCloseTo(5, 2);
    expect(minimumBacktestYears(45, 0)).toBeNull();
  });

  it('falls with every trial more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), (count) => {
        expect(expectedMaximum(count + 1)).toBeGreaterThanOrEqual(expectedMaximum(count));
        const before = deflatedSharpe(paper, { count, variance, effective: 1 }).probability ?? 0;
        expect(deflatedSharpe(paper, { count: count + 1, variance, effective: 1 }).probability).toBeLessThanOrEqual(before);
      }),
    );
  });
});

describe('the effective number of trials', () => {
  const one = Float64Array.of(1, -1, 1, -1);
  const other = Float64Array.of(1, 1, -1, -1);

  it('is one for the same trial made three times, and that of the trials where nothing correlates', () => {
    expect(effectiveTrials([one, one, one.map((each) => 2 * each)])).toBeCloseTo(1, 12);
    expect(effectiveTrials([one, other])).toBeCloseTo(2, 12);
    expect(effectiveTrials([one, one, other])).toBeCloseTo(1 / 3 + (2 / 3) * 3, 12);
  });

  it('takes a trial that never traded for an independent one, and opposites for no more than they are', () => {
    expect(effectiveTrials([one, new Float64Array(4)])).toBeCloseTo(2, 12);
    expect(effectiveTrials([one, one.map((each) => -each)])).toBe(2);
    expect(effectiveTrials([one])).toBe(1);
  });
});

describe("Lo's error of a Sharpe ratio", () => {
  it('is that of the paper', () => {
    expect(sharpeStandardError(0.5, 12)).toBeCloseTo(0.306, 3);
    expect(sharpeStandardError(1, 24)).toBeCloseTo(0.25, 12);
  });

  it('grows by 2.879 and 4.171 from months to a year where months remember 0.2 and −0.2, and by √12 where they do not', () => {
    expect(annualisingFactor(12, ar1(0.2))).toBeCloseTo(2.879, 3);
    expect(annualisingFactor(12, ar1(-0.2))).toBeCloseTo(4.171, 3);
    expect(annualisingFactor(12, [])).toBeCloseTo(Math.sqrt(12), 12);
  });

  it('does not exist where the correlations leave no variance', () => {
    expect(annualisingFactor(2, [-1])).toBeNull();
  });

  it('finds the memory that was put into a series', () => {
    const found = autocorrelationsOf(rememberingReturns(20_000, 0.4, 3), 2);
    expect(found?.[0]).toBeCloseTo(0.4, 1);
    expect(found?.[1]).toBeCloseTo(0.16, 1);
    expect(autocorrelationsOf(new Float64Array(9).fill(0.3), 1)).toBeNull();
  });
});
