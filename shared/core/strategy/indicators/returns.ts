// What a close earned since the close before, or since some closes before.
import { requireCount, undefinedColumn } from './window.ts';

/** r_t = x_t / x_{t−1} − 1, a fraction (0.01 is 1 %). Defined from 2 closes on. */
export function returns(close: Float64Array): Float64Array {
  const earned = undefinedColumn(close.length);
  for (let i = 1; i < close.length; i += 1) earned[i] = (close[i] as number) / (close[i - 1] as number) - 1;
  return earned;
}

/** ln(x_t / x_{t−1}). Defined from 2 closes on. */
export function logReturns(close: Float64Array): Float64Array {
  const earned = undefinedColumn(close.length);
  for (let i = 1; i < close.length; i += 1) earned[i] = Math.log((close[i] as number) / (close[i - 1] as number));
  return earned;
}

/**
 * (x_t / x_{t−w} − 1)·100, in percent. Defined from `window` + 1 closes on; undefined when any close between the two is, like every
 * window that holds an undefined bar.
 * Source: Composer's cumulative-return; TTR's ROC (discrete), also known as the rate of change.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function cumulativeReturn(close: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  const earned = undefinedColumn(close.length);
  let bars = 0;
  for (let i = 0; i < close.length; i += 1) {
    const value = close[i] as number;
    bars = Number.isNaN(value) ? 0 : bars + 1;
    if (bars > window) earned[i] = (value / (close[i - window] as number) - 1) * 100;
  }
  return earned;
}
