// A metric over the series of a node, on each unbroken stretch of it.
import type { StrategyOptions } from '../options.ts';
import type { Metric } from '../tree.ts';
import { isDefined } from './defined.ts';
import type { NodeSeries } from './node-series.ts';
import type { Measure } from './split.ts';

/** Metrics of a price level say nothing of a series that starts at 1. */
export function metricOfSegments(
  metric: Metric,
  { returns, isDefined: defined }: NodeSeries,
  measure: Measure,
  options: StrategyOptions,
): Float64Array {
  const length = returns.length;
  const column = new Float64Array(length).fill(Number.NaN);
  if (isPriceLevel(metric)) return column;
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
    column.set(measure(metric, values.subarray(start, end), options), start);
  }
  return column;
}

/** True for metrics in the unit of a price. The price oscillator is a ratio. */
export function isPriceLevel({ name }: Metric): boolean {
  switch (name) {
    case 'current-price':
    case 'moving-average-price':
    case 'exponential-moving-average-price':
    case 'stdev-price':
    case 'bollinger-upper':
    case 'bollinger-lower':
      return true;
    default:
      return false;
  }
}
