// How many standard deviations a close stands from the mean of its window.
import { mean } from './mean.ts';
import { type Divisor, deviation } from './variance.ts';

/**
 * z_t = (x_t − mean) / s over the last `window` bars, today included; without a unit. Defined from `window` bars on (at least 2); undefined
 * where the window is flat.
 * Source: the standard score; Stock.Indicators' StdDev.zScore (population).
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function zScore(column: Float64Array, window: number, divisor: Divisor = 'sample'): Float64Array {
  const scores = mean(column, window);
  const deviations = deviation(column, window, divisor);
  for (let i = 0; i < scores.length; i += 1) scores[i] = ((column[i] as number) - (scores[i] as number)) / (deviations[i] as number);
  return scores;
}
