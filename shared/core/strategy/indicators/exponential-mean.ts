// The exponential moving average. It remembers everything since its seed, so its column must begin at a recorded anchor.
import { requireCount, undefinedColumn } from './window.ts';

/** Where an exponential mean starts: at the first bar, or at the mean of the first `window` bars. */
export type Seed = 'first' | 'mean';

/**
 * ema_t = ema_{t−1} + α(x_t − ema_{t−1}), α = 2/(w + 1), in the unit of the column. Defined from `window` bars on, whatever the
 * seed; starts anew after an undefined bar. `exponentialMean(column, 1)` is the column to the last bit.
 * Source: Composer's exponential-moving-average-price (seed `first`); TTR's EMA, TA-Lib and TradingView (seed `mean`).
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function exponentialMean(column: Float64Array, window: number, seed: Seed = 'first'): Float64Array {
  requireCount('window', window);
  const means = undefinedColumn(column.length);
  const alpha = 2 / (window + 1);
  const seedBars = seed === 'first' ? 1 : window;
  let bars = 0;
  let average = 0;
  for (let i = 0; i < column.length; i += 1) {
    const value = column[i] as number;
    if (Number.isNaN(value)) {
      bars = 0;
      continue;
    }
    bars += 1;
    if (bars > seedBars) average = alpha === 1 ? value : average + alpha * (value - average);
    // While seeding: the mean of the bars so far.
    else average = bars === 1 ? value : average + (value - average) / bars;
    if (bars >= window) means[i] = average;
  }
  return means;
}
