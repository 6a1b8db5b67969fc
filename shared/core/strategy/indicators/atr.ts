// Wilder's average true range. It remembers everything since its seed, so its columns must begin at a recorded anchor.
import { requireCount, requireSameLength, undefinedColumn } from './window.ts';

/**
 * The true range TR_t = max(high, close_{t−1}) − min(low, close_{t−1}), smoothed by Wilder's 1/w from the mean of the first w ranges; in
 * price. The first bar has no close before it and so no true range: defined from `window` + 1 bars on. Starts anew after an undefined bar.
 * Source: Wilder 1978; TTR's ATR and Stock.Indicators begin likewise. Tulip and Lean take high − low for the first bar's range and begin
 * one bar earlier.
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function averageTrueRange(high: Float64Array, low: Float64Array, close: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  requireSameLength(high, low, close);
  const averages = undefinedColumn(close.length);
  let ranges = 0;
  let average = 0;
  for (let i = 1; i < close.length; i += 1) {
    const before = close[i - 1] as number;
    const range = Math.max(high[i] as number, before) - Math.min(low[i] as number, before);
    if (Number.isNaN(range)) {
      ranges = 0;
      continue;
    }
    ranges += 1;
    const bars = Math.min(ranges, window);
    average = (average * (bars - 1) + range) / bars;
    if (ranges >= window) averages[i] = average;
  }
  return averages;
}
