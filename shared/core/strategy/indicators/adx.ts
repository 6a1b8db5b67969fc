// Wilder's directional movement: how strongly a price trends, and which way. It remembers everything since its seed.
import { requireCount, requireSameLength, undefinedColumn } from './window.ts';

export interface DirectionalMovement {
  /** +DI. */
  readonly plus: Float64Array;
  /** −DI. */
  readonly minus: Float64Array;
  readonly adx: Float64Array;
}

/**
 * +DM is today's rise of the high where it is above 0 and above the fall of the low, −DM the other way round. ±DI = 100·smoothed DM /
 * smoothed true range; DX = 100·|+DI − −DI| / (+DI + −DI); ADX = DX smoothed. All smoothed by Wilder's 1/w from the mean of the first w
 * values; 0 … 100. The DIs are defined from `window` + 1 bars on, the ADX from 2·`window` on. Where nothing moved at all, all three are 0.
 * Starts anew after an undefined bar.
 * Source: Wilder 1978; TTR's ADX; Stock.Indicators. (Tulip seeds with one bar fewer.)
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function directionalMovement(high: Float64Array, low: Float64Array, close: Float64Array, window: number): DirectionalMovement {
  requireCount('window', window);
  requireSameLength(high, low, close);
  const plus = undefinedColumn(close.length);
  const minus = undefinedColumn(close.length);
  const adx = undefinedColumn(close.length);
  let changes = 0;
  let up = 0;
  let down = 0;
  let range = 0;
  let trend = 0;
  for (let i = 1; i < close.length; i += 1) {
    const before = close[i - 1] as number;
    const rise = (high[i] as number) - (high[i - 1] as number);
    const fall = (low[i - 1] as number) - (low[i] as number);
    const trueRange = Math.max(high[i] as number, before) - Math.min(low[i] as number, before);
    if (Number.isNaN(rise + fall + trueRange)) {
      changes = 0;
      continue;
    }
    changes += 1;
    const bars = Math.min(changes, window);
    up = (up * (bars - 1) + (rise > fall && rise > 0 ? rise : 0)) / bars;
    down = (down * (bars - 1) + (fall > rise && fall > 0 ? fall : 0)) / bars;
    range = (range * (bars - 1) + trueRange) / bars;
    if (changes < window) continue;
    plus[i] = range === 0 ? 0 : (100 * up) / range;
    minus[i] = range === 0 ? 0 : (100 * down) / range;
    const directional = up + down === 0 ? 0 : (100 * Math.abs(up - down)) / (up + down);
    const trends = Math.min(changes - window + 1, window);
    trend = (trend * (trends - 1) + directional) / trends;
    if (changes >= 2 * window - 1) adx[i] = trend;
  }
  return { plus, minus, adx };
}
