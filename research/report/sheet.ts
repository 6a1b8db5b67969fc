// A result opened for the report: what several sections draw from is made once. Columns here begin with the start, before the first
// bar, one place longer than those of the result.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { BacktestResult } from '../backtest/backtest-result.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { TearSheetExtras } from './report-inputs.ts';
import { type Sample, sampleDates } from './series/sample-dates.ts';

export interface Sheet {
  readonly result: BacktestResult;
  readonly metrics: Metrics;
  readonly extras: TearSheetExtras;
  readonly dates: readonly NewYorkDate[];
  readonly equity: Float64Array;
  readonly benchmark: { readonly symbol: string; readonly returns: Float64Array; readonly equity: Float64Array } | undefined;
  /** What a line over all dates shows. */
  readonly sample: Sample;
}

export const POINTS_MAX = 1500;

export function sheetOf(result: BacktestResult, metrics: Metrics, extras: TearSheetExtras): Sheet {
  const { start, returns } = result;
  const dates = [start.date, ...result.dates];
  const { benchmark } = extras;
  if (benchmark !== undefined && benchmark.returns.length !== returns.length)
    throw new RangeError(`the benchmark has ${benchmark.returns.length} returns for ${returns.length} bars`);
  return {
    result,
    metrics,
    extras,
    dates,
    equity: Float64Array.from(dates, (_, at) => (at === 0 ? start.equity : (result.equity[at - 1] as number))),
    benchmark: benchmark === undefined ? undefined : { ...benchmark, equity: grown(benchmark.returns, start.equity) },
    sample: sampleDates(dates, POINTS_MAX),
  };
}

function grown(returns: Float64Array, start: number): Float64Array {
  const equity = new Float64Array(returns.length + 1);
  equity[0] = start;
  for (let bar = 0; bar < returns.length; bar += 1) equity[bar + 1] = (equity[bar] as number) * (1 + (returns[bar] as number));
  return equity;
}

/** The values at these places. */
export function taken<Value>(values: ArrayLike<Value>, places: readonly number[]): Value[] {
  return places.map((place) => values[place] as Value);
}
