// The hours of a session with the extended hours around it, and the sessions before and after.
import type { Session } from '../../shared/core/market/calendar.ts';
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST, newYorkDate, newYorkInstant } from '../../shared/core/market/new-york-time.ts';
import { addDays, type EpochMs, type NewYorkDate } from '../../shared/core/values/time.ts';
import type { Sessions } from './surroundings.ts';

export interface TradingDay {
  readonly date: NewYorkDate;
  /** 04:00: queued orders start working. */
  readonly premarket: EpochMs;
  readonly open: EpochMs;
  readonly close: EpochMs;
  /** 20:00, or 17:00 after an early close: extended hours are over. */
  readonly end: EpochMs;
}

/** No closure of the exchange lasts longer (eleven days in September 2001 counted from a Monday). */
const CLOSED_DAYS_MAX = 12;

export function tradingDayOf(session: Session): TradingDay {
  const { date, open, close, isEarlyClose } = session;
  return { date, premarket: newYorkInstant(date, 4, 0), open, close, end: newYorkInstant(date, isEarlyClose ? 17 : 20, 0) };
}

/**
 * The first trading day that is not over at `at`.
 * @throws RangeError when the calendar ends before one is found.
 */
export function tradingDayAt(sessions: Sessions, at: EpochMs): TradingDay {
  const date = newYorkDate(at);
  const session = sessions(date);
  const day = session === undefined ? undefined : tradingDayOf(session);
  return day !== undefined && at < day.end ? day : tradingDayAfter(sessions, date);
}

/** @throws RangeError when the calendar ends before one is found. */
export function tradingDayAfter(sessions: Sessions, date: NewYorkDate): TradingDay {
  const session = sessionAfter(sessions, date);
  if (session === undefined) throw new RangeError(`no session is known after ${date}`);
  return tradingDayOf(session);
}

export function sessionAfter(sessions: Sessions, date: NewYorkDate): Session | undefined {
  return search(sessions, date, 1);
}

export function sessionBefore(sessions: Sessions, date: NewYorkDate): Session | undefined {
  return search(sessions, date, -1);
}

function search(sessions: Sessions, from: NewYorkDate, step: 1 | -1): Session | undefined {
  for (let days = 1; days <= CLOSED_DAYS_MAX; days++) {
    const date = addDays(from, step * days);
    if (date < NEW_YORK_DATE_FIRST || date > NEW_YORK_DATE_LAST) return undefined;
    const session = sessions(date);
    if (session !== undefined) return session;
  }
  return undefined;
}
