// The slope of the least-squares line through a window.
import { requireCount, undefinedColumn } from './window.ts';

/**
 * slope_t = Σ(p − p̄)·x_p / Σ(p − p̄)², p = 1 … w the place in the window: what the fitted line gains a bar, in the unit of the column.
 * Defined from `window` bars on (at least 2); of a flat window exactly 0.
 * Source: ordinary least squares on the bar number; Tulip's linregslope.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function slope(column: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  const slopes = undefinedColumn(column.length);
  const sums = new Float64Array(Math.min(window, column.length));
  const middle = (window + 1) / 2;
  const spread = (window * (window * window - 1)) / 12;
  for (let pivot = window - 1; pivot < column.length; pivot += window) {
    const reference = column[pivot] as number;
    // Places are counted from the oldest bar: one bar further back moves every bar already summed up by one place.
    let sum = 0;
    let placed = 0;
    for (let start = pivot, place = window - 1; place >= 0; start -= 1, place -= 1) {
      sum += (column[start] as number) - reference;
      placed += sum;
      sums[place] = sum;
      if (pivot + place < column.length) slopes[pivot + place] = placed;
    }
    sum = 0;
    placed = 0;
    for (let end = pivot, place = 0; place < window && end < column.length; end += 1, place += 1) {
      const difference = (column[end] as number) - reference;
      sum += difference;
      placed += place * difference;
      const whole = (slopes[end] as number) + placed + (window - place) * sum;
      slopes[end] = (whole - middle * ((sums[place] as number) + sum)) / spread;
    }
  }
  return slopes;
}
