// A calendar for tests of the exchange: every weekday is a session, except those that a test takes away.

import type { Sessions } from '../../../exchange/market/sessions.ts';
import { newYorkMidnight } from '../../../exchange/market-data/wire-time.ts';
import type { Session } from '../../../shared/core/market/calendar.ts';
import { addDays, dayOfWeek, HOUR_MS, type NewYorkDate } from '../../../shared/core/values/time.ts';

export function weekdaySessions({
  holidays = [],
  earlyCloses = [],
}: {
  holidays?: NewYorkDate[];
  earlyCloses?: NewYorkDate[];
} = {}): Sessions {
  function sessionOn(date: NewYorkDate): Session | undefined {
    if (dayOfWeek(date) % 6 === 0 || holidays.includes(date)) return undefined;
    const midnight = newYorkMidnight(date);
    const isEarlyClose = earlyCloses.includes(date);
    return { date, open: midnight + 9.5 * HOUR_MS, close: midnight + (isEarlyClose ? 13 : 16) * HOUR_MS, isEarlyClose };
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
