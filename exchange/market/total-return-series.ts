// A series in total-return prices: what a holder who reinvests every dividend would see.
import type { DailyBar, DailySeries } from '../../shared/core/market/bar.ts';

/** The same bars in total-return prices. A bar without an adjusted close stays as it is. */
export function totalReturnSeries({ symbol, bars }: DailySeries): DailySeries {
  return { symbol, bars: bars.map((bar) => (bar.adjClose === undefined ? bar : scaledTo(bar.adjClose, bar))) };
}

function scaledTo(close: number, bar: DailyBar): DailyBar {
  const ratio = close / bar.close;
  const open = bar.open === undefined ? {} : { open: bar.open * ratio };
  const top = Math.max(close, open.open ?? close);
  const bottom = Math.min(close, open.open ?? close);
  return {
    date: bar.date,
    close,
    adjClose: close,
    ...open,
    // Scaling rounds; the bar must still contain its own open and close.
    ...(bar.high === undefined ? {} : { high: Math.max(bar.high * ratio, top) }),
    ...(bar.low === undefined ? {} : { low: Math.min(bar.low * ratio, bottom) }),
    ...(bar.volume === undefined ? {} : { volume: bar.volume }),
  };
}
