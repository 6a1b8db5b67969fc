// Dividends read out of prices that carry both closes: where the adjusted close moves otherwise than the close.
import type { DailyBar } from '../../shared/core/market/bar.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';

export interface CashDividend {
  readonly exDate: NewYorkDate;
  /** Dollars a share, to four decimals. */
  readonly rate: number;
}

/** Shifts below one basis point of the price are the rounding of the file, not a payment. */
const SHIFT_MIN = 0.000_1;

/** By ex-date, ascending. Bars without an adjusted close say nothing. */
export function cashDividends(bars: readonly DailyBar[]): CashDividend[] {
  const dividends: CashDividend[] = [];
  for (let at = 1; at < bars.length; at += 1) {
    const [before, bar] = [bars[at - 1] as DailyBar, bars[at] as DailyBar];
    if (before.adjClose === undefined || bar.adjClose === undefined) continue;
    const shift = 1 - adjustmentFactor(before) / adjustmentFactor(bar);
    const rate = Math.round(shift * before.close * 10_000) / 10_000;
    if (shift >= SHIFT_MIN && rate > 0) dividends.push({ exDate: bar.date, rate });
  }
  return dividends;
}

/** What a dollar of this session's close is in adjusted prices; 1 where the bar does not say. */
export function adjustmentFactor(bar: DailyBar | undefined): number {
  return bar?.adjClose === undefined ? 1 : bar.adjClose / bar.close;
}
