// Weeks, months, quarters and years as civil dates. It refuses to know which of their days are sessions.
import { addDays, dayOfWeek, type NewYorkDate } from '../values/time.ts';
import { dateOf } from './nyse-holidays.ts';

export type Period = 'week' | 'month' | 'quarter' | 'year';

const MONTHS_OF = { month: 1, quarter: 3, year: 12 } as const;

/** The first and last civil date of the week (from Monday), month, quarter or year that holds a date. */
export function periodOf(period: Period, date: NewYorkDate): { readonly first: NewYorkDate; readonly last: NewYorkDate } {
  if (period === 'week') {
    const monday = addDays(date, -((dayOfWeek(date) + 6) % 7));
    return { first: monday, last: addDays(monday, 6) };
  }
  const year = Number(date.slice(0, 4));
  const month = Number(date.slice(5, 7));
  const months = MONTHS_OF[period];
  const firstMonth = month - ((month - 1) % months);
  const nextMonth = firstMonth + months;
  const afterLast = nextMonth > 12 ? dateOf(year + 1, nextMonth - 12, 1) : dateOf(year, nextMonth, 1);
  return { first: dateOf(year, firstMonth, 1), last: addDays(afterLast, -1) };
}
