// When a trade in United States shares settles. It refuses to know lots and cash: that is bookkeeping to its right.
//
// The rule followed: a settlement day is a weekday that is neither a yearly holiday of the exchange nor a bank holiday on
// which it trades. So Columbus Day and Veterans Day (and Martin Luther King Day until 1997) have a session and settle
// nothing, as in NASD Notices to Members 95-77, 92-54 and 99-83. A one-off closure of the exchange is a settlement day: the
// depository worked on (DTCC's notices for 2007-01-02 and 2012-10-29, SIFMA's matrix for 2025-01-09; the other closures are
// taken to be like these). A Saturday bank holiday is not moved: the Federal Reserve Banks open on the Friday before.
import type { NewYorkDate } from '../values/time.ts';
import { addDays, dayOfWeek } from '../values/time.ts';
import { NEW_YORK_DATE_FIRST } from './new-york-time.ts';
import { sessionOn } from './nyse-calendar.ts';
import { CLOSURES } from './nyse-closures.ts';
import { dateOf, nthWeekday } from './nyse-holidays.ts';

interface SettlementCycle {
  /** The first trade date it applies to. */
  readonly since: NewYorkDate;
  readonly days: number;
}

/** 17 CFR 240.15c6-1 and its amendments: 59 FR 59137 (T+3), 82 FR 15564 (T+2), 88 FR 13872 (T+1). Latest first. */
const CYCLES: readonly SettlementCycle[] = [
  { since: '2024-05-28', days: 1 },
  { since: '2017-09-05', days: 2 },
  { since: '1995-06-07', days: 3 },
  { since: NEW_YORK_DATE_FIRST, days: 5 },
];

const SUNDAY = 0;
const MONDAY = 1;

/**
 * The settlement date of a trade: so many settlement days after its date, as the cycle of that date asks.
 * Throws a RangeError where either date lies outside 1990–2030.
 */
export function settlementDate(tradeDate: NewYorkDate): NewYorkDate {
  let date = tradeDate;
  for (let remaining = settlementDays(tradeDate); remaining > 0; ) {
    date = addDays(date, 1);
    if (isSettlementDay(date)) remaining -= 1;
  }
  return date;
}

/** True on the days on which trades of earlier days settle. Throws a RangeError outside 1990–2030. */
export function isSettlementDay(date: NewYorkDate): boolean {
  const isWorkday = sessionOn(date) !== undefined || CLOSURES.some((closure) => closure.date === date);
  return isWorkday && !isBankHolidayWithSession(date);
}

/** How many settlement days a trade of this date takes. */
function settlementDays(tradeDate: NewYorkDate): number {
  const cycle = CYCLES.find(({ since }) => tradeDate >= since);
  if (cycle === undefined) throw new RangeError(`no settlement cycle is known for ${tradeDate}, the first is of ${NEW_YORK_DATE_FIRST}`);
  return cycle.days;
}

/** Federal Reserve holidays (5 U.S.C. 6103) on which the exchange trades; Martin Luther King Day only while it still did. */
function isBankHolidayWithSession(date: NewYorkDate): boolean {
  const year = Number(date.slice(0, 4));
  return date === nthWeekday(year, 10, MONDAY, 2) || date === veteransDay(year) || date === nthWeekday(year, 1, MONDAY, 3);
}

/** 11 November, kept on Monday when it falls on Sunday. */
function veteransDay(year: number): NewYorkDate {
  const date = dateOf(year, 11, 11);
  return dayOfWeek(date) === SUNDAY ? addDays(date, 1) : date;
}
