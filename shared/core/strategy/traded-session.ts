// The session in which a decision is traded.
import { NEW_YORK_DATE_LAST } from '../market/new-york-time.ts';
import { sessionsBetween } from '../market/nyse-calendar.ts';
import { addDays, type NewYorkDate } from '../values/time.ts';
import type { DecideOn } from './tree.ts';

/**
 * On live quotes the session that is decided on, else the one after it; undefined where the calendar ends before that.
 * @param asOf a session, the last whose prices decide.
 */
export function tradedSession(decideOn: DecideOn, asOf: NewYorkDate): NewYorkDate | undefined {
  if (decideOn === 'live-quote') return asOf;
  return asOf >= NEW_YORK_DATE_LAST ? undefined : sessionsBetween(addDays(asOf, 1), NEW_YORK_DATE_LAST)[0]?.date;
}
