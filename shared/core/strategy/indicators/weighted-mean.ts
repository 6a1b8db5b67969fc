// The linearly weighted mean of a window: the newest bar counts w times, the oldest once.
import { requireCount, undefinedColumn } from './window.ts';

/**
 * wma_t = (w·x_t + (w − 1)·x_{t−1} + … + 1·x_{t−w+1}) / (w(w + 1)/2), in the unit of the column. Defined from `window` bars on.
 * Source: Achelis, "Technical Analysis from A to Z"; TTR's WMA.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function weightedMean(column: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  const means = undefinedColumn(column.length);
  const weights = (window * (window + 1)) / 2;
  for (let pivot = window - 1; pivot < column.length; pivot += window) {
    const reference = column[pivot] as number;
    // One bar further back raises the weight of every bar already summed by one.
    let sum = 0;
    let weighted = 0;
    for (let start = pivot, end = pivot + window - 1; start > pivot - window; start -= 1, end -= 1) {
      sum += (column[start] as number) - reference;
      weighted += sum;
      if (end < column.length) means[end] = weighted;
    }
    let after = 0;
    let afterWeighted = 0;
    for (let end = pivot, place = 0; place < window && end < column.length; end += 1, place += 1) {
      const difference = (column[end] as number) - reference;
      after += difference;
      afterWeighted += place * difference;
      // The bar `i` places after the pivot stands behind window − place older ones.
      means[end] = reference + ((means[end] as number) + afterWeighted + (window - place) * after) / weights;
    }
  }
  return means;
}
