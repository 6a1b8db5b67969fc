// What the parts of the evaluator hand to each other.
import type { ColumnName } from '../indicators/indicator.ts';
import type { StrategyOptions } from '../options.ts';
import type { DailyMetric } from '../tree.ts';

/** What stands beside the closes, as far as it is known: each as long as they are. */
export type OtherColumns = { readonly [Name in Exclude<ColumnName, 'close'>]?: Float64Array };

/** How many returns from bar to bar make a year's. */
export const BARS_A_YEAR = { daily: 252, weekly: 52, monthly: 12 } as const;

/** Metric values of consecutive closes, same length, NaN where undefined. */
export type Measure = (
  metric: DailyMetric,
  closes: Float64Array,
  others: OtherColumns,
  options: StrategyOptions,
  barsAYear: number,
) => Float64Array;

/** What a node gives to its children on one day: shares of its own capital. */
export interface Split {
  readonly children: readonly number[];
  readonly parts: readonly number[];
}
