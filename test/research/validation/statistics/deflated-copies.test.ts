// Trying the same thing often must not make anything look better than luck.
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import {
  deflatedOf,
  deflatedSharpe,
  effectiveTrials,
  expectedMaximum,
} from '../../../../research/validation/statistics/deflated-sharpe.ts';
import { NORMAL_SHAPE } from '../../../../research/validation/statistics/probabilistic-sharpe.ts';
import { shapeOf, sharpeOf } from '../../../../research/validation/statistics/return-shape.ts';
import { normalReturns } from './made-up-returns.ts';

const BARS = 1_000;
const trialsOf = (columns: readonly Float64Array[]) => ({
  count: columns.length,
  variance: (shapeOf(Float64Array.from(columns, sharpeOf))?.deviation ?? 0) ** 2,
  effective: effectiveTrials(columns),
});

describe('the deflated Sharpe ratio of ten variants and their copies', () => {
  const chance = seededChance(5);
  const ten = Array.from({ length: 10 }, (_, place) => normalReturns(BARS, 0.000_2 * (place - 4.5), 0.01, chance));
  const middle = ten.toSorted((one, other) => sharpeOf(one) - sharpeOf(other))[5] as Float64Array;
  const copies = Array.from({ length: 190 }, () => middle.map((each) => each + 0.000_1 * (chance.below(3) - 1)));
  const estimate = { sharpe: 0.06, bars: BARS, ...NORMAL_SHAPE };

  it('is not raised by the copies above what the effective number of worthless trials allows', () => {
    const spread = trialsOf([...ten, ...copies]);
    const classical = { ...spread, effective: 1 };
    expect(deflatedSharpe(estimate, classical).threshold).toBeLessThan(deflatedSharpe(estimate, trialsOf(ten)).threshold);
    const { threshold } = deflatedSharpe(estimate, spread);
    expect(threshold).toBeGreaterThanOrEqual(Math.sqrt(1 / BARS) * expectedMaximum(spread.effective));
    expect(threshold).toBeGreaterThan(deflatedSharpe(estimate, classical).threshold);
  });

  it('is that of the formula where the trials are as far apart as worthless ones, or further', () => {
    const classical = { ...trialsOf(ten), effective: 1 };
    expect(deflatedSharpe(estimate, trialsOf(ten)).threshold).toBe(deflatedSharpe(estimate, classical).threshold);
  });
});

describe('what a record is deflated by', () => {
  const one = Float64Array.of(0.02, -0.01, 0.02, -0.01);
  const other = Float64Array.of(0.02, 0.01, 0.02, 0.01);
  const flat = new Float64Array(4);
  const trials = (columns: readonly Float64Array[], counted: { count: number; variance: number | null }) =>
    deflatedOf(one, columns, counted).trials;

  it('is the variance that was counted, else that of the columns, else that of worthless trials on as many bars', () => {
    const apart = sharpeOf(other) - sharpeOf(one);
    expect(trials([one, other], { count: 9, variance: 0.3 })).toMatchObject({ count: 9, variance: 0.3 });
    expect(trials([one, other], { count: 1, variance: null }).count).toBe(2);
    expect(trials([one, other, flat], { count: 3, variance: null }).variance).toBeCloseTo(apart ** 2 / 2, 12);
    expect(trials([one, flat], { count: 9, variance: null })).toMatchObject({ count: 9, variance: 1 / 4 });
    expect(trials([], { count: 0, variance: null })).toEqual({ count: 1, variance: 1 / 4, effective: 1 });
  });

  it('is known of a record that does not vary; how sure that is, is not', () => {
    const found = deflatedOf(flat, [one, other], { count: 2, variance: 0.3 });
    expect(found.probability).toBeNull();
    expect(found.threshold).toBe(deflatedOf(one, [one, other], { count: 2, variance: 0.3 }).threshold);
  });
});
