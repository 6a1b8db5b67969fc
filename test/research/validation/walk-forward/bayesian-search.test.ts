// A search that learns: its mathematics by hand, its choices against chance.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { bayesianSearch, expectedImprovement, pointsOf } from '../../../../research/validation/walk-forward/bayesian-search.ts';
import { gaussianProcess } from '../../../../research/validation/walk-forward/gaussian-process.ts';
import { candidatesOf, randomSearch, type Score } from '../../../../research/validation/walk-forward/search.ts';

describe('a Gaussian process', () => {
  const at = (...coordinates: number[]): Float64Array => Float64Array.from(coordinates);
  /** At a distance of one length: (1 + √5 + 5/3) e^(−√5). */
  const NEAR = (1 + Math.sqrt(5) + 5 / 3) * Math.exp(-Math.sqrt(5));

  it('of one measured point, by hand', () => {
    const process = gaussianProcess([at(0)], Float64Array.of(2), { length: 0.5, noise: 0.25 });
    // k / (1 + noise) of the value, and 1 − k² / (1 + noise) of the variance.
    expect(process.believed(at(0)).mean).toBeCloseTo(1.6, 12);
    expect(process.believed(at(0)).deviation).toBeCloseTo(Math.sqrt(0.2), 12);
    expect(process.believed(at(0.5)).mean).toBeCloseTo(1.6 * NEAR, 12);
    expect(process.believed(at(0.5)).deviation).toBeCloseTo(Math.sqrt(1 - NEAR ** 2 / 1.25), 12);
    // −½ (4/1.25 + ln 1.25 + ln 2π)
    expect(process.logLikelihood).toBeCloseTo(-0.5 * (3.2 + Math.log(1.25) + Math.log(2 * Math.PI)), 12);
  });

  it('of two measured points, by the inverse of a matrix of two by two', () => {
    const process = gaussianProcess([at(0), at(1)], Float64Array.of(1, -1), { length: 1, noise: 0.1 });
    const [k, v] = [NEAR, 1.1];
    // K⁻¹ (1, −1) = (1, −1) / (v − k), halfway both count alike and cancel.
    expect(process.believed(at(0)).mean).toBeCloseTo((1 - k) / (v - k), 12);
    expect(process.believed(at(0.5)).mean).toBeCloseTo(0, 12);
    expect(process.believed(at(0)).deviation).toBeCloseTo(Math.sqrt(1 - (v - 2 * k * k + v * k * k) / (v * v - k * k)), 12);
  });

  it('knows nothing far away', () => {
    const { mean, deviation } = gaussianProcess([at(0)], Float64Array.of(3), { length: 0.1, noise: 0.01 }).believed(at(100));
    expect([mean, deviation]).toEqual([0, 1]);
  });

  it('refuses the same point twice where nothing is noise', () => {
    expect(() => gaussianProcess([at(0), at(0)], Float64Array.of(1, 1), { length: 1, noise: 0 })).toThrow(RangeError);
  });
});

describe('the expected improvement', () => {
  it('is the gain itself where nothing is unsure, and never less than none', () => {
    expect(expectedImprovement({ mean: 3, deviation: 0 }, 2)).toBe(1);
    expect(expectedImprovement({ mean: 1, deviation: 0 }, 2)).toBe(0);
  });

  it('is 0.3989 deviations where as good as the best is expected, and 0.0833 one deviation below', () => {
    expect(expectedImprovement({ mean: 5, deviation: 2 }, 5)).toBeCloseTo(2 / Math.sqrt(2 * Math.PI), 12);
    // φ(1) − (1 − Φ(1)) = 0.2419707245 − 0.1586552539
    expect(expectedImprovement({ mean: 0, deviation: 1 }, 1)).toBeCloseTo(0.083_315_470_6, 9);
  });

  it('is none where the best is farther off than a double can tell', () => {
    // 38.4 deviations below: the two parts cancel but for the least of all doubles.
    for (const best of [-0.49, 0, 1, 40])
      expect(expectedImprovement({ mean: -3.6164688427299705, deviation: 0.08137451691835945 }, best)).toBe(0);
  });

  it('grows with the mean and with what is unsure', () => {
    const figure = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(figure, fc.double({ min: 0.01, max: 5, noNaN: true }), figure, (mean, deviation, best) => {
        const here = expectedImprovement({ mean, deviation }, best);
        expect(here).toBeGreaterThanOrEqual(0);
        expect(expectedImprovement({ mean: mean + 0.5, deviation }, best)).toBeGreaterThanOrEqual(here - 1e-12);
        expect(expectedImprovement({ mean, deviation: deviation + 0.5 }, best)).toBeGreaterThanOrEqual(here - 1e-12);
      }),
    );
  });
});

describe('candidates as points', () => {
  it('are ranks of numbers, whatever their steps and their order, and words as far apart as each other', () => {
    const space = { window: ['252', '20', '63'], band: ['1%', '5%'], every: ['week', 'month', 'quarter'], one: [7] };
    const points = pointsOf(space, candidatesOf(space));
    expect([...(points[0] as Float64Array)]).toEqual([1, 0, Math.SQRT1_2, 0, 0, 0]);
    expect([...(points[10] as Float64Array)].slice(0, 2)).toEqual([0, 1]);
    const apart = (one: number, other: number): number =>
      Math.hypot(...(points[one] as Float64Array).map((each, place) => each - ((points[other] as Float64Array)[place] as number)));
    expect(apart(0, 1)).toBeCloseTo(1, 12);
    expect(apart(0, 2)).toBeCloseTo(1, 12);
    expect(apart(0, 3)).toBeCloseTo(1, 12);
  });
});

describe('a Bayesian search', () => {
  const numbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at);
  const space = { one: numbers(8), two: numbers(8), word: ['a', 'b', 'c', 'd'] };

  /** A hill with its top at a place of the seed's choosing, under noise of a twentieth of its height either way. */
  function hill(seed: number): { readonly top: string; readonly score: Score } {
    const chance = seededChance(seed);
    const [one, two, word] = [chance.below(8), chance.below(8), 'abcd'[chance.below(4)]];
    const noise = new Map(candidatesOf(space).map((candidate) => [JSON.stringify(candidate), 0.2 * (chance.uniform() - 0.5)]));
    return {
      top: JSON.stringify({ one, two, word }),
      score: async (candidate) => {
        const far = (Number(candidate['one']) - one) ** 2 + (Number(candidate['two']) - two) ** 2;
        const found = JSON.stringify(candidate);
        return 2 * Math.exp(-far / 12) * (candidate['word'] === word ? 1 : 0.6) + (far === 0 ? 0 : (noise.get(found) ?? 0));
      },
    };
  }

  it('finds a planted best far more often than chance with as many tries', { timeout: 60_000 }, async () => {
    const [found, byChance] = [new Set<number>(), new Set<number>()];
    for (let seed = 1; seed <= 40; seed += 1) {
      const { top, score } = hill(seed);
      const settings = () => ({ count: 28, chance: seededChance(1_000 + seed) });
      const learned = await bayesianSearch(space, settings())(score);
      expect(learned.tried).toHaveLength(28);
      if (JSON.stringify(learned.best?.candidate) === top) found.add(seed);
      const drawn = await randomSearch(space, settings())(score);
      if (drawn.tried.some(({ candidate }) => JSON.stringify(candidate) === top)) byChance.add(seed);
    }
    // By chance 28 of 256 in each: 4 or 5 of 40.
    expect(byChance.size).toBeLessThanOrEqual(10);
    expect(found.size).toBeGreaterThanOrEqual(32);
  });

  it('asks different candidates, the same for the same seed, and no more than there are', async () => {
    const { score } = hill(3);
    const asked = async (count: number, seed: number) =>
      (await bayesianSearch(space, { count, chance: seededChance(seed) })(score)).tried.map(({ candidate }) => JSON.stringify(candidate));
    const twenty = await asked(20, 1);
    expect(new Set(twenty).size).toBe(20);
    expect(await asked(20, 1)).toEqual(twenty);
    expect(await asked(20, 2)).not.toEqual(twenty);
    const few = await bayesianSearch({ one: [1, 2, 3] }, { count: 99, chance: seededChance(1) })(async ({ one }) => Number(one));
    expect(few.tried).toHaveLength(3);
    expect(few.best?.score).toBe(3);
  });

  it('looks at the neighbours of the best in a space that is too large to look at whole', async () => {
    const large = { one: numbers(60), two: numbers(60) };
    const { best } = await bayesianSearch(large, { count: 40, chance: seededChance(5) })(
      async ({ one, two }) => -((Number(one) - 41) ** 2) - (Number(two) - 13) ** 2,
    );
    expect(Math.abs(Number(best?.candidate['one']) - 41)).toBeLessThanOrEqual(2);
    expect(Math.abs(Number(best?.candidate['two']) - 13)).toBeLessThanOrEqual(2);
  });

  it('goes on past what has no score, and has no best where nothing has', async () => {
    const partly = await bayesianSearch(space, { count: 20, chance: seededChance(1) })(async ({ one, word }) =>
      word === 'a' ? Number.NaN : Number(one),
    );
    expect(partly.best?.score).toBe(7);
    const never = await bayesianSearch(space, { count: 6, chance: seededChance(1) })(async () => Number.NaN);
    expect(never).toMatchObject({ best: undefined });
    expect(never.tried).toHaveLength(6);
  });

  it('refuses to ask none', async () => {
    await expect(bayesianSearch(space, { count: 0, chance: seededChance(1) })(async () => 1)).rejects.toThrow(RangeError);
  });
});
