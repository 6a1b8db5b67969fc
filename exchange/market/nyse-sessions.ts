// The New York Stock Exchange's own calendar in the words of the exchange: what it does not know is no session.
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST, refuseDate } from '../../shared/core/market/new-york-time.ts';
import { nextSession, previousSession, sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { Sessions } from './sessions.ts';

export const nyseSessions: Sessions = {
  sessionOn: (date) => (isKnown(date) ? sessionOn(date) : undefined),
  previousSession: (date) => (isKnown(date) && date > nextSession(NEW_YORK_DATE_FIRST).date ? previousSession(date) : undefined),
  nextSession: (date) => (isKnown(date) && date < NEW_YORK_DATE_LAST ? nextSession(date) : undefined),
};

function isKnown(date: NewYorkDate): boolean {
  return refuseDate(date) === undefined;
}
