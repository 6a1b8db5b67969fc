// Values by date as a column of the grid: on each day the one in force, undefined where there is none or it is too old.
import type { NewYorkDate } from '../../values/time.ts';
import type { DatedSeries } from '../ready-made/dated-series.ts';

/** Of a value from before the first day nobody can say how many sessions old it is: it counts as too old. */
export function datedColumn({ dates, values, ageMax }: DatedSeries, days: readonly NewYorkDate[]): Float64Array {
  const column = new Float64Array(days.length).fill(Number.NaN);
  let next = 0;
  /** The last session up to the date of the value in force. */
  let known = -1;
  for (let day = 0; day < days.length; day += 1) {
    const today = days[day] as NewYorkDate;
    while (next < dates.length && (dates[next] as NewYorkDate) <= today) {
      known = dates[next] === today ? day : day - 1;
      next += 1;
    }
    if (known >= 0 && day - known <= ageMax) column[day] = values[next - 1] as number;
  }
  return column;
}
