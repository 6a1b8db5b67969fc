// Bars on one calendar: the days on which a strategy decides, and each symbol's own bars placed on them.
import type { NewYorkDate } from '../../values/time.ts';
import type { BarField, ClosesColumn, History } from '../history.ts';

/** Those that the history has. */
export type BarFields = { readonly [Name in BarField]?: Float64Array };

/** A symbol's own bars, those between the days of the grid too: windows count these, not the days. */
export interface PlacedBars {
  readonly dates: readonly NewYorkDate[];
  readonly closes: Float64Array;
  readonly fields: BarFields;
  /** `days[i]` is the grid day of bar i, ascending; −1 for a bar on another date. */
  readonly days: Int32Array;
}

export interface Grid {
  readonly dates: readonly NewYorkDate[];
  /** A symbol without prices has no bars. */
  placed(symbol: string): PlacedBars;
}

/** The days are every date on which any symbol has a bar, unless the sessions of a calendar are given. */
export function gridOf(history: History, sessions?: readonly NewYorkDate[]): Grid {
  const dates = sessions ?? datesOf(history);
  const placed = new Map<string, PlacedBars>();
  for (const column of history.columns) {
    const { dates: own, closes } = column;
    placed.set(column.symbol, {
      dates: own,
      days: placesOf(own, dates),
      closes: Float64Array.from(own, (_, bar) => sound(closes[bar])),
      fields: fieldsOf(column),
    });
  }
  const none: PlacedBars = { dates: [], days: new Int32Array(0), closes: new Float64Array(0), fields: {} };
  return { dates, placed: (symbol) => placed.get(symbol) ?? none };
}

function fieldsOf({ dates, highs, lows, volumes }: ClosesColumn): BarFields {
  return {
    ...(highs === undefined ? {} : { high: Float64Array.from(dates, (_, bar) => sound(highs[bar])) }),
    ...(lows === undefined ? {} : { low: Float64Array.from(dates, (_, bar) => sound(lows[bar])) }),
    // A session without a trade is one of no shares.
    ...(volumes === undefined ? {} : { volume: Float64Array.from(dates, (_, bar) => (volumes[bar] === 0 ? 0 : sound(volumes[bar]))) }),
  };
}

/** The place of each date among the others, or −1. Both are ascending: one walk along the two. */
export function placesOf(own: readonly NewYorkDate[], dates: readonly NewYorkDate[]): Int32Array {
  const places = new Int32Array(own.length);
  let day = 0;
  for (let bar = 0; bar < own.length; bar += 1) {
    const date = own[bar] as NewYorkDate;
    while (day < dates.length && (dates[day] as NewYorkDate) < date) day += 1;
    places[bar] = dates[day] === date ? day : -1;
  }
  return places;
}

function datesOf(history: History): NewYorkDate[] {
  const dates = new Set<NewYorkDate>();
  for (const column of history.columns) for (const date of column.dates) dates.add(date);
  return [...dates].sort();
}

/** A price that is none counts as undefined, never as a number. */
function sound(price: number | null | undefined): number {
  return typeof price === 'number' && price > 0 && Number.isFinite(price) ? price : Number.NaN;
}

/** Values of a symbol's own bars on the days of the grid; NaN where it has no bar. */
export function onGrid(values: Float64Array, days: Int32Array, length: number): Float64Array {
  if (isBarOnEveryDay(days, length)) return values;
  const column = new Float64Array(length).fill(Number.NaN);
  for (let bar = 0; bar < days.length; bar += 1) {
    const day = days[bar] as number;
    if (day >= 0) column[day] = values[bar] as number;
  }
  return column;
}

function isBarOnEveryDay(days: Int32Array, length: number): boolean {
  if (days.length !== length) return false;
  for (let day = 0; day < length; day += 1) if (days[day] !== day) return false;
  return true;
}
