// A calendar for tests of the exchange: every weekday is a session, except those that a test takes away.
import type { Sessions } from '../../exchange/market/sessions.ts';
import type { Session } from '../../shared/core/market/calendar.ts';
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST, newYorkInstant } from '../../shared/core/market/new-york-time.ts';
import { addDays, dayOfWeek, type NewYorkDate } from '../../shared/core/values/time.ts';

interface Exceptions {
  readonly holidays?: readonly NewYorkDate[];
  readonly earlyCloses?: readonly NewYorkDate[];
}

export function weekdaySessions({ holidays = [], earlyCloses = [] }: Exceptions = {}): Sessions {
  function sessionOn(date: NewYorkDate): Session | undefined {
    if (date < NEW_YORK_DATE_FIRST || date > NEW_YORK_DATE_LAST) return undefined;
    if (dayOfWeek(date) % 6 === 0 || holidays.includes(date)) return undefined;
    const isEarlyClose = earlyCloses.includes(date);
    return { date, open: newYorkInstant(date, 9, 30), close: newYorkInstant(date, isEarlyClose ? 13 : 16, 0), isEarlyClose };
  }
  function walk(date: NewYorkDate, days: 1 | -1): Session | undefined {
    let at = addDays(date, days);
    for (let tried = 0; tried < 10; tried += 1) {
      const session = sessionOn(at);
      if (session !== undefined) return session;
      at = addDays(at, days);
    }
    return undefined;
  }
  return { sessionOn, previousSession: (date) => walk(date, -1), nextSession: (date) => walk(date, 1) };
}
