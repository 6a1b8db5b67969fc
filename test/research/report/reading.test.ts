// What the report says in sentences, held against figures that can be reckoned by hand.
import { describe, expect, it } from 'vitest';
import { metricsOf } from '../../../research/metrics/metrics.ts';
import { readingOf } from '../../../research/report/reading.ts';
import { sheetOf } from '../../../research/report/sheet.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { aReport } from './a-report.ts';

/** Month ends of two years; returns and benchmark are given, everything else is of some backtest. */
function read(returns: readonly number[], theirs?: readonly number[]): string {
  const { result, extras } = aReport({ to: '2016-03-31', hasBenchmark: false });
  const dates = returns.map((_, at) => new Date(Date.UTC(2020, at + 2, 0)).toISOString().slice(0, 10) as NewYorkDate);
  let equity = 1_000;
  const changed = {
    ...result,
    start: { date: '2019-12-31' as NewYorkDate, equity },
    dates,
    returns: Float64Array.from(returns),
    equity: Float64Array.from(returns, (each) => (equity *= 1 + each)),
    riskFree: new Float64Array(returns.length),
  };
  const benchmark = theirs === undefined ? undefined : Float64Array.from(theirs);
  const sheet = sheetOf(changed, metricsOf(changed, benchmark), {
    ...extras,
    ...(benchmark === undefined ? {} : { benchmark: { symbol: 'SPY', returns: benchmark } }),
  });
  return readingOf(sheet).join(' ').replaceAll('\u00a0', ' ');
}

const repeated = (times: number, ...values: readonly number[]) => Array.from({ length: times }, () => values).flat();

describe('the reading', () => {
  it('says what became of the money', () => {
    // 1.01^24 = 1.2697 in 25 months from the last of 2019, the first bar ending in February.
    expect(read(repeated(24, 0.01))).toContain('$1,000 became $1,270 in 2.1 years: 12.1 % a year');
  });

  it('says how far it fell, since when, and whether it is back', () => {
    // 10 % down in May, up again by a fifth at the end of June.
    const back = read([0, 0, 0, -0.1, 0.2, ...repeated(9, 0.01, 0)]);
    expect(back).toContain(
      'At its worst it lost 10.0 %, from Apr 2020 to May 2020, and was back in Jun 2020. The longest wait for a new high took 2 months.',
    );
    expect(read([0, 0, 0, -0.1, ...repeated(10, 0.001, -0.001)])).toContain('and has not been back since');
    expect(read(repeated(24, 0.01))).toContain('It never closed below an earlier high.');
  });

  it('says how it did beside the benchmark', () => {
    const text = read(repeated(12, 0.02, -0.01), repeated(12, 0.04, -0.02));
    expect(text).toMatch(/points a year less than holding SPY, while it moved 50 % less than that from day to day\./);
    expect(read(repeated(12, 0.04, -0.02), repeated(12, 0.02, -0.01))).toMatch(
      /points a year more than holding SPY, while it moved 100 % more than that/,
    );
  });

  it('says how little a Sharpe ratio of a short record is worth', () => {
    // Mean 0.005, deviation 0.0255 of 24 months: 0.68 a year with an error of 0.69, so that zero is within.
    const text = read(repeated(12, 0.03, -0.02));
    expect(text).toMatch(/a Sharpe ratio of 0\.6\d\. .* between −0\.\d and 2\.\d: that it earned nothing at all cannot be ruled out\./);
    expect(read(repeated(12, 0.03, -0.001))).not.toContain('ruled out');
  });
});
