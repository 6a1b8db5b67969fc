// The latest session that is over: the last of which there is a close.
import type { EpochMs } from '../values/time.ts';
import type { Session } from './calendar.ts';
import { newYorkDate } from './new-york-time.ts';
import { previousSession, sessionOn } from './nyse-calendar.ts';

/** A session is over at its close. Throws a RangeError for an instant outside the calendar: ask isKnownInstant first. */
export function lastFinishedSession(at: EpochMs): Session {
  const date = newYorkDate(at);
  const session = sessionOn(date);
  return session !== undefined && session.close <= at ? session : previousSession(date);
}
