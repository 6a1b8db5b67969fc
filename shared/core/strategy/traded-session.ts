// The session, or the day of another calendar, in which a decision is traded.
import { type AssetClass, closesBetween } from '../market/asset-calendar.ts';
import { NEW_YORK_DATE_LAST } from '../market/new-york-time.ts';
import { addDays, type NewYorkDate } from '../values/time.ts';
import type { DecideOn } from './tree.ts';

/** No exchange has been closed for longer since 1990: four sessions and a weekend, in September 2001. */
const CLOSED_DAYS_MAX = 7;

/**
 * On live quotes the session that is decided on, else the one after it; undefined where the calendar ends before that.
 * @param asOf a day of the calendar, the last whose prices decide.
 */
export function tradedSession(decideOn: DecideOn, asOf: NewYorkDate, calendar: AssetClass = 'equities'): NewYorkDate | undefined {
  if (decideOn === 'live-quote') return asOf;
  if (asOf >= NEW_YORK_DATE_LAST) return undefined;
  const soon = addDays(asOf, CLOSED_DAYS_MAX + 1);
  return closesBetween(calendar, addDays(asOf, 1), soon < NEW_YORK_DATE_LAST ? soon : NEW_YORK_DATE_LAST)[0];
}
