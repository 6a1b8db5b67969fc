// The fast kernels against their definitions, computed window by window the slow way, on any series.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aroon } from '../../../../../shared/core/strategy/indicators/aroon.ts';
import { cci } from '../../../../../shared/core/strategy/indicators/cci.ts';
import { beta, correlation, covariance } from '../../../../../shared/core/strategy/indicators/covariance.ts';
import { drawdown, maxDrawdown } from '../../../../../shared/core/strategy/indicators/drawdown.ts';
import { highest, lowest } from '../../../../../shared/core/strategy/indicators/extremes.ts';
import { mean } from '../../../../../shared/core/strategy/indicators/mean.ts';
import { pairSpread } from '../../../../../shared/core/strategy/indicators/pair-spread.ts';
import { realisedVolatility } from '../../../../../shared/core/strategy/indicators/return-window.ts';
import { slope } from '../../../../../shared/core/strategy/indicators/slope.ts';
import { deviation } from '../../../../../shared/core/strategy/indicators/variance.ts';
import { weightedMean } from '../../../../../shared/core/strategy/indicators/weighted-mean.ts';
import { expectClose, expectSameBits } from './series.ts';

// Whole cents, so that equal prices, and with them ties, are common; now and then a bar is undefined.
const prices = fc
  .array(fc.oneof({ weight: 30, arbitrary: fc.integer({ min: 950, max: 1050 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }), {
    maxLength: 90,
  })
  .map((cents) => Float64Array.from(cents, (cent) => cent / 100));
const windows = fc.integer({ min: 1, max: 12 });

/** Applies `answer` to every full window; a window with an undefined bar, or a short one, is undefined. */
function windowed(column: Float64Array, window: number, answer: (values: readonly number[], start: number) => number): Float64Array {
  return column.map((_, end) => {
    const start = end - window + 1;
    const values = start < 0 ? [] : [...column.subarray(start, end + 1)];
    return values.length === 0 || values.some(Number.isNaN) ? Number.NaN : answer(values, start);
  });
}

const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const average = (values: readonly number[]) => sum(values) / values.length;
const comovement = (xs: readonly number[], ys: readonly number[]) => sum(xs.map((x, i) => (x - average(xs)) * (ys[i]! - average(ys))));

function check(law: (column: Float64Array, window: number) => void): void {
  fc.assert(fc.property(prices, windows, law), { numRuns: 150 });
}

describe('a windowed kernel agrees with its definition', () => {
  it('highest and lowest, to the last bit', () =>
    check((column, window) => {
      expectSameBits(
        highest(column, window),
        windowed(column, window, (values) => Math.max(...values)),
      );
      expectSameBits(
        lowest(column, window),
        windowed(column, window, (values) => Math.min(...values)),
      );
    }));

  it('mean', () => check((column, window) => expectClose(mean(column, window), windowed(column, window, average), 1e-13)));

  it('weighted mean', () =>
    check((column, window) => {
      const weights = Array.from({ length: window }, (_, i) => i + 1);
      expectClose(
        weightedMean(column, window),
        windowed(column, window, (values) => sum(values.map((value, i) => value * weights[i]!)) / sum(weights)),
        1e-13,
      );
    }));

  it('deviation, of a sample and of a population', () =>
    check((column, window) => {
      const squares = (values: readonly number[]) => comovement(values, values);
      expectClose(
        deviation(column, window, 'population'),
        windowed(column, window, (values) => Math.sqrt(squares(values) / window)),
        1e-7,
      );
      // The sample deviation of one value is undefined.
      expectClose(
        deviation(column, window),
        windowed(column, window, (values) => (window === 1 ? Number.NaN : Math.sqrt(squares(values) / (window - 1)))),
        1e-7,
      );
    }));

  it('slope', () =>
    check((column, window) => {
      const places = Array.from({ length: window }, (_, i) => i);
      expectClose(
        slope(column, window),
        windowed(column, window, (values) => (window === 1 ? Number.NaN : comovement(places, values) / comovement(places, places))),
        1e-12,
      );
    }));

  it('largest drawdown, to the last bit', () =>
    check((column, window) =>
      expectSameBits(
        maxDrawdown(column, window),
        windowed(column, window, (values) => {
          const left = values.flatMap((peak, i) => values.slice(i).map((trough) => trough / peak));
          return (1 - Math.min(...left)) * 100;
        }),
      ),
    ));

  it('aroon: bars since the latest of the highest and of the lowest', () =>
    check((column, window) => {
      const recency = (values: readonly number[], extreme: number) => (100 * values.lastIndexOf(extreme)) / window;
      const { up, down, oscillator } = aroon(column, column, window);
      const upSlow = windowed(column, window + 1, (values) => recency(values, Math.max(...values)));
      const downSlow = windowed(column, window + 1, (values) => recency(values, Math.min(...values)));
      expectClose(up, upSlow, 1e-13);
      expectClose(down, downSlow, 1e-13);
      expectClose(
        oscillator,
        upSlow.map((value, i) => value - downSlow[i]!),
        1e-12,
      );
    }));

  it('commodity channel index', () =>
    check((column, window) => {
      const slow = windowed(column, window, (values) => {
        const middle = average(values);
        const absolute = average(values.map((value) => Math.abs(value - middle)));
        return absolute < 1e-12 ? Number.NaN : (values.at(-1)! - middle) / (0.015 * absolute);
      });
      expectClose(cci(column, column, column, window), slow, 1e-9);
    }));

  it('covariance, beta and correlation', () =>
    fc.assert(
      fc.property(prices, prices, fc.integer({ min: 2, max: 12 }), (x, y, window) => {
        const bars = Math.min(x.length, y.length);
        const xs = x.subarray(0, bars);
        const ys = y.subarray(0, bars);
        const together = (answer: (xs: readonly number[], ys: readonly number[]) => number) =>
          windowed(xs, window, (values, start) => {
            const others = [...ys.subarray(start, start + window)];
            return others.some(Number.isNaN) ? Number.NaN : answer(values, others);
          });
        const isFlat = (values: readonly number[]) => values.every((value) => value === values[0]);
        expectClose(
          covariance(xs, ys, window),
          together((a, b) => comovement(a, b) / (window - 1)),
          1e-12,
        );
        expectClose(
          beta(xs, ys, window),
          together((a, b) => (isFlat(b) ? Number.NaN : comovement(a, b) / comovement(b, b))),
          1e-9,
        );
        expectClose(
          correlation(xs, ys, window),
          together((a, b) => (isFlat(a) || isFlat(b) ? Number.NaN : comovement(a, b) / Math.sqrt(comovement(a, a) * comovement(b, b)))),
          1e-9,
        );
      }),
      { numRuns: 150 },
    ));
});

describe('exactness', () => {
  it('a correlation is never above 1 or below −1, not by a bit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 1000, noNaN: true }), { minLength: 20, maxLength: 40 }), windows, (values, window) => {
        const x = Float64Array.from(values);
        const correlated = [x.map((value) => 3 * value + 7), x.map((value) => 7000 - 3.3 * value)];
        for (const y of correlated) {
          for (const value of correlation(x, y, window)) expect(Number.isNaN(value) || Math.abs(value) <= 1).toBe(true);
        }
      }),
    );
  });

  it('the mean of one bar is the bar, whatever the bars are', () => check((column) => expectSameBits(mean(column, 1), column)));

  it('a drawdown is 0 exactly at every new high, and nowhere else', () =>
    check((column) => {
      let peak = 0;
      for (const [i, value] of drawdown(column).entries()) {
        const price = column[i]!;
        peak = Number.isNaN(price) ? 0 : Math.max(peak, price);
        expect(value === 0).toBe(price === peak);
      }
    }));

  it('a mean does not drift over a million bars, and forgets a huge bar as soon as it has left the window', () => {
    const column = Float64Array.from({ length: 1_000_000 }, (_, i) => (i === 1000 ? 1e15 : 100 + ((i * 7919) % 10_000) / 10_000));
    const means = mean(column, 200);
    for (const end of [1200, 5000, 999_999]) {
      const slow = average([...column.subarray(end - 199, end + 1)]);
      expect(Math.abs(means[end]! - slow)).toBeLessThan(1e-12);
    }
  });

  it('a deviation keeps its digits on a price far from zero', () => {
    // ±0.5 around ten million: squares of the prices themselves would have no digit left.
    const column = Float64Array.from({ length: 50 }, (_, i) => 1e7 + (i % 2 === 0 ? 0.5 : -0.5));
    expect(deviation(column, 10, 'population').subarray(9)).toEqual(new Float64Array(41).fill(0.5));
  });

  it('a deviation is defined, and 0 only where nothing moved, however uneven the bars of a window are', () => {
    const anyPrices = fc.array(fc.double({ min: 1e-4, max: 1e9, noNaN: true }), { minLength: 12, maxLength: 40 });
    fc.assert(
      fc.property(anyPrices, fc.integer({ min: 2, max: 12 }), (values, window) => {
        for (const [end, value] of deviation(Float64Array.from(values), window).entries()) {
          const bars = values.slice(Math.max(0, end - window + 1), end + 1);
          if (bars.length < window) continue;
          if (bars.every((bar) => bar === bars[0])) expect(value).toBe(0);
          else expect(value).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('a longer window than the column costs no more than the column', () => {
    for (const kernel of [mean, deviation, slope, highest, lowest, maxDrawdown, weightedMean]) {
      expect(kernel(Float64Array.of(1, 2, 3), Number.MAX_SAFE_INTEGER).every(Number.isNaN)).toBe(true);
    }
  });

  it('columns of different lengths, and a year without periods, are refused by the kernels themselves', () => {
    expect(() => covariance(Float64Array.of(1, 2, 3), Float64Array.of(1, 2), 2)).toThrow(RangeError);
    for (const periods of [0, -252, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => realisedVolatility(Float64Array.of(1, 2, 3), 2, periods)).toThrow(RangeError);
    }
  });

  it('a window that is not a whole number of at least 1 is refused by the kernel itself', () => {
    for (const window of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      for (const kernel of [mean, deviation, slope, highest, lowest, maxDrawdown, weightedMean]) {
        expect(() => kernel(Float64Array.of(1, 2, 3), window)).toThrow(RangeError);
      }
    }
  });
});

it('a pair’s spread is what least squares leave over of its logarithms', () => {
  const both = fc.array(fc.tuple(fc.integer({ min: 950, max: 1050 }), fc.integer({ min: 950, max: 1050 })), { maxLength: 60 });
  fc.assert(
    fc.property(both, fc.integer({ min: 3, max: 12 }), (cents, window) => {
      const x = Float64Array.from(cents, ([first]) => Math.log(first / 100));
      const y = Float64Array.from(cents, ([, second]) => Math.log(second / 100));
      const lineThrough = (xs: readonly number[], ys: readonly number[]) => {
        const slope = comovement(xs, ys) / comovement(ys, ys);
        const left = xs.map((each, place) => each - average(xs) - slope * (ys[place]! - average(ys)));
        const deviation = Math.sqrt(sum(left.map((each) => each * each)) / (window - 1));
        return { slope, deviation, score: left.at(-1)! / deviation };
      };
      const wanted = { hedge: x.map(() => Number.NaN), deviation: x.map(() => Number.NaN), score: x.map(() => Number.NaN) };
      for (let end = window - 1; end < x.length; end += 1) {
        const [xs, ys] = [x, y].map((column) => [...column.subarray(end - window + 1, end + 1)]) as [number[], number[]];
        // Flat, or on one line: the examples say what is undefined then.
        if (new Set(ys).size === 1) continue;
        const { slope, deviation, score } = lineThrough(xs, ys);
        wanted.hedge[end] = slope;
        if (deviation > 1e-7) [wanted.deviation[end], wanted.score[end]] = [deviation, score];
      }
      const got = pairSpread(x.map(Math.exp), y.map(Math.exp), window);
      expectClose(got.hedge, wanted.hedge, 1e-6, 'hedge');
      for (const name of ['deviation', 'score'] as const) {
        const isClear = wanted[name].map((value, end) => (Number.isNaN(value) ? Number.NaN : got[name][end]!));
        expectClose(isClear, wanted[name], 1e-5, name);
      }
    }),
    { numRuns: 150 },
  );
});
