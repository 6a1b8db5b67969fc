// Aroon: how recent the highest high and the lowest low are.
import { requireCount, requireSameLength, undefinedColumn } from './window.ts';

export interface Aroon {
  readonly up: Float64Array;
  readonly down: Float64Array;
  readonly oscillator: Float64Array;
}

/**
 * up = 100·(w − bars since the highest high)/w over the last w + 1 bars, down the same of the lowest low, 0 … 100; oscillator = up − down.
 * Of equal extremes the latest counts. Defined from `window` + 1 bars on.
 * Source: Chande 1995; TTR's aroon; Tulip's aroon. (Stock.Indicators counts the earliest of equal extremes.)
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function aroon(high: Float64Array, low: Float64Array, window: number): Aroon {
  requireCount('window', window);
  requireSameLength(high, low);
  const up = recency(high, window, 1);
  const down = recency(low, window, -1);
  const oscillator = new Float64Array(high.length);
  for (let i = 0; i < oscillator.length; i += 1) oscillator[i] = (up[i] as number) - (down[i] as number);
  return { up, down, oscillator };
}

/** 100 when the highest of `sign`·column is today, 0 when it is `window` bars ago. */
function recency(column: Float64Array, window: number, sign: 1 | -1): Float64Array {
  const recencies = undefinedColumn(column.length);
  const bars = window + 1;
  const extremes = new Float64Array(Math.min(bars, column.length));
  for (let pivot = bars - 1; pivot < column.length; pivot += bars) {
    let extreme = Number.NEGATIVE_INFINITY;
    let at = pivot;
    for (let start = pivot, place = bars - 1; place >= 0; start -= 1, place -= 1) {
      const value = sign * (column[start] as number);
      if (value > extreme) at = start;
      extreme = Math.max(extreme, value);
      extremes[place] = extreme;
      if (pivot + place < column.length) recencies[pivot + place] = at;
    }
    extreme = Number.NEGATIVE_INFINITY;
    at = pivot;
    for (let end = pivot, place = 0; place < bars && end < column.length; end += 1, place += 1) {
      const value = sign * (column[end] as number);
      if (value >= extreme) at = end;
      extreme = Math.max(extreme, value);
      const before = extremes[place] as number;
      const latest = extreme >= before ? at : (recencies[end] as number);
      recencies[end] = Number.isNaN(extreme + before) ? Number.NaN : (100 * (window - (end - latest))) / window;
    }
  }
  return recencies;
}
