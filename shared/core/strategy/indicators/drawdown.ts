// How far a price stands, or fell, below its peak. Positive percent, as Composer counts it; at a new high exactly 0.
import { requireCount, undefinedColumn } from './window.ts';

/**
 * drawdown_t = (1 − x_t / max(x_0 … x_t))·100: percent below the highest close since the column began, 0 … 100. Defined from the first
 * bar on; starts anew after an undefined bar.
 * Source: Magdon-Ismail, Atiya 2004, "Maximum drawdown"; empyrical.
 */
export function drawdown(column: Float64Array): Float64Array {
  const drawdowns = undefinedColumn(column.length);
  let peak = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < column.length; i += 1) {
    const value = column[i] as number;
    peak = Number.isNaN(value) ? Number.NEGATIVE_INFINITY : Math.max(peak, value);
    drawdowns[i] = (1 - value / peak) * 100;
  }
  return drawdowns;
}

/**
 * The largest fall from a peak to a later trough among the last `window` closes: max over i ≤ j of (1 − x_j / x_i)·100, in percent,
 * 0 … 100. Defined from `window` closes on.
 * Source: Composer's max-drawdown.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function maxDrawdown(column: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  const drawdowns = undefinedColumn(column.length);
  const peaks = new Float64Array(Math.min(window, column.length));
  for (let pivot = window - 1; pivot < column.length; pivot += window) {
    // What is left of a peak at the worst trough after it; 1 when nothing was lost.
    let left = 1;
    let peak = Number.NEGATIVE_INFINITY;
    let trough = Number.POSITIVE_INFINITY;
    for (let start = pivot, place = window - 1; place >= 0; start -= 1, place -= 1) {
      const value = column[start] as number;
      trough = Math.min(trough, value);
      peak = Math.max(peak, value);
      left = Math.min(left, trough / value);
      peaks[place] = peak;
      if (pivot + place < column.length) drawdowns[pivot + place] = left;
    }
    left = 1;
    peak = Number.NEGATIVE_INFINITY;
    trough = Number.POSITIVE_INFINITY;
    for (let end = pivot, place = 0; place < window && end < column.length; end += 1, place += 1) {
      const value = column[end] as number;
      peak = Math.max(peak, value);
      trough = Math.min(trough, value);
      left = Math.min(left, value / peak);
      // Three places for the worst fall: before the pivot, after it, or across.
      drawdowns[end] = (1 - Math.min(drawdowns[end] as number, left, trough / (peaks[place] as number))) * 100;
    }
  }
  return drawdowns;
}
