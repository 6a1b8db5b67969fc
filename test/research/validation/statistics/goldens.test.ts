// Results that other people's programs and papers computed.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { optimalBlockLength } from '../../../../research/validation/statistics/block-length.ts';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { deflatedSharpe, expectedMaximum } from '../../../../research/validation/statistics/deflated-sharpe.ts';
import { overfittingOf, winnersOf } from '../../../../research/validation/statistics/overfitting.ts';
import { NORMAL_SHAPE, probabilisticSharpe } from '../../../../research/validation/statistics/probabilistic-sharpe.ts';
import { shapeOf } from '../../../../research/validation/statistics/return-shape.ts';
import { bootstrapVariance, superiorAbility } from '../../../../research/validation/statistics/superior-ability.ts';

const data = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const isHere = existsSync(`${data}reference/statistics`);
const absent = isHere ? '' : ' (left out: ../shared/data is not there)';
const json = (name: string): unknown => JSON.parse(readFileSync(`${data}reference/statistics/${name}.json`, 'utf8'));

/** Simple total returns by the date at their end. */
function returnsOf(symbol: string): ReadonlyMap<string, number> {
  const rows = readFileSync(`${data}prices/etf37/${symbol}.csv`, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((row) => row.split(','));
  return new Map(rows.slice(1).map(([date = '', , close], at) => [date, Number(close) / Number(rows[at]?.[2]) - 1]));
}

interface BlockCase {
  readonly test?: string;
  readonly series: string;
  readonly transform?: string;
  readonly n: number;
  readonly stationary?: number;
  readonly circular?: number;
}

interface CheckCase {
  readonly benchmark: string;
  readonly models: readonly string[];
  readonly first: string;
  readonly last: string;
  readonly n: number;
  readonly block_size: number;
  readonly kernel_variance_loss_diff: Readonly<Record<string, number>>;
  readonly mean_loss_diff: Readonly<Record<string, number>>;
  readonly pvalues: { readonly lower: number; readonly consistent: number; readonly upper: number };
}

interface SplitCase {
  readonly tickers: readonly string[];
  readonly first_return_date: string;
  readonly T: number;
  readonly S: number;
  readonly combinations: number;
  readonly pbo: number;
  readonly prob_oos_sharpe_below_0: number;
  readonly degradation_intercept: number;
  readonly degradation_slope: number;
  readonly oos_rank_of_best: readonly number[];
  readonly n_star_1based: readonly number[];
}

interface SharpeCases {
  readonly cases: readonly { readonly name: string; readonly inputs: unknown; readonly expected: unknown }[];
}

describe(`statistics${absent}`, () => {
  it.skipIf(!isHere)('give Sharpe ratios the probabilities of mlfinlab, Lean and the paper', () => {
    const { cases } = json('sharpe_inference') as SharpeCases;
    const expectedOf = (name: string): number => cases.find((each) => each.name === name)?.expected as number;
    expect(probabilisticSharpe({ sharpe: 1.14, bars: 250, ...NORMAL_SHAPE }, 1)).toBeCloseTo(expectedOf('Probabilistic Sharpe ratio'), 4);
    const trials = Float64Array.of(3.5, 1.01, 1.02);
    // Theirs divides by the number of trials.
    const variance = ((shapeOf(trials)?.deviation ?? 0) ** 2 * 2) / 3;
    const own = deflatedSharpe({ sharpe: 1.14, bars: 250, ...NORMAL_SHAPE }, { count: 3, variance, effective: 1 });
    expect(own.probability).toBeCloseTo(expectedOf('Deflated Sharpe, trials list'), 4);
    expect(own.threshold).toBeCloseTo(Math.sqrt(variance) * expectedMaximum(3), 12);
    const shape = shapeOf(Float64Array.of(0.01, 0.02, 0.01, 0, 0, 3));
    expect(shape && probabilisticSharpe(shape, shape.sharpe)).toBeCloseTo(expectedOf('PSR equal to benchmark'), 12);
  });

  it.skipIf(!isHere)('find the block lengths of arch on returns of TLT and on a series of its own tests', () => {
    const { results } = json('arch') as { results: readonly BlockCase[] };
    const returns = Float64Array.from(returnsOf('TLT').values());
    const by: Readonly<Record<string, (each: number) => number>> = {
      returns: (each) => each,
      'squared returns': (each) => each ** 2,
      'abs returns': Math.abs,
    };
    const ofTlt = results.filter(({ series }) => series === 'assetallocation TR TLT');
    expect(ofTlt).toHaveLength(3);
    for (const { transform = '', n, stationary = 0, circular = 0 } of ofTlt) {
      expect(returns).toHaveLength(n);
      const found = optimalBlockLength(returns.map(by[transform] as (each: number) => number));
      expect((found?.stationary ?? 0) / stationary).toBeCloseTo(1, 4);
      expect((found?.circular ?? 0) / circular).toBeCloseTo(1, 4);
    }
    const upstream = results.find(({ series }) => series.startsWith('arch_ar1_seed0'));
    const series = readFileSync(`${data}reference/statistics/arch_ar1_seed0_series.csv`, 'utf8').trim().split('\n').slice(1).map(Number);
    const found = optimalBlockLength(Float64Array.from(series));
    expect((found?.stationary ?? 0) / (upstream?.stationary ?? 1)).toBeCloseTo(1, 4);
    expect((found?.circular ?? 0) / (upstream?.circular ?? 1)).toBeCloseTo(1, 4);
  });

  it.skipIf(!isHere)('find the p-values of arch within the error of the draws, with its variances', () => {
    const { results } = json('arch') as { results: readonly Partial<CheckCase>[] };
    const cases = results.filter((each): each is CheckCase => each.models !== undefined);
    expect(cases).toHaveLength(2);
    for (const each of cases) {
      const benchmark = [...returnsOf(each.benchmark)].filter(([date]) => date >= each.first && date <= each.last);
      expect(benchmark).toHaveLength(each.n);
      const differences = each.models.map((model) => {
        const own = returnsOf(model);
        return Float64Array.from(benchmark, ([date, theirs]) => (own.get(date) as number) - theirs);
      });
      for (const [at, model] of each.models.entries()) {
        const variance = bootstrapVariance(differences[at] as Float64Array, each.block_size);
        expect(variance / (each.kernel_variance_loss_diff[model] as number)).toBeCloseTo(1, 6);
      }
      const { realityCheck } = superiorAbility(differences, { samples: 4_000, blockLength: each.block_size, chance: seededChance(1) });
      for (const rule of ['lower', 'consistent', 'upper'] as const) {
        expect(Math.abs(realityCheck[rule] - each.pvalues[rule])).toBeLessThan(0.025);
      }
    }
  });

  it.skipIf(!isHere)('rank the winner of every split as the pbo package for R does', () => {
    const { cases } = json('pbo') as { cases: readonly SplitCase[] };
    expect(cases.length).toBeGreaterThan(0);
    for (const each of cases) {
      const columns = each.tickers.map((ticker) => {
        const from = [...returnsOf(ticker)].filter(([date]) => date >= each.first_return_date);
        return Float64Array.from(from.slice(0, each.T), ([, value]) => value);
      });
      const found = overfittingOf(columns, each.S);
      expect(found).toMatchObject({ splits: each.combinations, variants: each.tickers.length });
      const split = winnersOf(columns, each.S);
      expect([...(split?.winners ?? [])].map((winner) => winner + 1)).toEqual(each.n_star_1based);
      expect([...(split?.ranks ?? [])]).toEqual(each.oos_rank_of_best);
      expect(found?.probability).toBeCloseTo(each.pbo, 9);
      expect(found?.lossProbability).toBeCloseTo(each.prob_oos_sharpe_below_0, 9);
      expect(found?.degradation?.slope).toBeCloseTo(each.degradation_slope, 8);
      expect(found?.degradation?.intercept).toBeCloseTo(each.degradation_intercept, 8);
    }
  });
});
