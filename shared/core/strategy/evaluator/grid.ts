// Closes on one calendar: the days on which a strategy decides, and each symbol's own bars placed on them.
import type { NewYorkDate } from '../../values/time.ts';
import type { History } from '../history.ts';

/** A symbol's own bars, those between the days of the grid too: windows count these, not the days. */
export interface PlacedCloses {
  readonly closes: Float64Array;
  /** `days[i]` is the grid day of bar i, ascending; −1 for a bar on another date. */
  readonly days: Int32Array;
}

export interface Grid {
  readonly dates: readonly NewYorkDate[];
  /** A symbol without prices has no bars. */
  placed(symbol: string): PlacedCloses;
}

/** The days are every date on which any symbol has a bar, unless the sessions of a calendar are given. */
export function gridOf(history: History, sessions?: readonly NewYorkDate[]): Grid {
  const dates = sessions ?? datesOf(history);
  const placed = new Map<string, PlacedCloses>();
  for (const { symbol, dates: own, closes } of history.columns) {
    placed.set(symbol, {
      days: daysOf(own, dates),
      closes: Float64Array.from(own, (_, bar) => sound(closes[bar])),
    });
  }
  const none: PlacedCloses = { days: new Int32Array(0), closes: new Float64Array(0) };
  return { dates, placed: (symbol) => placed.get(symbol) ?? none };
}

/** Both are ascending: one walk along the two. */
function daysOf(own: readonly NewYorkDate[], dates: readonly NewYorkDate[]): Int32Array {
  let day = 0;
  return Int32Array.from(own, (date) => {
    while (day < dates.length && (dates[day] as NewYorkDate) < date) day += 1;
    return dates[day] === date ? day : -1;
  });
}

function datesOf(history: History): NewYorkDate[] {
  const dates = new Set<NewYorkDate>();
  for (const column of history.columns) for (const date of column.dates) dates.add(date);
  return [...dates].sort();
}

/** A price that is none counts as undefined, never as a number. */
function sound(close: number | undefined): number {
  return close !== undefined && close > 0 && Number.isFinite(close) ? close : Number.NaN;
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
