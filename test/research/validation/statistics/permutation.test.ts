// Markets in another order: what stays, what goes, and whom the test believes.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PriceColumn, tableOf } from '../../../../research/backtest/price-table.ts';
import { permutedTable } from '../../../../research/validation/report/permuted-table.ts';
import { type Chance, seededChance } from '../../../../research/validation/statistics/chance.ts';
import { permutationP } from '../../../../research/validation/statistics/permutation-p.ts';
import { type MarketPrices, permutedDays } from '../../../../research/validation/statistics/permuted-days.ts';
import { sharpeOf } from '../../../../research/validation/statistics/return-shape.ts';
import { addDays, type NewYorkDate } from '../../../../shared/core/values/time.ts';
import { rememberingReturns } from './made-up-returns.ts';

const returnsOf = (prices: Float64Array): Float64Array => prices.slice(1).map((price, at) => price / (prices[at] as number) - 1);
const pricesOf = (returns: Float64Array): Float64Array => {
  let price = 100;
  return Float64Array.of(100, ...returns.map((each) => (price *= 1 + each)));
};
const dayOf = (day: number): NewYorkDate => addDays('2020-01-01', day);
/** As columns of a table, with a bar where there is a price, and back: NaN where there is no bar. */
const permutedMarket = (prices: MarketPrices, chance: Chance): MarketPrices => {
  const columns = prices.map((column, asset): PriceColumn => {
    const own = [...column.keys()].filter((day) => !Number.isNaN(column[day]));
    const closes = Float64Array.from(own, (day) => column[day] as number);
    return { symbol: `A${asset}`, dates: own.map(dayOf), closes, adjusted: closes };
  });
  const table = permutedTable(tableOf(columns), chance);
  return prices.map((column, asset) => {
    const found = table.columns.find(({ symbol }) => symbol === `A${asset}`);
    const closes = new Map(found?.dates.map((date, bar) => [date, found.closes[bar] as number]));
    expect(found?.adjusted ?? []).toEqual(found?.closes ?? []);
    return column.map((_, day) => closes.get(dayOf(day)) ?? Number.NaN);
  });
};
/** Holds what rose yesterday, and nothing of what fell. */
const followingYesterday = ([prices = Float64Array.of()]: MarketPrices): number => {
  const returns = returnsOf(prices);
  return sharpeOf(returns.map((each, at) => (at > 0 && (returns[at - 1] as number) > 0 ? each : 0)));
};
const holding = ([prices = Float64Array.of()]: MarketPrices): number => (prices.at(-1) as number) / (prices[0] as number);
const sorted = (values: Float64Array): number[] =>
  [...values].sort((left, right) => left - right).map((each) => Math.round(each * 1e9) / 1e9);
const drawn = (days: number, assets: number) =>
  fc.array(fc.array(fc.integer({ min: 50, max: 150 }), { minLength: days, maxLength: days }), { minLength: assets, maxLength: assets });

describe('a permuted market', () => {
  it('has the same days for all assets together, in another order', () => {
    fc.assert(
      fc.property(drawn(20, 3), fc.integer(), (rows, seed) => {
        const prices = rows.map((row) => Float64Array.from(row));
        const permuted = permutedMarket(prices, seededChance(seed));
        // A day is the vector of its returns: the bag of vectors is the same, so every correlation is.
        const days = (market: MarketPrices): string[] => {
          const returns = market.map(returnsOf);
          return Array.from({ length: 19 }, (_, day) => returns.map((column) => (column[day] as number).toFixed(9)).join(' ')).sort();
        };
        expect(days(permuted)).toEqual(days(prices));
        for (const [asset, column] of permuted.entries()) {
          expect(column[0]).toBe(prices[asset]?.[0]);
          expect((column.at(-1) as number) / (prices[asset]?.at(-1) as number)).toBeCloseTo(1, 9);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has no price where there was none, and an asset keeps its own days', () => {
    const none = Number.NaN;
    const long = Float64Array.of(10, 11, 12, 13, 14, 15, 16, 17);
    const short = Float64Array.of(none, none, 5, 6, 5, 8, none, none);
    const [, permuted = Float64Array.of()] = permutedMarket([long, short, new Float64Array(8).fill(none)], seededChance(4));
    expect([...permuted].map(Number.isNaN)).toEqual([...short].map(Number.isNaN));
    expect(sorted(returnsOf(permuted.subarray(2, 6)))).toEqual(sorted(returnsOf(short.subarray(2, 6))));
  });

  it('is the same for the same seed, and leaves the prices it was given alone', () => {
    const prices = [pricesOf(rememberingReturns(50, 0, 1))];
    const before = prices.map((column) => column.slice());
    expect(permutedMarket(prices, seededChance(1))).toEqual(permutedMarket(prices, seededChance(1)));
    expect(permutedMarket(prices, seededChance(1))).not.toEqual(permutedMarket(prices, seededChance(2)));
    expect(prices).toEqual(before);
  });

  it('refuses gaps, prices that are none, and columns of different lengths', () => {
    const chance = seededChance(1);
    for (const column of [Float64Array.of(1, Number.NaN, 2), Float64Array.of(1, 0), Float64Array.of(1, Infinity)]) {
      expect(() => permutedDays([column], chance)).toThrow(RangeError);
    }
    expect(() => permutedDays([Float64Array.of(1, 2), Float64Array.of(1)], chance)).toThrow(RangeError);
  });
});

describe('a permutation test', () => {
  const test = (prices: MarketPrices, statistic: (prices: MarketPrices) => number, permutations = 99): number => {
    const chance = seededChance(7);
    const statistics = Float64Array.from({ length: permutations }, () => statistic(permutedMarket(prices, chance)));
    return permutationP(statistic(prices), statistics);
  };

  it('believes a strategy that follows what really follows', () => {
    expect(test([pricesOf(rememberingReturns(600, 0.3, 2))], followingYesterday)).toBe(1 / 100);
  });

  it('does not believe it on a market without memory', () => {
    const pValues = Array.from({ length: 20 }, (_, seed) =>
      test([pricesOf(rememberingReturns(150, 0, 50 + seed))], followingYesterday, 39),
    );
    // At 5 % one of twenty is expected; more than four come less than once in a hundred.
    expect(pValues.filter((p) => p <= 0.05).length).toBeLessThanOrEqual(4);
    expect(pValues.reduce((sum, p) => sum + p, 0) / 20).toBeGreaterThan(0.3);
  });

  it('cannot be passed by a strategy that does not look at the order of days', () => {
    expect(test([pricesOf(rememberingReturns(300, 0.3, 2).map((each) => each + 0.01))], holding)).toBe(1);
  });

  it('counts what is reached, equal but for rounding too, and itself', () => {
    expect(permutationP(0.3, Float64Array.of(0.1, 0.1 + 0.2, 0.3 - 1e-12, 0.299, 1))).toBe(4 / 6);
    expect(permutationP(-0.3, Float64Array.of(-0.3 - 1e-12, -0.301, Infinity))).toBe(3 / 4);
    expect(permutationP(2, new Float64Array(19))).toBe(1 / 20);
  });
});
