// What a walk-forward is worth, on records of a few bars that can be reckoned by hand.
import { describe, expect, it } from 'vitest';
import { seededChance } from '../../../research/validation/statistics/chance.ts';
import { deflatedSharpe } from '../../../research/validation/statistics/deflated-sharpe.ts';
import { type ReturnShape, shapeOf } from '../../../research/validation/statistics/return-shape.ts';
import type { Fold } from '../../../research/validation/walk-forward/folds.ts';
import { choiceScore } from '../../../research/walk-forward/choice-metric.ts';
import { walkFigures } from '../../../research/walk-forward/walk-figures.ts';
import type { WalkedFold, WalkedVariants } from '../../../research/walk-forward/walk-variants.ts';
import { addDays } from '../../../shared/core/values/time.ts';
import { normalReturns } from '../validation/statistics/made-up-returns.ts';

const FOLD: Fold = {
  training: [{ from: 0, to: 2, firstDate: '2024-01-02', lastDate: '2024-01-03' }],
  test: { from: 2, to: 4, firstDate: '2024-01-04', lastDate: '2024-01-05' },
};
const foldOf = (inSample: number, outOfSample: number, turnover: number): WalkedFold => ({
  ...{ fold: FOLD, chosen: { top: '1' }, inSample, outOfSample, switched: { turnover, cost: turnover / 100 } },
  ...{ searched: { best: undefined, tried: [] }, sensitivity: null },
});
const row = (place: number, top: string) => ({
  ...{ place, values: { top }, variant: top },
  outcome: { kind: 'refused' as const, detail: '' },
});
const RETURNS = Float64Array.of(0.1, -0.05, 0.2, 0);
const WALKED: WalkedVariants = {
  dates: ['2024-01-03', '2024-04-03', '2024-07-03', '2025-01-02'],
  start: '2024-01-02',
  barsAYear: 4,
  folds: [foldOf(2, 1, 0.5), foldOf(Number.NaN, 5, 0), foldOf(1, 0.5, 0.25)],
  returns: RETURNS,
  excess: RETURNS.map((each) => each - 0.01),
  evaluations: 9,
  stability: [],
  rows: [row(0, '1'), row(1, '2'), row(2, '3')],
  // The second, held throughout, loses; the third was refused.
  throughout: new Map([
    [0, RETURNS],
    [1, RETURNS.map((each) => -each)],
  ]),
};
const ALONE = { benchmark: undefined, ledger: undefined };

describe('the figures of a walk-forward', () => {
  it('are of the stitched record, by the definitions of every other report', () => {
    const { outOfSample, benchmark } = walkFigures(WALKED, 'sharpe', { ...ALONE, benchmark: Float64Array.of(0.01, 0.01, 0.01, 0.03) });
    // 1.1 · 0.95 · 1.2 in 366 of 365.25 days; it fell from 1.1 to 1.045.
    expect(outOfSample.cagr).toBeCloseTo(1.254 ** (365.25 / 366) - 1, 12);
    expect(outOfSample.maxDrawdown).toBeCloseTo(0.05, 12);
    expect(outOfSample.calmar).toBeCloseTo((1.254 ** (365.25 / 366) - 1) / 0.05, 9);
    // Mean 0.0525 of the excess; deviations 0.0375, −0.1125, 0.1375, −0.0625 squared: 0.036875 / 3.
    expect(outOfSample.volatility).toBeCloseTo(2 * Math.sqrt(0.036_875 / 3), 12);
    expect(outOfSample.sharpe).toBeCloseTo((2 * 0.0525) / Math.sqrt(0.036_875 / 3), 12);
    // Less the cash of each bar: 0, 0, 0, 0.02.
    expect(benchmark?.sharpe).toBeCloseTo((2 * 0.005) / 0.01, 9);
  });

  it('keep of the folds those in which both sides are defined', () => {
    expect(walkFigures(WALKED, 'sharpe', ALONE).efficiency).toEqual({ inSample: 1.5, outOfSample: 0.75, kept: 0.5 });
  });

  it('leave a last test that is shorter than the others out of the means: a year of one bar is any number', () => {
    const short = { ...foldOf(1, 400, 0), fold: { ...FOLD, test: { ...FOLD.test, to: 3 } } };
    const { efficiency } = walkFigures({ ...WALKED, folds: [...WALKED.folds, short] }, 'sharpe', ALONE);
    expect(efficiency).toEqual({ inSample: 1.5, outOfSample: 0.75, kept: 0.5 });
  });

  it('hold the choosing against not choosing, and add up its changes', () => {
    const { choosing, switches } = walkFigures(WALKED, 'cagr', ALONE);
    expect(choosing.best).toEqual({ values: { top: '1' }, score: choiceScore('cagr', RETURNS, 4) });
    expect(choosing.median).toBeCloseTo((0.254 + (0.9 * 1.05 * 0.8 - 1)) / 2, 12);
    expect(choosing.stitched).toBeCloseTo(1.09 * 0.94 * 1.19 * 0.99 - 1, 12);
    expect(switches).toEqual({ count: 2, turnover: 0.75, cost: 0.0075 });
  });

  it('are deflated by every variant that was tried, the refused ones too, or by all that a ledger knows', () => {
    const shape = shapeOf(WALKED.excess);
    if (shape === null) throw new Error('returns that vary');
    const sharpe = shapeOf(RETURNS)?.sharpe ?? 0;
    const here = walkFigures(WALKED, 'sharpe', ALONE);
    // Two that are each other's opposite: their variance is 2 · SR², and they are worth two. The floor is √(1/4) · E[max of 2].
    expect(here.trials).toMatchObject({ from: 'this walk', count: 3, effective: 2 });
    expect(here.trials.variance).toBeCloseTo(2 * sharpe ** 2, 12);
    const trials = { count: 3, variance: 2 * sharpe ** 2, effective: 2 };
    expect(here.deflatedSharpe).toBeCloseTo(deflatedSharpe(shape, trials).probability ?? 0, 12);
    const ledger = { variants: 40, evaluations: 50, withoutEnd: 0, variance: 0.25, trialsMax: 100 };
    const counted = walkFigures(WALKED, 'sharpe', { benchmark: undefined, ledger });
    expect(counted.trials).toEqual({ from: 'ledger', count: 40, variance: 0.25, effective: 2 });
    expect(counted.deflatedSharpe).toBeCloseTo(deflatedSharpe(shape, { count: 40, variance: 0.25, effective: 2 }).probability ?? 0, 12);
    expect(counted.deflatedSharpe).toBeLessThan(counted.probabilisticSharpe ?? 0);
  });

  it('are no easier for copies of what was tried', () => {
    const bars = 1_000;
    const chance = seededChance(7);
    const dates = Array.from({ length: bars }, (_, bar) => addDays('2020-01-01', bar + 1));
    const excess = Float64Array.from({ length: bars }, (_, bar) => 0.000_9 + (bar % 2 === 0 ? 0.01 : -0.01));
    const ten = Array.from({ length: 10 }, () => normalReturns(bars, 0, 0.01, chance));
    const copies = Array.from({ length: 190 }, () => (ten[5] as Float64Array).map((each) => each + 0.000_1 * (chance.below(3) - 1)));
    const figures = (columns: readonly Float64Array[]) => {
      const tried = { rows: columns.map((_, place) => row(place, String(place))), throughout: new Map(columns.entries()) };
      return walkFigures({ ...WALKED, ...tried, dates, returns: excess, excess, barsAYear: 365 }, 'sharpe', ALONE);
    };
    const [alone, copied] = [figures(ten), figures([...ten, ...copies])];
    // The ten are as far apart as worthless ones are; the copies take that away, and what they are worth gives it back.
    expect(alone.trials.variance * bars).toBeCloseTo(1, 0);
    expect(copied.trials.variance * bars).toBeLessThan(0.1);
    expect(alone.deflatedSharpe).toBeLessThan(0.95);
    expect(copied.deflatedSharpe).toBeLessThan(alone.deflatedSharpe ?? 0);
    const floorless = deflatedSharpe(shapeOf(excess) as ReturnShape, { ...copied.trials, effective: 1 });
    expect(floorless.probability).toBeGreaterThan(0.95);
  });

  it('of a single variant are not deflated, and of a record that does not vary are not defined', () => {
    const single = { ...WALKED, rows: [row(0, '1')], throughout: new Map([[0, RETURNS]]) };
    const { deflatedSharpe: deflated, probabilisticSharpe } = walkFigures(single, 'sharpe', ALONE);
    expect(deflated).toBe(probabilisticSharpe);
    const cash = { ...WALKED, returns: new Float64Array(4), excess: new Float64Array(4), throughout: new Map() };
    expect(walkFigures(cash, 'sharpe', ALONE)).toMatchObject({
      ...{ probabilisticSharpe: null, deflatedSharpe: null },
      choosing: { stitched: null, median: null, best: null },
    });
  });
});

describe('what a choice is made by', () => {
  it('is a year, larger the better, and undefined where the metric is', () => {
    expect(choiceScore('calmar', RETURNS, 4)).toBeCloseTo(0.254 / 0.05, 12);
    expect(choiceScore('sortino', RETURNS, 4)).toBeCloseTo((2 * 0.0625) / Math.sqrt(0.0025 / 4), 12);
    for (const metric of ['sharpe', 'sortino', 'calmar'] as const) expect(choiceScore(metric, new Float64Array(4), 4)).toBeNaN();
    for (const metric of ['sharpe', 'sortino', 'calmar', 'cagr'] as const)
      expect(choiceScore(metric, new Float64Array(4).fill(Number.NaN), 4)).toBeNaN();
    expect(choiceScore('cagr', new Float64Array(0), 4)).toBeNaN();
  });
});
