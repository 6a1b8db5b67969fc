// The commodity channel index: how unusual the typical price is for its window.
import { mean } from './mean.ts';
import { requireCount, requireSameLength } from './window.ts';

/**
 * (TP − mean of TP) / (0.015 · mean absolute deviation of TP) over the last `window` bars, TP = (high + low + close)/3; without a unit.
 * Defined from `window` bars on (at least 2); undefined where the typical price did not move. The mean absolute deviation has no cheap way
 * to roll on, so this costs window steps a bar.
 * Source: Lambert 1980; Lean's CommodityChannelIndex; Tulip's cci.
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function cci(high: Float64Array, low: Float64Array, close: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  requireSameLength(high, low, close);
  const typical = new Float64Array(close.length);
  for (let i = 0; i < typical.length; i += 1) typical[i] = ((high[i] as number) + (low[i] as number) + (close[i] as number)) / 3;
  const index = mean(typical, window);
  for (let i = window - 1; i < index.length; i += 1) {
    const middle = index[i] as number;
    let absolute = 0;
    for (let j = i - window + 1; j <= i; j += 1) absolute += Math.abs((typical[j] as number) - middle);
    index[i] = ((typical[i] as number) - middle) / (0.015 * (absolute / window));
  }
  return index;
}
