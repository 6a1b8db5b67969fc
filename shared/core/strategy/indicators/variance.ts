// The spread of a window around its own mean: variance and standard deviation. Composer's stdev-price is the sample one.
import { requireCount, undefinedColumn } from './window.ts';

/** Which divisor: n − 1 (the window is a sample) or n (it is everything there is). */
export type Divisor = 'sample' | 'population';

/**
 * s_t = √( Σ(x − mean)² / (w − 1) ), or / w for the population, in the unit of the column. Defined from `window` bars on.
 * Of a flat window exactly 0; the sample deviation of one bar is undefined.
 * Source: Composer's stdev-price (sample); TTR's runSD (sample); Bollinger's bands use the population's.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function deviation(column: Float64Array, window: number, divisor: Divisor = 'sample'): Float64Array {
  const deviations = variance(column, window, divisor);
  for (let i = 0; i < deviations.length; i += 1) deviations[i] = Math.sqrt(deviations[i] as number);
  return deviations;
}

/**
 * The square of `deviation`: Σd² − (Σd)²/w, over the divisor. The differences d are from a bar inside the window, so that at least
 * one part in w of Σd² remains: the result has its digits and cannot turn out negative.
 */
export function variance(column: Float64Array, window: number, divisor: Divisor = 'sample'): Float64Array {
  requireCount('window', window);
  const variances = undefinedColumn(column.length);
  const sums = new Float64Array(Math.min(window, column.length));
  const degrees = divisor === 'sample' ? window - 1 : window;
  for (let pivot = window - 1; pivot < column.length; pivot += window) {
    const reference = column[pivot] as number;
    let sum = 0;
    let squares = 0;
    for (let start = pivot, place = window - 1; place >= 0; start -= 1, place -= 1) {
      const difference = (column[start] as number) - reference;
      sum += difference;
      squares += difference * difference;
      sums[place] = sum;
      if (pivot + place < column.length) variances[pivot + place] = squares;
    }
    sum = 0;
    squares = 0;
    for (let end = pivot, place = 0; place < window && end < column.length; end += 1, place += 1) {
      const difference = (column[end] as number) - reference;
      sum += difference;
      squares += difference * difference;
      const whole = (sums[place] as number) + sum;
      variances[end] = ((variances[end] as number) + squares - (whole * whole) / window) / degrees;
    }
  }
  return variances;
}
