// The sessions that were, or will be, announced to end early: 14:00 until 1992, 13:00 since 1993.
//
// It refuses to know interruptions that nobody announced before the day (the snow of 1994-02-11 and 1996-01-08, the
// circuit breaker of 1997-10-27, systems on 1995-12-18 and 2005-06-01), and it refuses to know late openings (minutes
// of silence, noon on 2002-09-11): this is the calendar of announced closes, as the XNYS calendar of exchange_calendars
// is, and every session opens at 9:30.
import type { NewYorkDate } from '../values/time.ts';
import { addDays, dayOfWeek } from '../values/time.ts';
import { dateOf, thanksgivingDay } from './nyse-holidays.ts';

export interface EarlyClose {
  readonly date: NewYorkDate;
  /** New York hour, on the hour. */
  readonly closeHour: 13 | 14;
}

const SUNDAY = 0;
const WEDNESDAY = 3;
const THURSDAY = 4;
const FRIDAY = 5;
const SATURDAY = 6;

const DAY_AFTER_THANKSGIVING_SINCE = 1992;
const ONE_O_CLOCK_SINCE = 1993;
const INDEPENDENCE_DAY_SINCE = 1995;
/** From this year a Thursday 4 July shortens the Wednesday before it; until then it shortened the Friday after. */
const WEDNESDAY_BEFORE_SINCE = 2013;

/** Early closes that no rule explains: Fridays after Christmas, and the eve of the year 2000. */
const ONCE: readonly NewYorkDate[] = ['1997-12-26', '1999-12-31', '2003-12-26'];

/**
 * The early closes of `year`, in no order. Source: the exchange's yearly holiday notices and "NYSE Closings"; the rules
 * are those of the XNYS calendar of exchange_calendars.
 */
export function earlyClosesOf(year: number): readonly EarlyClose[] {
  const closeHour = year >= ONE_O_CLOCK_SINCE ? 13 : 14;
  const dates = [
    besideIndependenceDay(year),
    year >= DAY_AFTER_THANKSGIVING_SINCE ? addDays(thanksgivingDay(year), 1) : undefined,
    christmasEve(year),
    ...ONCE.filter((date) => date.startsWith(`${year}-`)),
  ];
  return dates.filter((date) => date !== undefined).map((date) => ({ date, closeHour }));
}

function besideIndependenceDay(year: number): NewYorkDate | undefined {
  if (year < INDEPENDENCE_DAY_SINCE) return undefined;
  const third = dateOf(year, 7, 3);
  const weekday = dayOfWeek(third);
  // A 4 July at the weekend is kept on the Friday or the Monday, and shortens nothing.
  if (weekday === FRIDAY || weekday === SATURDAY || weekday === SUNDAY) return undefined;
  if (weekday === WEDNESDAY && year < WEDNESDAY_BEFORE_SINCE) return addDays(third, 2);
  return third;
}

/** On a Friday the eve is the holiday itself. */
function christmasEve(year: number): NewYorkDate | undefined {
  const date = dateOf(year, 12, 24);
  const weekday = dayOfWeek(date);
  return weekday > SUNDAY && weekday <= THURSDAY ? date : undefined;
}
