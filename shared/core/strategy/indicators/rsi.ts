// Wilder's relative strength index. It remembers everything since its seed, so its column must begin at a recorded anchor.
import { requireCount, undefinedColumn } from './window.ts';

/** How the averages start: at the mean of the first `window` changes, or at the first change. */
export type RsiSeed = 'mean' | 'recursive';

/**
 * rsi_t = 100·G/(G + L), 0 … 100; G and L the smoothed gains and losses, each smoothed by Wilder's 1/w. Defined from `window` + 1 closes
 * on. All gains: 100; all losses: 0; no change at all: 50. Starts anew after an undefined bar.
 * Source: Wilder 1978, "New Concepts in Technical Trading Systems"; TTR's RSI and StockCharts (seed `mean`); pandas' `ewm`
 * (seed `recursive`).
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function rsi(close: Float64Array, window: number, seed: RsiSeed = 'mean'): Float64Array {
  requireCount('window', window);
  const strength = undefinedColumn(close.length);
  let changes = 0;
  let gain = 0;
  let loss = 0;
  for (let i = 1; i < close.length; i += 1) {
    const change = (close[i] as number) - (close[i - 1] as number);
    if (Number.isNaN(change)) {
      changes = 0;
      continue;
    }
    changes += 1;
    // While seeding by the mean, each average is the mean of the changes so far.
    const bars = seed === 'mean' ? Math.min(changes, window) : changes === 1 ? 1 : window;
    gain = (gain * (bars - 1) + Math.max(change, 0)) / bars;
    loss = (loss * (bars - 1) + Math.max(-change, 0)) / bars;
    if (changes >= window) strength[i] = gain + loss === 0 ? 50 : 100 * (gain / (gain + loss));
  }
  return strength;
}
