// Weeks, months, quarters and years as civil dates. It refuses to know which of their days are sessions.
import { addDays, dayOfWeek, type NewYorkDate } from '../values/time.ts';
import { dateOf } from './nyse-holidays.ts';

export type Period = 'week' | 'month' | 'quarter' | 'year';

const MONTHS_OF = { month: 1, quarter: 3, year: 12 } as const;

/** The first civil date of the period that holds a date: a backtest asks it of every day. */
export function firstOfPeriod(period: Period, date: NewYorkDate): NewYorkDate {
  if (period === 'week') return addDays(date, -((dayOfWeek(date) + 6) % 7));
  const month = Number(date.slice(5, 7));
  return dateOf(Number(date.slice(0, 4)), month - ((month - 1) % MONTHS_OF[period]), 1);
}

/** The first and last civil date of the week (from Monday), month, quarter or year that holds a date. */
export function periodOf(period: Period, date: NewYorkDate): { readonly first: NewYorkDate; readonly last: NewYorkDate } {
  const first = firstOfPeriod(period, date);
  if (period === 'week') return { first, last: addDays(first, 6) };
  const year = Number(first.slice(0, 4));
  const nextMonth = Number(first.slice(5, 7)) + MONTHS_OF[period];
  const afterLast = nextMonth > 12 ? dateOf(year + 1, nextMonth - 12, 1) : dateOf(year, nextMonth, 1);
  return { first, last: addDays(afterLast, -1) };
}
