// The highest and the lowest value of a window.
import { requireCount, undefinedColumn } from './window.ts';

/**
 * The largest value of the last `window` bars, today included, in the unit of the column. Defined from `window` bars on.
 * Source: TTR's runMax.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function highest(column: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  const extremes = undefinedColumn(column.length);
  for (let pivot = window - 1; pivot < column.length; pivot += window) {
    let extreme = Number.NEGATIVE_INFINITY;
    for (let start = pivot, end = pivot + window - 1; start > pivot - window; start -= 1, end -= 1) {
      extreme = Math.max(extreme, column[start] as number);
      if (end < column.length) extremes[end] = extreme;
    }
    extreme = Number.NEGATIVE_INFINITY;
    for (let end = pivot; end < pivot + window && end < column.length; end += 1) {
      extreme = Math.max(extreme, column[end] as number);
      extremes[end] = Math.max(extremes[end] as number, extreme);
    }
  }
  return extremes;
}

/**
 * The smallest value of the last `window` bars, today included, in the unit of the column. Defined from `window` bars on.
 * Source: TTR's runMin.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function lowest(column: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  const extremes = undefinedColumn(column.length);
  for (let pivot = window - 1; pivot < column.length; pivot += window) {
    let extreme = Number.POSITIVE_INFINITY;
    for (let start = pivot, end = pivot + window - 1; start > pivot - window; start -= 1, end -= 1) {
      extreme = Math.min(extreme, column[start] as number);
      if (end < column.length) extremes[end] = extreme;
    }
    extreme = Number.POSITIVE_INFINITY;
    for (let end = pivot; end < pivot + window && end < column.length; end += 1) {
      extreme = Math.min(extreme, column[end] as number);
      extremes[end] = Math.min(extremes[end] as number, extreme);
    }
  }
  return extremes;
}
