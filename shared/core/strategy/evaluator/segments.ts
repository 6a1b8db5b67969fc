// A metric over the series of a node, on each unbroken stretch of it.
import type { NewYorkDate } from '../../values/time.ts';
import type { Unit } from '../indicators/indicator.ts';
import type { StrategyOptions } from '../options.ts';
import type { Metric } from '../tree.ts';
import { isDefined } from './defined.ts';
import { measureBars } from './measure-bars.ts';
import { dailyOf, indicatorOf } from './metric-inputs.ts';
import type { NodeSeries } from './node-series.ts';
import type { Measure } from './split.ts';

/** Metrics in the unit of a price say nothing of a series that starts at 1. */
export function metricOfSegments(
  metric: Metric,
  { returns, isDefined: defined }: NodeSeries,
  dates: readonly NewYorkDate[],
  measure: Measure,
  options: StrategyOptions,
): Float64Array {
  const length = returns.length;
  const column = new Float64Array(length).fill(Number.NaN);
  if (needsPrices(metric)) return column;
  const values = new Float64Array(length);
  let end = 0;
  // Where a stretch ended at a missing return, the day of that return is the first of the next, if its weights are defined.
  for (let start = 0; start < length; start = end) {
    end = start + 1;
    if (defined[start] !== 1) continue;
    values[start] = 1;
    while (end < length && defined[end - 1] === 1 && isDefined(returns[end])) {
      values[end] = (values[end - 1] as number) * (1 + (returns[end] as number));
      end += 1;
    }
    column.set(measureBars(metric, dates.slice(start, end), values.subarray(start, end), {}, measure, options), start);
  }
  return column;
}

/**
 * True for metrics that a series without prices has no answer to: those in the unit of a price, and those that look at
 * more than closes. The price oscillator is a ratio.
 */
export function needsPrices(metric: Metric): boolean {
  const daily = dailyOf(metric);
  switch (daily.name) {
    case 'current-price':
    case 'moving-average-price':
    case 'exponential-moving-average-price':
    case 'stdev-price':
    case 'bollinger-upper':
    case 'bollinger-lower':
      return true;
    case 'indicator': {
      const { indicator, output } = indicatorOf(daily);
      return PRICED.has(output.unit) || indicator.inputs.some((input) => input !== 'close');
    }
    default:
      return false;
  }
}

const PRICED: ReadonlySet<Unit> = new Set(['price', 'price-change', 'dollars', 'shares']);
