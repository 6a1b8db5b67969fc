// A permuted table of prices: whole days move, with everything that a day had.
import { describe, expect, it } from 'vitest';
import { tableOf } from '../../../../research/backtest/price-table.ts';
import { permutedTable } from '../../../../research/validation/report/permuted-table.ts';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';

const DATES = [
  '2020-01-02',
  '2020-01-03',
  '2020-01-06',
  '2020-01-07',
  '2020-01-08',
  '2020-01-09',
] as const satisfies readonly NewYorkDate[];
const closes = Float64Array.of(100, 110, 99, 108.9, 87.12, 104.544);
const whole = {
  symbol: 'AAA',
  dates: DATES,
  closes,
  adjusted: closes.map((close) => close / 2),
  highs: closes.map((close, day) => close * (1 + (day + 1) / 100)),
  volumes: Float64Array.of(1, 2, 3, 4, 5, 6),
};
/** Begins later, and has no bar on 2020-01-07. */
const short = {
  symbol: 'BBB',
  dates: [DATES[1], DATES[2], DATES[4], DATES[5]],
  closes: Float64Array.of(10, 20, 30, 60),
  adjusted: Float64Array.of(10, 20, 30, 60),
};
const permuted = (seed: number) => permutedTable(tableOf([whole, short]), seededChance(seed));

describe('a permuted table', () => {
  it('moves highs and volumes with the day, and keeps days, first and last close', () => {
    const table = permuted(3);
    const [first] = table.columns;
    expect(table.dates).toEqual(DATES);
    expect(first?.dates).toEqual(DATES);
    expect(first?.closes[0]).toBe(100);
    expect(first?.closes[5]).toBeCloseTo(104.544, 9);
    for (const [day, volume] of (first?.volumes ?? []).entries()) {
      // The volume tells which day it was: its high was so many per cent above its close, and still is.
      expect((first?.highs?.[day] as number) / (first?.closes[day] as number)).toBeCloseTo(1 + volume / 100, 9);
      if (day === 0) continue;
      const was = volume - 1;
      const earned = (closes[was] as number) / (closes[was - 1] as number);
      expect((first?.closes[day] as number) / (first?.closes[day - 1] as number)).toBeCloseTo(earned, 9);
      expect(first?.adjusted[day]).toBeCloseTo((first?.closes[day] as number) / 2, 9);
    }
    expect([...(first?.volumes ?? [])].sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('takes a missing day for one without a change, and leaves a symbol where it begins', () => {
    const [, other] = permuted(3).columns;
    expect(other?.dates).toEqual(DATES.slice(1));
    expect(other?.closes[0]).toBe(10);
    const steps = [...(other?.closes ?? [])].slice(1).map((close, at) => Math.round((100 * close) / (other?.closes[at] as number)) / 100);
    expect(steps.sort()).toEqual([1, 1.5, 2, 2]);
  });

  it('moves the days of all symbols together', () => {
    for (const seed of [1, 2, 3, 4]) {
      const [first, other] = permuted(seed).columns;
      // BBB stood still when AAA rose from 99 to 108.9, and on no other day.
      for (let day = 2; day < 6; day += 1) {
        const stood = other?.closes[day - 1] === other?.closes[day - 2];
        expect(stood).toBe(first?.volumes?.[day] === 4);
      }
    }
  });

  it('is the same for the same seed', () => {
    expect(permuted(5)).toEqual(permuted(5));
    expect(permuted(5)).not.toEqual(permuted(6));
  });
});
