// What was earned to the end from a month, a year, ten years before it.
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { yearsBetween } from '../../metrics/years.ts';

export interface Trailing {
  readonly name: string;
  readonly from: NewYorkDate;
  /** Place in the column of the last date at or before `from`. */
  readonly place: number;
  /** Years, where it is annual; null for what is told as a whole. */
  readonly years: number | null;
}

/** @param dates with the start before the first bar. Left out: what is longer than they are. */
export function trailingPeriods(dates: readonly NewYorkDate[]): readonly Trailing[] {
  const last = dates.at(-1) as NewYorkDate;
  const periods: readonly (readonly [string, NewYorkDate])[] = [
    ['month to date', monthsBefore(last, 0)],
    ['3 months', monthsBefore(last, 3, true)],
    ['6 months', monthsBefore(last, 6, true)],
    ['year to date', `${Number(last.slice(0, 4)) - 1}-12-31` as NewYorkDate],
    ...[1, 3, 5, 10].map((years) => [`${years} year${years === 1 ? '' : 's'}`, monthsBefore(last, 12 * years, true)] as const),
    ['all', dates[0] as NewYorkDate],
  ];
  return periods.flatMap(([name, from]) => {
    const place = dates.findLastIndex((date) => date <= from);
    if (place < 0 || place === dates.length - 1) return [];
    const years = yearsBetween(dates[place] as NewYorkDate, last);
    return [{ name, from: dates[place] as NewYorkDate, place, years: years > 1.1 ? years : null }];
  });
}

/** The same day of an earlier month, or its last; without the day, the end of the month before that one. */
function monthsBefore(date: NewYorkDate, months: number, withDay = false): NewYorkDate {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 - months, Number(date.slice(8, 10))];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month, withDay ? Math.min(day, lastDay) : 0)).toISOString().slice(0, 10) as NewYorkDate;
}
