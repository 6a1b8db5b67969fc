// --as-of: the session whose close decides.
import { type AssetClass, closesBetween } from '../../shared/core/market/asset-calendar.ts';
import { lastFinishedSession } from '../../shared/core/market/last-finished-session.ts';
import { isKnownInstant, NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST } from '../../shared/core/market/new-york-time.ts';
import { nextSession, previousSession, sessionOn, sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { CommandFailure } from '../failure.ts';
import { dateOption } from '../option-values.ts';

export interface AsOf {
  readonly date: NewYorkDate;
  /** Nobody named a date: it is the last session that is over. */
  readonly isLatest: boolean;
}

/** For price files, which end when they end. @throws CommandFailure, exit 2 */
export function asOfForFiles(text: string | undefined): AsOf {
  const date = dateOption('--as-of', text);
  if (date === undefined) throw bad('signal needs --as-of <date> beside --prices: the session whose close decides, such as 2020-03-31');
  return { date, isLatest: false };
}

/**
 * For prices that are asked for: a session has its close when it is over, and not before.
 * @param seenUntil up to when prices can be seen.
 * @throws CommandFailure, exit 2
 */
export function asOfForBroker(text: string | undefined, seenUntil: EpochMs): AsOf {
  const named = dateOption('--as-of', text);
  if (named !== undefined) openDate(named);
  if (!isKnownInstant(seenUntil))
    throw bad(`the clock of this machine is outside the calendar, which is known from ${NEW_YORK_DATE_FIRST} to ${NEW_YORK_DATE_LAST}`);
  const latest = lastFinishedSession(seenUntil).date;
  if (named !== undefined && named > latest)
    throw bad(`--as-of ${named}: that session has no close yet; the last one whose prices are there is ${latest}`);
  return { date: named ?? latest, isLatest: named === undefined };
}

/**
 * A day on which what decides has a close.
 * @throws CommandFailure, exit 2, with the nearest ones.
 */
export function refuseClosedDay(date: NewYorkDate, calendar: AssetClass): void {
  if (calendar === 'equities') openDate(date);
  else if (closesBetween(calendar, date, date).length === 0) throw bad(`--as-of ${date}: currencies have no close on that day`);
}

function openDate(date: NewYorkDate): NewYorkDate {
  if (sessionOn(date) !== undefined) return date;
  // The calendar begins and ends with a year, which may begin or end with a closed day.
  const before = sessionsBetween(NEW_YORK_DATE_FIRST, date).length === 0 ? undefined : previousSession(date).date;
  const after = sessionsBetween(date, NEW_YORK_DATE_LAST).length === 0 ? undefined : nextSession(date).date;
  const near = [
    before === undefined ? [] : [`the session before it is ${before}`],
    after === undefined ? [] : [`the session after it is ${after}`],
  ].flat();
  throw bad(`--as-of ${date}: the exchange was closed that day; ${near.join(', ')}`);
}

function bad(message: string): CommandFailure {
  return new CommandFailure('usage', message, { exitCode: 2 });
}
