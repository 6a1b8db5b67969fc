// Bands around an average: Bollinger's by standard deviation, Keltner's by true range.
import { averageTrueRange } from './atr.ts';
import type { Channel } from './channels.ts';
import { exponentialMean, type Seed } from './exponential-mean.ts';
import { mean } from './mean.ts';
import { type Divisor, deviation } from './variance.ts';

/**
 * middle = mean of `window` closes, upper and lower `deviations` standard deviations of the same closes away; in price. Defined from
 * `window` closes on.
 * Source: Bollinger, "Bollinger on Bollinger Bands": the population's deviation.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function bollinger(close: Float64Array, window: number, deviations: number, divisor: Divisor = 'population'): Channel {
  return around(mean(close, window), deviation(close, window, divisor), deviations);
}

/**
 * middle = EMA(window) of the closes, upper and lower `multiple` average true ranges away; in price. The middle is defined from `window`
 * bars on, the bands from max(window, rangeWindow + 1) on.
 * Source: Keltner 1960 in Raschke's form (EMA 20, ATR 10, 2).
 * @throws RangeError when a window is not a whole number of at least 1 or the columns differ in length.
 */
export function keltner(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  { window, rangeWindow, multiple, seed = 'first' }: { window: number; rangeWindow: number; multiple: number; seed?: Seed },
): Channel {
  return around(exponentialMean(close, window, seed), averageTrueRange(high, low, close, rangeWindow), multiple);
}

/** Takes `widths` over as the upper band. */
function around(middle: Float64Array, widths: Float64Array, multiple: number): Channel {
  const upper = widths;
  const lower = new Float64Array(middle.length);
  for (let i = 0; i < middle.length; i += 1) {
    const level = middle[i] as number;
    const width = multiple * (widths[i] as number);
    lower[i] = level - width;
    upper[i] = level + width;
  }
  return { upper, middle, lower };
}
