// The distance of two exponential means and its signal: MACD in price, PPO in percent.
import { exponentialMean, type Seed } from './exponential-mean.ts';

export interface Macd {
  readonly line: Float64Array;
  readonly signal: Float64Array;
  readonly histogram: Float64Array;
}

/**
 * line = EMA(short) − EMA(long); signal = EMA(smooth) of the line from its first value on; histogram = line − signal; all in price.
 * The line is defined from max(short, long) closes on, the others from `smooth` − 1 later.
 * Source: Appel 1979; Tulip's macd (seed `first`); TTR's MACD (seed `mean`).
 * @throws RangeError when a window is not a whole number of at least 1.
 */
export function macd(close: Float64Array, short: number, long: number, smooth: number, seed: Seed = 'first'): Macd {
  const line = exponentialMean(close, short, seed);
  const slow = exponentialMean(close, long, seed);
  for (let i = 0; i < line.length; i += 1) line[i] = (line[i] as number) - (slow[i] as number);
  const signal = exponentialMean(line, smooth, seed);
  const histogram = slow;
  for (let i = 0; i < line.length; i += 1) histogram[i] = (line[i] as number) - (signal[i] as number);
  return { line, signal, histogram };
}

/**
 * (EMA(short) − EMA(long)) / EMA(long)·100, in percent. Defined from max(short, long) closes on.
 * Source: Composer's percentage-price-oscillator (seed `first`).
 * @throws RangeError when a window is not a whole number of at least 1.
 */
export function percentagePriceOscillator(close: Float64Array, short: number, long: number, seed: Seed = 'first'): Float64Array {
  const oscillator = exponentialMean(close, short, seed);
  const slow = exponentialMean(close, long, seed);
  for (let i = 0; i < oscillator.length; i += 1) {
    const level = slow[i] as number;
    oscillator[i] = (((oscillator[i] as number) - level) / level) * 100;
  }
  return oscillator;
}

/**
 * The EMA(smooth) of the percentage price oscillator, seeded at its first value; in percent. Defined from max(short, long) + smooth − 1
 * closes on.
 * Source: Composer's percentage-price-oscillator-signal.
 * @throws RangeError when a window is not a whole number of at least 1.
 */
export function percentagePriceOscillatorSignal(
  close: Float64Array,
  short: number,
  long: number,
  smooth: number,
  seed: Seed = 'first',
): Float64Array {
  return exponentialMean(percentagePriceOscillator(close, short, long, seed), smooth, seed);
}
