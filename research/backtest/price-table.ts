// Prices as columns, read once and backtested on as often as one likes. Plain values: a table can be sent to another thread.
import { type AssetClass, closesBetween } from '../../shared/core/market/asset-calendar.ts';
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { NEW_YORK_DATE_FIRST } from '../../shared/core/market/new-york-time.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';

/** The bars of one symbol; NaN where a bar has no such value, and a column that no bar has is absent. */
export interface PriceColumn {
  readonly symbol: string;
  /** Strictly ascending. */
  readonly dates: readonly NewYorkDate[];
  /** Adjusted for splits alone. */
  readonly closes: Float64Array;
  /** Adjusted for splits and dividends; the closes where the source has no other. */
  readonly adjusted: Float64Array;
  /** In the prices of `closes`. */
  readonly opens?: Float64Array;
  readonly highs?: Float64Array;
  readonly lows?: Float64Array;
  /** Shares. */
  readonly volumes?: Float64Array;
}

export interface PriceTable {
  /** The first date of any bar. What never forgets depends on it, so it is part of every decision. */
  readonly anchor: NewYorkDate;
  /** The days that are decided on, ascending: those of the calendar up to the last bar. */
  readonly dates: readonly NewYorkDate[];
  /** By symbol, ascending. */
  readonly columns: readonly PriceColumn[];
}

/**
 * Bars from before 1990, which no calendar knows, are left out.
 * @param calendar whose days are decided on; left out, every date that any symbol has.
 */
export function priceTable(series: readonly DailySeries[], calendar?: AssetClass): PriceTable {
  return tableOf(
    series.map(({ symbol, bars }) => columnOf({ symbol, bars: bars.filter(({ date }) => date >= NEW_YORK_DATE_FIRST) })),
    calendar,
  );
}

/** The same from columns that are there already. */
export function tableOf(columns: readonly PriceColumn[], calendar?: AssetClass): PriceTable {
  const ascending = columns.filter(({ dates }) => dates.length > 0).sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const firsts = ascending.flatMap(({ dates }) => dates[0] ?? []).sort();
  const lasts = ascending.flatMap(({ dates }) => dates.at(-1) ?? []).sort();
  const [anchor, last] = [firsts[0] ?? NEW_YORK_DATE_FIRST, lasts.at(-1)];
  if (last === undefined) return { anchor, dates: [], columns: [] };
  const dates = calendar === undefined ? datesOf(ascending) : closesBetween(calendar, anchor, last);
  return { anchor, dates, columns: ascending };
}

function columnOf({ symbol, bars }: DailySeries): PriceColumn {
  const valuesOf = (field: 'open' | 'high' | 'low' | 'volume'): Float64Array | undefined =>
    bars.some((bar) => bar[field] !== undefined) ? Float64Array.from(bars, (bar) => bar[field] ?? Number.NaN) : undefined;
  const closes = Float64Array.from(bars, ({ close }) => close);
  const [opens, highs, lows, volumes] = [valuesOf('open'), valuesOf('high'), valuesOf('low'), valuesOf('volume')];
  return {
    symbol,
    dates: bars.map(({ date }) => date),
    closes,
    adjusted: Float64Array.from(bars, ({ close, adjClose }) => adjClose ?? close),
    ...(opens === undefined ? {} : { opens }),
    ...(highs === undefined ? {} : { highs }),
    ...(lows === undefined ? {} : { lows }),
    ...(volumes === undefined ? {} : { volumes }),
  };
}

function datesOf(columns: readonly PriceColumn[]): NewYorkDate[] {
  const dates = new Set<NewYorkDate>();
  for (const column of columns) for (const date of column.dates) dates.add(date);
  return [...dates].sort();
}
