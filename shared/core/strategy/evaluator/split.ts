// What the parts of the evaluator hand to each other.
import type { ColumnName } from '../indicators/indicator.ts';
import type { DailyMetric } from '../tree.ts';

/** What stands beside the closes, as far as it is known: each as long as they are. */
export type OtherColumns = { readonly [Name in Exclude<ColumnName, 'close'>]?: Float64Array };

/** Metric values of consecutive closes, same length, NaN where undefined. */
export type Measure = (metric: DailyMetric, closes: Float64Array, others?: OtherColumns) => Float64Array;

/** What a node gives to its children on one day: shares of its own capital. */
export interface Split {
  readonly children: readonly number[];
  readonly parts: readonly number[];
}
