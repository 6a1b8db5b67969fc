// The broker's calendar, made of the sessions that a function names.
import type { Sessions } from '../../../exchange/matching/surroundings.ts';
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST } from '../../core/market/new-york-time.ts';
import { settlementDate } from '../../core/market/settlement.ts';
import { addDays, type NewYorkDate } from '../../core/values/time.ts';
import type { BrokerSession } from '../../ports/broker.ts';

/** The last day whose settlement date is known. */
const DATE_LAST = addDays(NEW_YORK_DATE_LAST, -1);

/**
 * The sessions from `from` to `to`, both included, as far as the calendar is known.
 * @throws RangeError when `from` is after `to`.
 */
export function brokerSessions(sessions: Sessions, from: NewYorkDate, to: NewYorkDate): BrokerSession[] {
  if (from > to) throw new RangeError(`the calendar runs from ${from} to ${to}`);
  const told: BrokerSession[] = [];
  for (let date = from < NEW_YORK_DATE_FIRST ? NEW_YORK_DATE_FIRST : from; date <= to && date <= DATE_LAST; date = addDays(date, 1)) {
    const session = sessions(date);
    if (session !== undefined) told.push({ date, open: session.open, close: session.close, settlementDate: settlementDate(date) });
  }
  return told;
}
