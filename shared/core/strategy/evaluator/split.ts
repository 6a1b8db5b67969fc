// What the parts of the evaluator hand to each other.
import type { StrategyOptions } from '../options.ts';
import type { Metric } from '../tree.ts';

/** Metric values of consecutive closes, same length, NaN where undefined. */
export type Measure = (metric: Metric, closes: Float64Array, options: StrategyOptions) => Float64Array;

/** What a node gives to its children on one day: shares of its own capital. */
export interface Split {
  readonly children: readonly number[];
  readonly parts: readonly number[];
}
