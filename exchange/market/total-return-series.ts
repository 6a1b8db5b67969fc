// A series in total-return prices: what a holder who reinvests every dividend would see.
import { adjustedBar, type DailySeries } from '../../shared/core/market/bar.ts';

/** The same bars in total-return prices. A bar without an adjusted close stays as it is. */
export function totalReturnSeries({ symbol, bars }: DailySeries): DailySeries {
  return { symbol, bars: bars.map(adjustedBar) };
}
