// Channels of extremes: Donchian's, with today in it, and the breakout levels, without.
import { highest, lowest } from './extremes.ts';
import { requireSameLength } from './window.ts';

export interface Channel {
  readonly upper: Float64Array;
  readonly middle: Float64Array;
  readonly lower: Float64Array;
}

/**
 * upper = highest high of the last `window` bars, lower = lowest low, middle = halfway; in price. Today is included, so price never
 * leaves the channel. Defined from `window` bars on.
 * Source: Donchian; TTR's DonchianChannel.
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function donchian(high: Float64Array, low: Float64Array, window: number): Channel {
  requireSameLength(high, low);
  const upper = highest(high, window);
  const lower = lowest(low, window);
  const middle = new Float64Array(high.length);
  for (let i = 0; i < middle.length; i += 1) middle[i] = ((upper[i] as number) + (lower[i] as number)) / 2;
  return { upper, middle, lower };
}

/**
 * The highest high and the lowest low of the `window` bars before today, in price: what a breakout must pass. Defined from `window` + 1
 * bars on. With closes alone, give the closes as both columns.
 * Source: the turtle rules' 20- and 55-day breakouts.
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function breakout(
  high: Float64Array,
  low: Float64Array,
  window: number,
): { readonly highest: Float64Array; readonly lowest: Float64Array } {
  requireSameLength(high, low);
  return { highest: asOfTheBarBefore(highest(high, window), high), lowest: asOfTheBarBefore(lowest(low, window), low) };
}

/** Moves every value one bar later, in place. A bar that is itself undefined stays undefined. */
function asOfTheBarBefore(extremes: Float64Array, column: Float64Array): Float64Array {
  for (let i = extremes.length - 1; i >= 0; i -= 1) {
    extremes[i] = i === 0 || Number.isNaN(column[i] as number) ? Number.NaN : (extremes[i - 1] as number);
  }
  return extremes;
}
