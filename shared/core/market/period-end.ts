// When a week or a month of closes is over, by the sessions of the exchange. Outside the years that the calendar knows,
// the days of the civil calendar alone decide.
import { addDays, dayOfWeek, type NewYorkDate } from '../values/time.ts';
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST } from './new-york-time.ts';
import { previousSession, sessionOn } from './nyse-calendar.ts';

export const TIMEFRAMES = ['weekly', 'monthly'] as const;
export type Timeframe = (typeof TIMEFRAMES)[number];

export interface PeriodEnd {
  readonly date: NewYorkDate;
  /** False where the last session is not known: then the period is over only after its last day. */
  readonly isSession: boolean;
}

/**
 * The end of the week (Monday to Sunday) or month to which a close of `date` belongs. What is priced after the last
 * session, on a weekend say, belongs to the next period: one that is over never changes.
 */
export function periodEnd(date: NewYorkDate, timeframe: Timeframe): PeriodEnd {
  const found = known[timeframe].get(date);
  if (found !== undefined) return found;
  const end = endOf(date, timeframe);
  known[timeframe].set(date, end);
  return end;
}

/** Every symbol asks for the same dates. Computed once and never changed, so still constants. */
const known = { weekly: new Map<NewYorkDate, PeriodEnd>(), monthly: new Map<NewYorkDate, PeriodEnd>() } as const;

function endOf(date: NewYorkDate, timeframe: Timeframe): PeriodEnd {
  const last = lastDay(date, timeframe);
  if (last < NEW_YORK_DATE_FIRST || last > NEW_YORK_DATE_LAST) return { date: last, isSession: false };
  const session = sessionOn(last)?.date ?? previousSession(last).date;
  if (session >= date) return { date: session, isSession: true };
  const next = addDays(last, 1);
  // No week since 1990 was without a session; if one is, it is over when it is past.
  return lastDay(session, timeframe) === last ? periodEnd(next, timeframe) : { date: last, isSession: false };
}

function lastDay(date: NewYorkDate, timeframe: Timeframe): NewYorkDate {
  if (timeframe === 'weekly') return addDays(date, (7 - dayOfWeek(date)) % 7);
  return new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).toISOString().slice(0, 10) as NewYorkDate;
}
