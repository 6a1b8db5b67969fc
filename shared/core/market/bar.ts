// Daily bars. Research and strategy read them as float64 columns; they never reach an order.
import type { NewYorkDate } from '../values/time.ts';

/** What a past close is corrected for: `adjusted` for splits and dividends, `split-adjusted` for splits alone. */
export type PriceAdjustment = 'adjusted' | 'split-adjusted';

/** One session of one symbol. Prices in dollars; `adjClose` is corrected by the adjustment that was asked for. */
export interface DailyBar {
  readonly date: NewYorkDate;
  readonly close: number;
  readonly open?: number;
  readonly high?: number;
  readonly low?: number;
  readonly adjClose?: number;
  readonly volume?: number;
}

/** The bars of one symbol, dates strictly ascending. */
export interface DailySeries {
  readonly symbol: string;
  readonly bars: readonly DailyBar[];
}

/**
 * The bar in adjusted prices: what a holder who reinvests every dividend would see. One without an adjusted close stays
 * as it is. The volume stays that of the day, as how much of the adjustment is a split is not known.
 */
export function adjustedBar(bar: DailyBar): DailyBar {
  const { adjClose: close } = bar;
  if (close === undefined) return bar;
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

/** What is wrong with a bar given the one before it; undefined when it is sound. */
export function refuseBar(bar: DailyBar, previous: DailyBar | undefined): string | undefined {
  // Each field by its name: a loop over names would ask every bar what it has under a word, and there are many bars.
  const { open, high, low, close, adjClose, volume } = bar;
  const unsound =
    refusePrice('open', open) ??
    refusePrice('high', high) ??
    refusePrice('low', low) ??
    refusePrice('close', close) ??
    refusePrice('adjClose', adjClose);
  if (unsound !== undefined) return unsound;
  if (volume !== undefined && !(Number.isFinite(volume) && volume >= 0))
    return `volume is ${volume}, expected a finite number of at least 0`;
  if (high !== undefined && low !== undefined && high < low) return `high ${high} is below low ${low}`;
  const outside = refuseOutside('close', close, bar) ?? refuseOutside('open', open, bar);
  if (outside !== undefined) return outside;
  if (previous === undefined) return undefined;
  if (bar.date === previous.date) return `date ${bar.date} appears twice`;
  if (bar.date < previous.date) return `date ${bar.date} comes after ${previous.date}, expected ascending dates`;
  return undefined;
}

function refusePrice(field: string, price: number | undefined): string | undefined {
  return price === undefined || (Number.isFinite(price) && price > 0)
    ? undefined
    : `${field} is ${price}, expected a finite number above 0`;
}

function refuseOutside(field: string, price: number | undefined, { high, low }: DailyBar): string | undefined {
  if (price === undefined) return undefined;
  if (high !== undefined && price > high) return `${field} ${price} is above high ${high}`;
  return low !== undefined && price < low ? `${field} ${price} is below low ${low}` : undefined;
}
