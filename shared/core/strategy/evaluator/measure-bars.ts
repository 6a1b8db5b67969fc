// A metric on the bars that it is asked of: days, or the weeks and months that are over.
import type { NewYorkDate } from '../../values/time.ts';
import type { StrategyOptions } from '../options.ts';
import type { Metric } from '../tree.ts';
import { type Grid, onGrid, placesOf } from './grid.ts';
import { benchmarkOf } from './metric-inputs.ts';
import { periodsOf } from './periods.ts';
import { BARS_A_YEAR, type Measure, type OtherColumns } from './split.ts';

/**
 * The value that is known at the close of each bar. On weeks and months it changes when one is over, and is NaN until
 * the first is.
 */
export function measureBars(
  metric: Metric,
  dates: readonly NewYorkDate[],
  closes: Float64Array,
  others: OtherColumns,
  measure: Measure,
  options: StrategyOptions,
): Float64Array {
  if (!('of' in metric)) return measure(metric, closes, others, options, BARS_A_YEAR.daily);
  const { columns, completed } = periodsOf(metric.name, dates, { ...others, close: closes });
  const { close, ...besides } = columns;
  const values = measure(metric.of, close, besides, options, BARS_A_YEAR[metric.name]);
  return Float64Array.from(completed, (period) => values[period] ?? Number.NaN);
}

/** The metric of a symbol's own bars, on the days of the grid. */
export function measureSymbol(metric: Metric, symbol: string, grid: Grid, measure: Measure, options: StrategyOptions): Float64Array {
  const { dates, days, closes, fields } = grid.placed(symbol);
  const benchmark = benchmarkOf(metric);
  const others = benchmark === undefined ? fields : { ...fields, benchmark: closesOn(dates, benchmark, grid) };
  return onGrid(measureBars(metric, dates, closes, others, measure, options), days, grid.dates.length);
}

/** NaN where the symbol has no close on that date. */
function closesOn(dates: readonly NewYorkDate[], symbol: string, grid: Grid): Float64Array {
  const { dates: own, closes } = grid.placed(symbol);
  return Float64Array.from(placesOf(dates, own), (bar) => closes[bar] ?? Number.NaN);
}
