// What the charts of a report are drawn from: figures reckoned by hand, and laws.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaOf } from '../../../research/metrics/against-benchmark.ts';
import { sharpe, volatility } from '../../../research/metrics/ratios.ts';
import { logMarks, roundMarks, timeMarks } from '../../../research/report/charts/axes.ts';
import { axisPercent, axisPlain, dollars, percent, plain, signedPercent, smallPercent } from '../../../research/report/figure-text.ts';
import { html } from '../../../research/report/html.ts';
import { histogram } from '../../../research/report/series/histogram.ts';
import { rollingBeta, rollingSharpe, rollingVolatility } from '../../../research/report/series/rolling.ts';
import { sampleDates, sampleNote } from '../../../research/report/series/sample-dates.ts';
import { trailingPeriods } from '../../../research/report/series/trailing-returns.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';

const returnsOf = (length: number) => fc.array(fc.double({ min: -0.2, max: 0.2, noNaN: true }), { minLength: length, maxLength: length });

describe('a rolling figure', () => {
  it('is the metric of the window that ends there, and nothing before the first', () => {
    fc.assert(
      fc.property(returnsOf(40), returnsOf(40), fc.integer({ min: 5, max: 20 }), (left, right, window) => {
        const [own, theirs] = [Float64Array.from(left), Float64Array.from(right)];
        const rolled = {
          sharpe: rollingSharpe(own, window, 252),
          volatility: rollingVolatility(own, window, 252),
          beta: rollingBeta(own, theirs, window),
        };
        for (const column of Object.values(rolled)) expect(column.subarray(0, window - 1).every(Number.isNaN)).toBe(true);
        for (let bar = window - 1; bar < 40; bar += 1) {
          const [mine, other] = [own.slice(bar + 1 - window, bar + 1), theirs.slice(bar + 1 - window, bar + 1)];
          const spread = volatility(mine, 252) ?? 0;
          expect(rolled.volatility[bar]).toBeCloseTo(spread, 6);
          if (spread > 0.01) expect(rolled.sharpe[bar]).toBeCloseTo(sharpe(mine, 0, 252) as number, 5);
          if ((volatility(other, 252) ?? 0) > 0.01) expect(rolled.beta[bar]).toBeCloseTo(betaOf(mine, other) as number, 5);
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe('a histogram', () => {
  it('counts every return once, in bins whose middles are round and one of them zero', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 2, maxLength: 60 }),
        fc.double({ min: 1e-4, max: 0.1, noNaN: true }),
        (all, deviation) => {
          const bins = histogram(Float64Array.from(all), { mean: 0, deviation });
          expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
          expect(bins.reduce((sum, { normal }) => sum + normal, 0)).toBeCloseTo(all.length, 4);
          expect(bins.map(({ middle }) => middle)).toContain(0);
          expect([bins[0]?.from, bins.at(-1)?.to]).toEqual([-Infinity, Infinity]);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('puts a return into the bin around it', () => {
    // 4 · 0.01 / 15 is 0.0027, so that bins are 0.002 wide: 0.0031 falls into 0.003 to 0.005.
    const bins = histogram(Float64Array.of(0.0031, -0.9), { mean: 0, deviation: 0.01 });
    const filled = bins.filter(({ count }) => count > 0);
    expect(filled.map(({ middle }) => Number(middle.toFixed(6)))).toEqual([-0.04, 0.004]);
    // Φ(0.5) − Φ(0.3) = 0.69146 − 0.61791, of two returns.
    expect(filled[1]?.normal).toBeCloseTo(0.1471, 4);
  });
});

describe('a sample of dates', () => {
  const dates = sessionsBetween('2024-01-02', '2025-12-31').map(({ date }) => date);

  it('is all of them where there is room', () => {
    const sample = sampleDates(dates, 1_000);
    expect([sample.every, sample.places.length, sampleNote(sample, dates.length)]).toEqual(['day', dates.length, undefined]);
  });

  it('is the last of each week, month, quarter or year where there is not, with the first', () => {
    const months = sampleDates(dates, 30);
    expect(months.every).toBe('month');
    expect(months.places.slice(0, 3).map((place) => dates[place])).toEqual(['2024-01-02', '2024-01-31', '2024-02-29']);
    expect(sampleNote(months, dates.length)).toBe(`Drawn at the last close of each month: 25 of ${dates.length} points.`);
    // 3 July 2024 was a Wednesday, the 5th the Friday after a holiday.
    const weeks = sampleDates(dates, 200).places.map((place) => dates[place]);
    expect(weeks).toContain('2024-07-05');
    expect(weeks).not.toContain('2024-07-03');
    expect(sampleDates(dates, 10).places.map((place) => dates[place])).toContain('2024-09-30');
    expect(sampleDates(dates, 1).every).toBe('year');
  });

  it('keeps the first and the last, whatever the step', () => {
    for (const pointsMax of [1, 10, 30, 200, 1_000]) {
      const { places } = sampleDates(dates, pointsMax);
      expect([places[0], places.at(-1)]).toEqual([0, dates.length - 1]);
      expect([...places].sort((a, b) => a - b)).toEqual(places);
    }
  });
});

describe('trailing returns', () => {
  const dates = sessionsBetween('2020-02-03', '2024-05-31').map(({ date }) => date);

  it('begin at the last close at or before the day so long before the end', () => {
    const from = Object.fromEntries(trailingPeriods(dates).map((each) => [each.name, each.from]));
    expect(from).toEqual({
      'month to date': '2024-04-30',
      '3 months': '2024-02-29',
      '6 months': '2023-11-30',
      'year to date': '2023-12-29',
      '1 year': '2023-05-31',
      '3 years': '2021-05-28',
      all: '2020-02-03',
    });
  });

  it('are a year only where they are of more than one', () => {
    expect(
      trailingPeriods(dates)
        .filter(({ years }) => years !== null)
        .map(({ name }) => name),
    ).toEqual(['3 years', 'all']);
  });
});

describe('an axis', () => {
  it('has round marks that enclose the figures', () => {
    expect(roundMarks(0, 0.97)).toEqual({ min: 0, max: 1, at: [0, 0.2, 0.4, 0.6, 0.8, 1] });
    expect(roundMarks(-0.13, 0.34).at).toEqual([-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4]);
    expect(roundMarks(5, 5).at.length).toBeGreaterThan(1);
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (low, span) => {
        const { min, max, at } = roundMarks(low, low + span);
        expect(min).toBeLessThanOrEqual(low + span * 1e-6);
        expect(max).toBeGreaterThanOrEqual(low + span * (1 - 1e-6));
        expect(at.length).toBeLessThan(9);
      }),
      { numRuns: 100 },
    );
  });

  it('of logarithms has marks inside them', () => {
    expect(logMarks(80_000, 550_000).at.map((at) => Math.round(10 ** at))).toEqual([100_000, 150_000, 200_000, 300_000, 500_000]);
    expect(logMarks(1, 950).at.map((at) => Math.round(10 ** at))).toEqual([1, 2, 5, 10, 20, 50, 100, 200, 500]);
    // Too narrow for steps of a decade.
    expect(logMarks(101, 119).at.length).toBeGreaterThan(2);
  });

  it('of time has years, or months of a short span', () => {
    const of = (from: NewYorkDate, to: NewYorkDate, kind: 'wide' | 'narrow') => timeMarks(from, to, { kind }).map(({ label }) => label);
    expect(of('2004-11-30', '2023-06-09', 'wide')).toEqual(['2006', '2008', '2010', '2012', '2014', '2016', '2018', '2020', '2022']);
    expect(of('2004-11-30', '2023-06-09', 'narrow')).toEqual(['2005', '2010', '2015', '2020']);
    expect(of('2023-12-29', '2024-06-28', 'wide')).toEqual(['Jan 24', 'Feb 24', 'Mar 24', 'Apr 24', 'May 24', 'Jun 24']);
  });
});

describe('a figure', () => {
  it('has its unit, a minus that is one, and says what is not defined', () => {
    expect([percent(-0.1234), percent(null), percent(Number.NaN), percent(-0.00001)]).toEqual([
      '−12.34\u00a0%',
      'not defined',
      'not defined',
      '0.00\u00a0%',
    ]);
    expect([signedPercent(0.05, 1), signedPercent(-0.05, 1), signedPercent(0)]).toEqual(['+5.0\u00a0%', '−5.0\u00a0%', '0.00\u00a0%']);
    expect([smallPercent(0.000022), smallPercent(0.01), smallPercent(0)]).toEqual(['0.22\u00a0bps', '1.00\u00a0%', '0.00\u00a0%']);
    expect([dollars(1234567.891, 2), dollars(-0.5), dollars(-12, 2), plain(1234.5)]).toEqual([
      '$1,234,567.89',
      '−$1',
      '−$12.00',
      '1,234.50',
    ]);
  });

  it('on an axis has the digits that tell one mark from the next', () => {
    expect([0.005, 0.01, 0.25].map((value) => axisPercent(value, 0.005))).toEqual(['0.5\u00a0%', '1.0\u00a0%', '25.0\u00a0%']);
    expect([axisPercent(0.2, 0.2), axisPlain(0.2, 0.2), axisPlain(400, 200), axisPlain(1, 0.05)]).toEqual([
      '20\u00a0%',
      '0.2',
      '400',
      '1.00',
    ]);
  });

  it('filled into markup is escaped, unless it is markup', () => {
    expect(html`<p title="${'"'}">${'<b>'}${html`<i>${'&'}</i>`}${[1, 'x']}${null}</p>`.markup).toBe(
      '<p title="&quot;">&lt;b&gt;<i>&amp;</i>1x</p>',
    );
  });
});
