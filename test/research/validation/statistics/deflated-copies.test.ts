// Trying the same thing often must not make anything look better than luck.
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../../research/validation/statistics/chance.ts';
import { deflatedSharpe, effectiveTrials, expectedMaximum } from '../../../../research/validation/statistics/deflated-sharpe.ts';
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
    const { effective: _, ...classical } = spread;
    expect(deflatedSharpe(estimate, classical).threshold).toBeLessThan(deflatedSharpe(estimate, trialsOf(ten)).threshold);
    const { threshold } = deflatedSharpe(estimate, spread);
    expect(threshold).toBeGreaterThanOrEqual(Math.sqrt(1 / BARS) * expectedMaximum(spread.effective));
    expect(threshold).toBeGreaterThan(deflatedSharpe(estimate, classical).threshold);
  });

  it('is that of the formula where the trials are as far apart as worthless ones, or further', () => {
    const { effective: _, ...classical } = trialsOf(ten);
    expect(deflatedSharpe(estimate, trialsOf(ten)).threshold).toBe(deflatedSharpe(estimate, classical).threshold);
  });
});
