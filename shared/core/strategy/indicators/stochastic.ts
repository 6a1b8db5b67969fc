// Where the close stands in the range of the last bars: the stochastic oscillator and Williams' %R.
import { highest, lowest } from './extremes.ts';
import { mean } from './mean.ts';
import { requireSameLength } from './window.ts';

export interface Stochastic {
  /** %K. */
  readonly k: Float64Array;
  /** %D. */
  readonly d: Float64Array;
}

/**
 * Raw %K = 100·(close − lowest low) / (highest high − lowest low) of the last `window` bars; %K = its mean over `slowing` bars (1 gives
 * the fast form); %D = the mean of %K over `smooth` bars; 0 … 100. %K is defined from window + slowing − 1 bars on, %D `smooth` − 1 later.
 * Undefined where the range is zero.
 * Source: Lane; Stock.Indicators' Stoch; Tulip's stoch. (TTR counts 0 … 1.)
 * @throws RangeError when a window is not a whole number of at least 1 or the columns differ in length.
 */
export function stochastic(
  high: Float64Array,
  low: Float64Array,
  close: Float64Array,
  { window, slowing, smooth }: { window: number; slowing: number; smooth: number },
): Stochastic {
  const k = mean(placeInRange(high, low, close, window), slowing);
  return { k, d: mean(k, smooth) };
}

/**
 * −100·(highest high − close) / (highest high − lowest low) of the last `window` bars, −100 … 0. Defined from `window` bars on; undefined
 * where the range is zero.
 * Source: Williams 1973; Lean's WilliamsPercentR; Tulip's willr.
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function williamsR(high: Float64Array, low: Float64Array, close: Float64Array, window: number): Float64Array {
  const places = placeInRange(high, low, close, window);
  for (let i = 0; i < places.length; i += 1) places[i] = (places[i] as number) - 100;
  return places;
}

/** 0 at the lowest low, 100 at the highest high. */
function placeInRange(high: Float64Array, low: Float64Array, close: Float64Array, window: number): Float64Array {
  requireSameLength(high, low, close);
  const places = highest(high, window);
  const floor = lowest(low, window);
  for (let i = 0; i < places.length; i += 1) {
    const range = (places[i] as number) - (floor[i] as number);
    places[i] = range > 0 ? 100 * (((close[i] as number) - (floor[i] as number)) / range) : Number.NaN;
  }
  return places;
}
