// A metric on weeks and months: what is known on each day, and that nothing later ever changes it.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIMEFRAMES } from '../../../../../shared/core/market/period-end.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import { measureBars } from '../../../../../shared/core/strategy/evaluator/measure-bars.ts';
import { DEFAULT_OPTIONS, type StrategyOptions } from '../../../../../shared/core/strategy/options.ts';
import type { DailyMetric, Metric } from '../../../../../shared/core/strategy/tree.ts';
import { addDays, type NewYorkDate } from '../../../../../shared/core/values/time.ts';
import { anyOptions } from '../../../../arbitraries/strategy-options.ts';
import { highAt, lowAt, over, volumeAt } from './market.ts';
import { type Bar, onPeriods } from './reference.ts';

const weekly = (of: DailyMetric): Metric => ({ name: 'weekly', of });
const monthly = (of: DailyMetric): Metric => ({ name: 'monthly', of });
const PRICE: DailyMetric = { name: 'current-price' };
const indicator = (name: string, output: string, given: Readonly<Record<string, number>> = {}): DailyMetric => ({
  name: 'indicator',
  indicator: name,
  output,
  given,
});

function valuesOf(metric: Metric, bars: readonly Bar[], options: StrategyOptions = DEFAULT_OPTIONS): number[] {
  const closes = Float64Array.from(bars, ({ close }) => close);
  const others = { high: closes.map(highAt), low: closes.map(lowAt), volume: closes.map(volumeAt) };
  return [
    ...measureBars(
      metric,
      bars.map(({ date }) => date),
      closes,
      others,
      measure,
      options,
    ),
  ];
}

/** One close a day: 1, 2, 3 … */
function counted(...dates: readonly NewYorkDate[]): Bar[] {
  return dates.map((date, place) => ({ date, close: place + 1 }));
}

describe('a weekly close', () => {
  it('is that of the week before, until the close of the last session of this one', () => {
    // Thursday and Friday, then Monday to Friday.
    const days = counted('2026-11-12', '2026-11-13', '2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19', '2026-11-20');
    expect(valuesOf(weekly(PRICE), days)).toEqual([Number.NaN, 2, 2, 2, 2, 2, 7]);
  });

  it('is known on Thursday where Friday is a holiday, and on an early close', () => {
    expect(valuesOf(weekly(PRICE), counted('2026-04-01', '2026-04-02', '2026-04-06'))).toEqual([Number.NaN, 2, 2]);
    expect(valuesOf(weekly(PRICE), counted('2026-11-25', '2026-11-27'))).toEqual([Number.NaN, 2]);
  });

  it('is that of the last bar where the last session has none, and known only from the next bar on', () => {
    expect(valuesOf(weekly(PRICE), counted('2026-11-17', '2026-11-19', '2026-11-23'))).toEqual([Number.NaN, Number.NaN, 2]);
  });

  it('does not change for what is priced on a weekend: that is of the next week', () => {
    expect(valuesOf(weekly(PRICE), counted('2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23', '2026-11-27'))).toEqual([1, 1, 1, 1, 5]);
  });

  it('counts only when the week is past where the calendar does not reach', () => {
    expect(valuesOf(weekly(PRICE), counted('1985-01-03', '1985-01-04', '1985-01-06', '1985-01-07'))).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
      3,
    ]);
  });
});

describe('a month', () => {
  // Two sessions of January, the last of which is the 30th, and one of February.
  const days = counted('2026-01-29', '2026-01-30', '2026-02-02');

  it('closes with its last session', () => {
    expect(valuesOf(monthly(PRICE), days)).toEqual([Number.NaN, 2, 2]);
  });

  it('has the highest high, the lowest low and all of the volume', () => {
    const bars: Bar[] = [
      { date: '2026-01-29', close: 11 },
      { date: '2026-01-30', close: 10 },
      { date: '2026-02-02', close: 1 },
    ];
    // Highs 11 · 1.2 and 10 · 1.1, lows 11 · 0.7 and 10 · 0.8, volumes 100 · 1 and 0.
    expect(valuesOf(monthly(indicator('donchian', 'upper', { window: 1 })), bars)).toEqual([Number.NaN, 13.2, 13.2]);
    expect(valuesOf(monthly(indicator('donchian', 'lower', { window: 1 })), bars)[1]).toBeCloseTo(7.7, 12);
    expect(valuesOf(monthly(indicator('average-daily-volume', 'volume', { window: 1 })), bars)).toEqual([Number.NaN, 100, 100]);
  });
});

describe('an annualised deviation of weekly or monthly returns', () => {
  const annualised: StrategyOptions = { ...DEFAULT_OPTIONS, stdevReturn: 'annualised' };
  const closing = (...closed: readonly [NewYorkDate, number][]): Bar[] => closed.map(([date, close]) => ({ date, close }));

  it('is √2 · √52 = 10.198 percent a year for weeks of +1 and −1 percent', () => {
    const fridays = closing(['2026-11-06', 100], ['2026-11-13', 101], ['2026-11-20', 99.99]);
    expect(valuesOf(weekly(over('stdev-return', 2)), fridays).at(-1)).toBeCloseTo(Math.sqrt(2), 9);
    expect(valuesOf(weekly(over('stdev-return', 2)), fridays, annualised).at(-1)).toBeCloseTo(10.198, 3);
  });

  it('is √2 · √12 = 4.899 percent a year for months of +1 and −1 percent', () => {
    const ends = closing(['2026-01-30', 100], ['2026-02-27', 101], ['2026-03-31', 99.99]);
    expect(valuesOf(monthly(over('stdev-return', 2)), ends, annualised).at(-1)).toBeCloseTo(4.899, 3);
  });
});

const anyBars: fc.Arbitrary<Bar[]> = fc
  .tuple(
    fc.integer({ min: 0, max: 13_000 }),
    fc.array(fc.record({ gap: fc.constantFrom(1, 1, 1, 1, 2, 3, 9), close: fc.double({ min: 1, max: 100, noNaN: true }) }), {
      minLength: 1,
      maxLength: 90,
    }),
  )
  .map(([start, steps]) => {
    let date = addDays('1989-11-01', start);
    return steps.map(({ gap, close }) => {
      date = addDays(date, gap);
      return { date, close };
    });
  });
const anyMetric: fc.Arbitrary<Extract<Metric, { of: DailyMetric }>> = fc.record({
  name: fc.constantFrom(...TIMEFRAMES),
  of: fc.constantFrom<DailyMetric[]>(
    PRICE,
    over('rsi', 2),
    over('cumulative-return', 1),
    over('moving-average-price', 3),
    over('stdev-return', 2),
    over('max-drawdown', 2),
    over('exponential-moving-average-price', 2),
    indicator('average-true-range', 'range', { window: 2 }),
    indicator('average-daily-notional', 'notional', { window: 2 }),
    indicator('aroon', 'up', { window: 2 }),
  ),
});

describe('any metric on weeks or months of any bars', () => {
  it('is on each day that of the periods that are over, put together by hand', () => {
    fc.assert(
      fc.property(anyMetric, anyBars, anyOptions, (metric, bars, options) => {
        // The reference walks along the calendar, which ends before and after.
        fc.pre((bars[0]?.date ?? '') > '1990-01-01' && (bars.at(-1)?.date ?? '') < '2030-10-31');
        const values = valuesOf(metric, bars, options);
        for (const [day, value] of values.entries()) expect(value).toBe(onPeriods(metric, bars.slice(0, day + 1), undefined, options));
      }),
      { numRuns: 150 },
    );
  });

  it('never changes for what comes later, to the last bit', () => {
    fc.assert(
      fc.property(anyMetric, anyBars, fc.nat({ max: 90 }), (metric, bars, until) => {
        expect(valuesOf(metric, bars.slice(0, until))).toEqual(valuesOf(metric, bars).slice(0, until));
      }),
      { numRuns: 150 },
    );
  });
});
