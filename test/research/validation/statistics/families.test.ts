// Picking the best of many: over-fitting, superior ability, false discoveries.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { adjustedForFamily } from '../../../../research/validation/statistics/false-discovery.ts';
import { halvings, overfittingOf, winnersOf } from '../../../../research/validation/statistics/overfitting.ts';
import { meanOf } from '../../../../research/validation/statistics/return-shape.ts';
import { bootstrapVariance, superiorAbility } from '../../../../research/validation/statistics/superior-ability.ts';
import { superiorFamily } from '../../../../research/validation/statistics/superior-family.ts';
import { normalReturns } from './made-up-returns.ts';

const noise = (variants: number, bars: number, seed: number): Float64Array[] => {
  const chance = seededChance(seed);
  return Array.from({ length: variants }, () => normalReturns(bars, 0, 0.01, chance));
};
const withMean = (column: Float64Array, mean: number): Float64Array => column.map((each) => each + mean);
const centred = (column: Float64Array): Float64Array => withMean(column, -meanOf(column));

const NONE = { winners: [], ranks: [], inSample: [], outOfSample: [] };

describe('the probability of over-fitting', () => {
  it('looks at 12,870 splits of sixteen blocks, and at six of four in lexicographic order', () => {
    expect(halvings(16)).toHaveLength(12_870);
    expect(halvings(4)).toEqual([
      [0, 1],
      [0, 2],
      [0, 3],
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
  });

  it('is 1 where each variant wins in one half and loses in the other, by hand', () => {
    // The winner of a half is last in the other: rank 1 of 2, ω = 1/3.
    const columns = [Float64Array.of(2, 1, -2, -1), Float64Array.of(-2, -1, 2, 1)];
    expect(overfittingOf(columns, 2)).toEqual({ probability: 1, splits: 2, variants: 2, lossProbability: 1, degradation: null });
    const { winners, ranks, inSample, outOfSample } = winnersOf(columns, 2) ?? NONE;
    expect([...winners]).toEqual([0, 1]);
    expect([...ranks]).toEqual([1, 1]);
    // Means of ±1.5 and a deviation of √½.
    for (const sharpe of inSample) expect(sharpe).toBeCloseTo(1.5 * Math.SQRT2, 12);
    for (const sharpe of outOfSample) expect(sharpe).toBeCloseTo(-1.5 * Math.SQRT2, 12);
  });

  it('is 0 where one variant is better in every block', () => {
    const columns = noise(5, 320, 1);
    const all = [...columns, withMean(columns[0] as Float64Array, 0.02)];
    expect(overfittingOf(all, 8)).toMatchObject({ probability: 0, lossProbability: 0 });
    const { winners, ranks } = winnersOf(all, 8) ?? NONE;
    expect(new Set(winners)).toEqual(new Set([5]));
    expect(new Set(ranks)).toEqual(new Set([6]));
  });

  it('is around a half where nothing is any good', () => {
    const found = Array.from({ length: 12 }, (_, seed) => overfittingOf(noise(20, 320, 100 + seed), 8)?.probability ?? Number.NaN);
    const mean = found.reduce((sum, each) => sum + each, 0) / found.length;
    expect(mean).toBeGreaterThan(0.35);
    expect(mean).toBeLessThan(0.65);
  });

  it('does not change with the unit, the order of variants, the oldest bars beyond the blocks, or a variant that is there twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        const columns = noise(4, 62, seed);
        const own = overfittingOf(columns, 6);
        const same = { probability: own?.probability, variants: 4, lossProbability: own?.lossProbability };
        expect(
          overfittingOf(
            columns.map((column) => column.map((each) => 4 * each)),
            6,
          ),
        ).toMatchObject(same);
        expect(overfittingOf(columns.toReversed(), 6)).toMatchObject(same);
        expect(
          overfittingOf(
            columns.map((column) => column.subarray(2)),
            6,
          ),
        ).toMatchObject(same);
        expect(overfittingOf([...columns, Float64Array.from(columns[0] ?? [])], 6)).toMatchObject(same);
      }),
      { numRuns: 30 },
    );
  });

  it('puts a variant that does not trade in a half last there', () => {
    const traded = Float64Array.of(-1, -2, -1, -2);
    const half = Float64Array.of(0, 0, 0.5, 0.4);
    const { winners, ranks } = winnersOf([traded, half], 2) ?? NONE;
    expect([...winners]).toEqual([0, 1]);
    expect([...ranks]).toEqual([1, 1]);
    // One of the two winners has no Sharpe ratio outside: a single point is no line.
    expect(overfittingOf([traded, half], 2)?.degradation).toBeNull();
  });

  it('says nothing where nothing was picked, and refuses blocks that cannot be', () => {
    const [column = Float64Array.of()] = noise(1, 40, 2);
    expect(overfittingOf([column], 4)).toBeNull();
    expect(overfittingOf([column, column.slice()], 4)).toBeNull();
    expect(overfittingOf([], 4)).toBeNull();
    const two = noise(2, 40, 3);
    for (const blocks of [3, 0, 2.5, 40]) expect(() => overfittingOf(two, blocks)).toThrow(RangeError);
  });
});

describe('superior ability', () => {
  const resampling = (seed: number, samples = 400) => ({ samples, blockLength: 5, chance: seededChance(seed) });

  it('finds a model that beats the benchmark among some that do not', () => {
    const columns = noise(10, 500, 4);
    const found = superiorAbility([...columns, withMean(centred(columns[3] as Float64Array), 0.002)], resampling(1));
    expect(found.best).toBe(10);
    expect(found.spa.upper).toBeLessThan(0.01);
    expect(found.realityCheck.upper).toBeLessThan(0.01);
  });

  it('is certain of nothing where no model is above the benchmark', () => {
    const found = superiorAbility([new Float64Array(50).map((_, at) => -0.001 - 0.0001 * (at % 3))], resampling(1));
    expect(found.statistic).toBe(0);
    expect(found.spa).toEqual({ lower: 1, consistent: 1, upper: 1 });
    expect(found.realityCheck).toEqual({ lower: 1, consistent: 1, upper: 1 });
  });

  it('orders its p-values, is the same for the same seed and whatever the unit, and is never zero', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: -5, max: 5 }), (seed, tilt) => {
        const columns = noise(3, 60, seed).map((column, at) => withMean(column, (at * tilt) / 2_000));
        const found = superiorAbility(columns, resampling(seed, 60));
        for (const { lower, consistent, upper } of [found.spa, found.realityCheck]) {
          expect(lower).toBeLessThanOrEqual(consistent);
          expect(consistent).toBeLessThanOrEqual(upper);
          expect(lower).toBeGreaterThanOrEqual(1 / 61);
        }
        expect(
          superiorAbility(
            columns.map((column) => column.map((each) => 8 * each)),
            resampling(seed, 60),
          ),
        ).toEqual(found);
      }),
      { numRuns: 30 },
    );
  });

  it('is not misled by poor models, of which the consistent p-value takes no notice', () => {
    const [own = Float64Array.of()] = noise(1, 400, 9);
    const good = withMean(centred(own), 0.0008);
    const poor = noise(40, 400, 10).map((column) => withMean(column, -0.006));
    const alone = superiorAbility([good], resampling(2, 2_000)).spa.consistent;
    const among = superiorAbility([good, ...poor], resampling(2, 2_000)).spa;
    expect(among.consistent).toBeCloseTo(alone, 2);
    expect(among.upper).toBeGreaterThan(among.consistent + 0.1);
  });

  it('rejects at most as often as it says where no model is better', () => {
    let rejected = 0;
    for (let seed = 0; seed < 100; seed += 1) {
      if (superiorAbility(noise(5, 120, 1_000 + seed), resampling(seed, 120)).spa.upper <= 0.1) rejected += 1;
    }
    // Ten are expected; more than 20 come about once in a thousand.
    expect(rejected).toBeLessThanOrEqual(20);
    expect(rejected).toBeGreaterThan(0);
  });

  it('leaves a model whose difference never varies to the Reality Check', () => {
    const found = superiorAbility([new Float64Array(40).fill(0.001)], resampling(1, 50));
    expect(found.best).toBeNull();
    expect(found.spa.upper).toBe(1);
    expect(found.realityCheck.upper).toBeCloseTo(1 / 51, 12);
  });

  it('refuses no model and no record', () => {
    expect(() => superiorAbility([], resampling(1))).toThrow(RangeError);
    expect(() => superiorAbility([Float64Array.of(1, 2)], resampling(1))).toThrow(RangeError);
  });

  it('of a family is not known where no variant differs from the benchmark by something that varies, or bars are too few', () => {
    const rules = { chance: seededChance(1), samples: 50 };
    const [column = Float64Array.of()] = noise(1, 64, 9);
    const flat = new Float64Array(64).fill(0.001);
    expect(superiorFamily([flat, flat], rules)).toBeNull();
    expect(superiorFamily([column.subarray(0, 7)], rules)).toBeNull();
    expect(superiorFamily([], rules)).toBeNull();
    expect(superiorFamily([flat, column], rules)?.best).toBe(1);
  });

  it('reckons the variance of independent draws as that of the population', () => {
    // Blocks of one bar: only the lag of zero counts. Of 1, −1, 3, −3: (1 + 1 + 9 + 9) / 4.
    expect(bootstrapVariance(Float64Array.of(1, -1, 3, -3), 1)).toBeCloseTo(5, 12);
  });
});

describe('false discoveries', () => {
  const rounded = (values: Float64Array): number[] => [...values].map((value) => Math.round(value * 1e6) / 1e6);

  it('are held off by adjusted p-values, by hand', () => {
    // 0.04·3/3 = 0.04 is less than 0.03·3/2 = 0.045: the middle one takes it over.
    expect(rounded(adjustedForFamily(Float64Array.of(0.04, 0.01, 0.03)))).toEqual([0.04, 0.03, 0.04]);
  });

  it('believes four of the fifteen tests of Benjamini and Hochberg at 5 %', () => {
    const paper = Float64Array.of(
      0.0001,
      0.0004,
      0.0019,
      0.0095,
      0.0201,
      0.0278,
      0.0298,
      0.0344,
      0.0459,
      0.324,
      0.4262,
      0.5719,
      0.6528,
      0.759,
      1,
    );
    expect(adjustedForFamily(paper).filter((each) => each <= 0.05)).toHaveLength(4);
  });

  it('never adjusts downwards, nor beyond 1, and keeps the order of tests', () => {
    const anyP = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 30 }).map((all) => Float64Array.from(all));
    fc.assert(
      fc.property(anyP, (pValues) => {
        const adjusted = adjustedForFamily(pValues);
        for (const [at, p] of pValues.entries()) {
          expect(adjusted[at]).toBeGreaterThanOrEqual(p - 1e-15);
          expect(adjusted[at]).toBeLessThanOrEqual(1);
          for (const [other, q] of pValues.entries()) if (p < q) expect(adjusted[at]).toBeLessThanOrEqual(adjusted[other] as number);
        }
      }),
    );
  });

  it('refuses what is no probability', () => {
    for (const p of [-0.1, 1.1, Number.NaN]) expect(() => adjustedForFamily(Float64Array.of(p))).toThrow(RangeError);
    expect(adjustedForFamily(Float64Array.of())).toHaveLength(0);
  });
});
