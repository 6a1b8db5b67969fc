// Bars of a day put together to bars of a week or a month, and on which day each of them is known.
import { type PeriodEnd, periodEnd, type Timeframe } from '../../market/period-end.ts';
import type { NewYorkDate } from '../../values/time.ts';
import type { ColumnName } from '../indicators/indicator.ts';

type PartialColumns = { readonly [Name in ColumnName]?: Float64Array };

export interface Periods<Columns> {
  /** A value for each period that has a bar, the last of which may still be open. */
  readonly columns: Columns;
  /** For each bar the last period that is over at its close; −1 before the first. */
  readonly completed: Int32Array;
}

/**
 * The close of a period is that of its last bar, its high and low are its extremes, its volume is the sum. The first
 * period begins with the first bar, in the middle of a week or not. A bar that is undefined leaves the high, the low
 * and the volume of its period undefined, the last one the close too.
 */
export function periodsOf<Columns extends PartialColumns>(
  timeframe: Timeframe,
  dates: readonly NewYorkDate[],
  columns: Columns,
): Periods<Columns> {
  const firsts: number[] = [];
  const completed = new Int32Array(dates.length);
  let end: PeriodEnd | undefined;
  for (const [bar, date] of dates.entries()) {
    if (end === undefined || date > end.date) {
      firsts.push(bar);
      end = periodEnd(date, timeframe);
    }
    completed[bar] = firsts.length - (end.isSession && end.date === date ? 1 : 2);
  }
  const together = Object.entries(columns).map(([name, values]) => [name, ofPeriods(name as ColumnName, values, firsts)]);
  // The same names with the same kind of values.
  return { columns: Object.fromEntries(together) as Columns, completed };
}

function ofPeriods(name: ColumnName, values: Float64Array, firsts: readonly number[]): Float64Array {
  return Float64Array.from(firsts, (first, period) => {
    const bars = values.subarray(first, firsts[period + 1] ?? values.length);
    switch (name) {
      case 'close':
      case 'benchmark':
        return bars.at(-1) ?? Number.NaN;
      case 'high':
        return bars.reduce((highest, value) => Math.max(highest, value));
      case 'low':
        return bars.reduce((lowest, value) => Math.min(lowest, value));
      case 'volume':
        return bars.reduce((sum, value) => sum + value);
    }
  });
}
