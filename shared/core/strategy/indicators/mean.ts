// The arithmetic mean of a window: the simple moving average, and Composer's moving-average-price.
import { requireCount, undefinedColumn } from './window.ts';

/**
 * mean_t = (x_t + … + x_{t−w+1}) / w, in the unit of the column. Defined from `window` bars on.
 * `mean(column, 1)` is the column to the last bit, and the mean of a flat window is its value to the last bit.
 * Source: Composer's moving-average-price; TTR's SMA.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function mean(column: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  const means = undefinedColumn(column.length);
  for (let pivot = window - 1; pivot < column.length; pivot += window) {
    const reference = column[pivot] as number;
    let before = 0;
    for (let start = pivot, end = pivot + window - 1; start > pivot - window; start -= 1, end -= 1) {
      before += (column[start] as number) - reference;
      if (end < column.length) means[end] = before;
    }
    let after = 0;
    for (let end = pivot; end < pivot + window && end < column.length; end += 1) {
      after += (column[end] as number) - reference;
      means[end] = reference + ((means[end] as number) + after) / window;
    }
  }
  return means;
}
