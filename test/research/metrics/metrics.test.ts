// Figures that can be reckoned by hand, and figures that are not defined.
import { describe, expect, it } from 'vitest';
import { capture, correlationOf, informationRatio, trackingError } from '../../../research/metrics/against-benchmark.ts';
import { periodReturns } from '../../../research/metrics/calendar-returns.ts';
import { drawdownsOf, maxDrawdown, underwater } from '../../../research/metrics/drawdowns.ts';
import { metricsOf } from '../../../research/metrics/metrics.ts';
import { deviationOf, excessKurtosisOf, quantileOf, skewnessOf } from '../../../research/metrics/moments.ts';
import { barsAYearOf, cagr, excessOf, omega, sharpe, sortino, totalReturn } from '../../../research/metrics/ratios.ts';
import { expectedShortfall, tailRatio, valueAtRisk } from '../../../research/metrics/tails.ts';
import { variantsOf } from '../../../research/metrics/variants.ts';
import { yearsBetween } from '../../../research/metrics/years.ts';
import { shapeOf } from '../../../research/validation/statistics/return-shape.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';

const of = (...values: readonly number[]) => Float64Array.from(values);
const NOTHING = of();

describe('a metric', () => {
  it('counts years of 365.25 days, and bars a year as they were', () => {
    // 1,461 days are four years.
    expect(yearsBetween('2020-01-01', '2024-01-01')).toBe(4);
    expect(yearsBetween('2024-01-02', '2023-01-02')).toBe(-365 / 365.25);
    expect(cagr(1.4641, 4)).toBeCloseTo(0.1, 12);
    expect(barsAYearOf(1_000, '2020-01-01', '2024-01-01')).toBe(250);
    expect(barsAYearOf(10, '2020-01-01', '2020-01-01')).toBeNull();
  });

  it('is null where it is not defined, and never zero', () => {
    const nothing = [deviationOf, skewnessOf, excessKurtosisOf, totalReturn, valueAtRisk, expectedShortfall, tailRatio];
    for (const metric of nothing) expect(metric(NOTHING)).toBeNull();
    expect(quantileOf(NOTHING, 0.5)).toBeNull();
    expect(maxDrawdown(NOTHING, 1)).toBeNull();
    // Returns that are all alike have no risk to be divided by, and a sum of 0.1 has the noise of floats.
    expect(sharpe(of(0.1, 0.1, 0.1), 0, 252)).toBeNull();
    expect(() => excessOf(of(0.1, 0.2), of(0.1))).toThrow(RangeError);
    expect(sortino(of(0.1, 0.2), 0, 252)).toBeNull();
    expect(omega(of(0.1, 0.2), 0)).toBeNull();
    expect(cagr(0, 3)).toBeNull();
    expect(cagr(2, 0)).toBeNull();
    expect(correlationOf(of(0.1, 0.2), of(0.1, 0.1))).toBeNull();
    expect(informationRatio(of(0.1, 0.2), of(0.1, 0.2), 252)).toBeNull();
    expect(capture(of(0.1, 0.2), of(0.1, 0.2), 'down', 252)).toBeNull();
  });

  it('of shape is that of the sample, or of the population where it says so', () => {
    // Mean 1/4, m₂ = 3/16, m₃ = 3/32: 0.09375 / 0.1875^1.5.
    expect(shapeOf(of(0, 0, 0, 1))?.skewness).toBeCloseTo(1.1547005, 6);
    // √(4·3) / 2 times as much.
    expect(skewnessOf(of(0, 0, 0, 1))).toBeCloseTo(2, 9);
  });

  it('beside a benchmark is by the same bars', () => {
    expect(trackingError(of(0.02, 0, 0.02, 0), of(0.01, 0.01, 0.01, 0.01), 1)).toBeCloseTo(Math.sqrt(4e-4 / 3), 12);
    expect(correlationOf(of(0.01, 0.02, 0.03), of(-0.02, -0.04, -0.06))).toBeCloseTo(-1, 12);
    expect(capture(of(0.02, -0.01), of(0.01, -0.02), 'up', 1)).toBeCloseTo(2, 12);
  });
});

describe('a fall', () => {
  it('begins at the highest so far, and ends where that is reached again', () => {
    const equity = of(110, 99, 88, 110, 120, 108);
    expect(drawdownsOf(equity, 100).map(({ peak, trough, recovered }) => [peak, trough, recovered])).toEqual([
      [0, 2, 3],
      [4, 5, null],
    ]);
    expect(drawdownsOf(equity, 100).map(({ depth }) => Number(depth.toFixed(9)))).toEqual([0.2, 0.1]);
    expect(maxDrawdown(equity, 100)).toBeCloseTo(0.2, 12);
    expect(underwater(of(90, 100), 100)[0]).toBeCloseTo(0.1, 12);
  });
});

describe('returns of the calendar', () => {
  it('are compounded, and say which periods the bars cut', () => {
    const dates: NewYorkDate[] = ['2023-12-28', '2023-12-29', '2024-01-02', '2024-01-31', '2024-02-01'];
    const months = periodReturns(dates, of(0.1, 0.1, 0.2, -0.5, 0), 'month');
    expect(months.map(({ period, isWhole }) => [period, isWhole])).toEqual([
      ['2023-12', false],
      ['2024-01', true],
      ['2024-02', false],
    ]);
    expect(months.map((each) => Number(each.return.toFixed(9)))).toEqual([0.21, -0.4, 0]);
  });
});

describe('the metrics of a result', () => {
  const none = { bar: new Int32Array(), symbol: new Int32Array() };
  const column = (...values: readonly number[]) => Float64Array.from(values);
  const result = {
    start: { date: '2023-12-29', equity: 100 },
    dates: ['2024-01-02', '2024-01-03', '2024-01-04'],
    equity: column(110, 99, 118.8),
    returns: column(0.1, -0.1, 0.2),
    riskFree: column(0, 0, 0),
    exposure: column(1, 0.5, 0),
    turnover: { total: 0.5, perYear: null },
    paid: { commission: column(1, 0, 0), spread: column(0, 0, 0), impact: column(0, 0, 0), fees: column(0, 0, 0), borrow: column(0, 0, 0) },
    trades: {
      ...none,
      units: column(),
      price: column(),
      notional: column(),
      commission: column(),
      spread: column(),
      impact: column(),
      fees: column(),
    },
    rebalances: [],
  } as const satisfies Parameters<typeof metricsOf>[0];

  it('are those of its columns', () => {
    const metrics = metricsOf(result, column(0.1, -0.1, 0.2));
    expect(metrics).toMatchObject({ bars: 3, bestDay: 0.2, worstDay: -0.1, exposure: 0.5, turnover: null, trades: 0 });
    expect(metrics.totalReturn).toBeCloseTo(0.188, 12);
    // Six days of 365.25; two winners of 0.3 together against one loser of 0.1.
    expect(metrics.barsAYear).toBeCloseTo((3 * 365.25) / 6, 9);
    expect(metrics.profitFactor).toBeCloseTo(3, 9);
    expect(metrics.payoff).toBeCloseTo(1.5, 9);
    expect(metrics.kelly).toBeCloseTo(2 / 3 - 1 / 3 / 1.5, 9);
    expect(metrics.longestDrawdownDays).toBe(2);
    expect(metrics.benchmark).toMatchObject({ beta: 1, correlation: 1, trackingError: 0, informationRatio: null });
  });

  it('have others beside them, which are never the same name twice for one program', () => {
    const variants = variantsOf(result);
    expect(new Set(variants.map(({ metric, program }) => `${metric} ${program}`)).size).toBe(variants.length);
    // 1.188^(252/3) − 1 by three bars of 252.
    expect(variants.find(({ metric }) => metric === 'cagr')?.value).toBeCloseTo(1.188 ** 84 - 1, 0);
  });
});
