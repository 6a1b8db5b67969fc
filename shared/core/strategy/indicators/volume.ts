// What trading volume says: on-balance volume, and the average daily volume that an order is measured against.
import { mean } from './mean.ts';
import { requireSameLength, undefinedColumn } from './window.ts';

/**
 * On-balance volume: the volume of days that closed higher minus that of days that closed lower, summed from 0 at the first bar; in
 * shares. Defined from the first bar on; starts anew after an undefined bar.
 * Source: Granville 1963; Stock.Indicators' Obv; Tulip's obv. (TTR starts at the first bar's volume.)
 * @throws RangeError when the columns differ in length.
 */
export function onBalanceVolume(close: Float64Array, volume: Float64Array): Float64Array {
  requireSameLength(close, volume);
  const balances = undefinedColumn(close.length);
  let balance = 0;
  let before = Number.NaN;
  for (let i = 0; i < close.length; i += 1) {
    const value = close[i] as number;
    const traded = volume[i] as number;
    if (Number.isNaN(value) || Number.isNaN(traded)) {
      balance = 0;
      before = Number.NaN;
      continue;
    }
    if (value > before) balance += traded;
    else if (value < before) balance -= traded;
    before = value;
    balances[i] = balance;
  }
  return balances;
}

/**
 * Average daily volume (ADV): the mean of the last `window` days' volume, in shares. Defined from `window` bars on.
 * @throws RangeError when the window is not a whole number of at least 1.
 */
export function averageDailyVolume(volume: Float64Array, window: number): Float64Array {
  return mean(volume, window);
}

/**
 * Average daily notional: the mean of the last `window` days' close × volume, in dollars. Take closes and volumes that are adjusted alike:
 * a close adjusted for dividends understates what was traded. Defined from `window` bars on.
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function averageDailyNotional(close: Float64Array, volume: Float64Array, window: number): Float64Array {
  requireSameLength(close, volume);
  const notional = new Float64Array(close.length);
  for (let i = 0; i < notional.length; i += 1) notional[i] = (close[i] as number) * (volume[i] as number);
  return mean(notional, window);
}
