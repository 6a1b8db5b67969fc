// Resampling: what a seed fixes, what a block keeps, how long blocks are, and where a statistic lies.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { optimalBlockLength } from '../../../../research/validation/statistics/block-length.ts';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { percentileInterval } from '../../../../research/validation/statistics/percentile-interval.ts';
import { meanOf, sharpeOf } from '../../../../research/validation/statistics/return-shape.ts';
import { blockDrawing, bootstrap } from '../../../../research/validation/statistics/stationary-bootstrap.ts';
import { normalReturns, rememberingReturns } from './made-up-returns.ts';

const upTo = (count: number): Float64Array => Float64Array.from({ length: count }, (_, at) => at);

describe('chance', () => {
  it('is the same for the same seed and another for another', () => {
    const drawn = (seed: number): number[] => {
      const chance = seededChance(seed);
      return Array.from({ length: 4 }, () => chance.uniform());
    };
    expect(drawn(7)).toEqual(drawn(7));
    const seeds = [0, 1, 7, -7, 2 ** 40, 2 ** 40 + 1];
    expect(new Set(seeds.map((seed) => drawn(seed).join(' '))).size).toBe(seeds.length);
    expect(() => seededChance(0.5)).toThrow(RangeError);
  });

  it('falls everywhere alike', () => {
    const chance = seededChance(1);
    const tally = new Float64Array(10);
    for (let draw = 0; draw < 100_000; draw += 1) {
      const place = chance.below(10);
      tally[place] = (tally[place] as number) + 1;
    }
    // χ² of nine degrees of freedom is above 27.9 once in a thousand.
    expect(tally.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0)).toBeLessThan(27.9);
  });
});

describe('the stationary bootstrap', () => {
  it('says the same for the same seed, and copies only what is in the series', () => {
    const samplesOf = (seed: number): number[][] => {
      const samples: number[][] = [];
      bootstrap(upTo(30), { samples: 5, blockLength: 4, chance: seededChance(seed) }, (sample) => samples.push([...sample]));
      return samples;
    };
    expect(samplesOf(1)).toEqual(samplesOf(1));
    expect(samplesOf(1)).not.toEqual(samplesOf(2));
    for (const sample of samplesOf(1)) expect(sample.every((each) => Number.isInteger(each) && each >= 0 && each < 30)).toBe(true);
  });

  it('goes on at the start where a block reaches the end', () => {
    const steps = new Set<number>();
    bootstrap(upTo(10), { samples: 200, blockLength: 10, chance: seededChance(3) }, (sample) => {
      for (let at = 1; at < sample.length; at += 1) if (sample[at - 1] === 9) steps.add(sample[at] as number);
      return 0;
    });
    expect(steps).toContain(0);
  });

  it('follows on within a block as often as its length says', () => {
    // A step stays in its block with 1 − 1/b, and leaves for the very next bar by chance once in n: 0.8 + 0.2/100.
    let [following, steps] = [0, 0];
    bootstrap(upTo(100), { samples: 500, blockLength: 5, chance: seededChance(11) }, (sample) => {
      for (let at = 1; at < sample.length; at += 1, steps += 1) if (sample[at] === ((sample[at - 1] as number) + 1) % 100) following += 1;
      return 0;
    });
    expect(following / steps).toBeCloseTo(0.802, 2);
  });

  it('draws blocks that add up to the series', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 80 }), fc.integer({ min: 1, max: 80 }), fc.integer(), (bars, length, seed) => {
        fc.pre(length <= bars);
        const { count, lengths, starts } = blockDrawing(bars, { samples: 1, blockLength: length, chance: seededChance(seed) })();
        expect(lengths.subarray(0, count).reduce((sum, each) => sum + each, 0)).toBe(bars);
        expect(lengths.subarray(0, count).every((each) => each >= 1)).toBe(true);
        expect(starts.subarray(0, count).every((each) => each >= 0 && each < bars)).toBe(true);
      }),
    );
  });

  it('moves and scales with the series', () => {
    const returns = normalReturns(50, 0.001, 0.01, seededChance(5));
    const meansOf = (series: Float64Array): Float64Array =>
      bootstrap(series, { samples: 20, blockLength: 3, chance: seededChance(9) }, meanOf);
    const own = meansOf(returns);
    const other = meansOf(returns.map((each) => 2 * each + 0.5));
    for (const [at, mean] of own.entries()) expect(other[at]).toBeCloseTo(2 * mean + 0.5, 12);
  });

  it('gives a mean the error that independent returns have', () => {
    // σ/√n = 0.01/√400 = 0.0005: the interval is ±1.96 of it.
    const returns = normalReturns(400, 0, 0.01, seededChance(5));
    const means = bootstrap(returns, { samples: 4_000, blockLength: 1, chance: seededChance(6) }, meanOf);
    const interval = percentileInterval(means, 0.95);
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeCloseTo(2 * 1.96 * 0.0005, 3.8);
  });

  it('refuses what cannot be resampled', () => {
    const chance = seededChance(1);
    const draw =
      (bars: number, blockLength: number, samples = 1) =>
      () =>
        blockDrawing(bars, { blockLength, samples, chance });
    for (const refused of [draw(0, 1), draw(5, 0.5), draw(5, 6), draw(5, Number.NaN), draw(5, 1, 0), draw(5, 1, 1.5)]) {
      expect(refused).toThrow(RangeError);
    }
  });
});

describe('a percentile interval', () => {
  it('is where the middle of the statistics lies', () => {
    // Of 0 … 100 the 2.5 % quantile is 2.5.
    expect(percentileInterval(upTo(101), 0.95)).toEqual({
      low: expect.closeTo(2.5, 12),
      high: expect.closeTo(97.5, 12),
      undefinedSamples: 0,
    });
  });

  it('leaves out samples without a statistic and says how many', () => {
    expect(percentileInterval(Float64Array.of(1, Number.NaN, 1), 0.9)).toEqual({ low: 1, high: 1, undefinedSamples: 1 });
    expect(percentileInterval(Float64Array.of(Number.NaN), 0.9)).toBeNull();
    for (const confidence of [0, 1, Number.NaN]) expect(() => percentileInterval(upTo(3), confidence)).toThrow(RangeError);
  });
});

describe('the optimal block length', () => {
  it('is not defined for what does not vary, or for a handful of bars', () => {
    expect(optimalBlockLength(new Float64Array(100).fill(0.1))).toBeNull();
    expect(optimalBlockLength(upTo(7))).toBeNull();
  });

  it('does not depend on where the series lies and how large it is', () => {
    const series = rememberingReturns(500, 0.5, 4);
    const other = optimalBlockLength(series.map((each) => 3 - 5 * each));
    expect(other?.stationary).toBeCloseTo(optimalBlockLength(series)?.stationary ?? 0, 6);
  });

  it('is longer for a longer memory, and for the circular bootstrap by (3/2)^⅓', () => {
    const [short, long] = [0.1, 0.7].map((rho) => optimalBlockLength(rememberingReturns(2_000, rho, 8)));
    expect(long?.stationary).toBeGreaterThan(2 * (short?.stationary ?? Infinity));
    expect((long?.circular ?? 0) / (long?.stationary ?? 1)).toBeCloseTo(1.5 ** (1 / 3), 9);
  });

  it('is at most three times the root of the bars', () => {
    expect(optimalBlockLength(upTo(400))?.stationary).toBeLessThanOrEqual(60);
  });
});

describe('a bootstrapped Sharpe ratio', () => {
  it('is not defined for a sample in which nothing varies', () => {
    const once = Float64Array.of(0, 0, 0, 0.01);
    const sharpes = bootstrap(once, { samples: 200, blockLength: 1, chance: seededChance(2) }, sharpeOf);
    // No draw of four is the fourth bar with (3/4)⁴ = 0.32.
    expect(percentileInterval(sharpes, 0.9)?.undefinedSamples).toBeGreaterThan(40);
  });
});
