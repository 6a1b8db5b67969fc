// Every session of the New York Stock Exchange from 1990 to 2030, computed from its rules and its one-off closures.
//
// It refuses to guess: a date outside those years throws a RangeError. A caller that takes a date from a person, a file
// or the clock asks refuseDate of new-york-time.ts first, and treats its refusal as a closed exchange.
import type { EpochMs, NewYorkDate } from '../values/time.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../values/time.ts';
import type { Session } from './calendar.ts';
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST, newYorkInstant, refuseDate } from './new-york-time.ts';
import { CLOSURES } from './nyse-closures.ts';
import { earlyClosesOf } from './nyse-early-closes.ts';
import { holidaysOf } from './nyse-holidays.ts';

/** 1990 began on a Monday. */
const MONDAY_FIRST = NEW_YORK_DATE_FIRST;

/** 9:30. */
const OPEN_MS = 9 * HOUR_MS + 30 * MINUTE_MS;
const REGULAR_CLOSE_HOUR = 16;

interface Calendar {
  readonly sessions: readonly Session[];
  /** The place of each session in `sessions`. */
  readonly places: ReadonlyMap<NewYorkDate, number>;
}

/** Computed on first use and never changed: the same for every caller, so still a constant. */
let computed: Calendar | undefined;

/** The session of a date; undefined when the exchange does not open that day. Throws a RangeError outside 1990–2030. */
export function sessionOn(date: NewYorkDate): Session | undefined {
  assertKnown(date);
  const { sessions, places } = calendar();
  const place = places.get(date);
  return place === undefined ? undefined : sessions[place];
}

/** The sessions from one date to another, both included, ascending; empty when `from` is after `to`. */
export function sessionsBetween(from: NewYorkDate, to: NewYorkDate): readonly Session[] {
  assertKnown(from);
  assertKnown(to);
  return calendar().sessions.slice(firstPlaceFrom(from), to < from ? 0 : firstPlaceFrom(to, 'after'));
}

/** The first session after a date. Throws a RangeError when it would lie beyond 2030. */
export function nextSession(date: NewYorkDate): Session {
  assertKnown(date);
  return sessionAt(firstPlaceFrom(date, 'after'), `after ${date}`);
}

/** The last session before a date. Throws a RangeError when it would lie before 1990. */
export function previousSession(date: NewYorkDate): Session {
  assertKnown(date);
  return sessionAt(firstPlaceFrom(date) - 1, `before ${date}`);
}

function sessionAt(place: number, where: string): Session {
  const session = calendar().sessions[place];
  if (session === undefined)
    throw new RangeError(`no session ${where} is known: the calendar runs from ${NEW_YORK_DATE_FIRST} to ${NEW_YORK_DATE_LAST}`);
  return session;
}

/** The place of the first session on or after a date, or strictly after it. */
function firstPlaceFrom(date: NewYorkDate, side: 'from' | 'after' = 'from'): number {
  const { sessions } = calendar();
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const found = sessions[middle]?.date ?? NEW_YORK_DATE_LAST;
    if (found < date || (side === 'after' && found === date)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function calendar(): Calendar {
  computed ??= computeCalendar();
  return computed;
}

function computeCalendar(): Calendar {
  const closed = new Set<NewYorkDate>(CLOSURES.map(({ date }) => date));
  const closeHours = new Map<NewYorkDate, number>();
  for (let year = yearOf(NEW_YORK_DATE_FIRST); year <= yearOf(NEW_YORK_DATE_LAST); year += 1) {
    for (const date of holidaysOf(year)) closed.add(date);
    for (const { date, closeHour } of earlyClosesOf(year)) closeHours.set(date, closeHour);
  }
  const sessions: Session[] = [];
  const places = new Map<NewYorkDate, number>();
  for (const { date, open } of weekdays()) {
    if (closed.has(date)) continue;
    const closeHour = closeHours.get(date);
    places.set(date, sessions.length);
    const close = open - OPEN_MS + (closeHour ?? REGULAR_CLOSE_HOUR) * HOUR_MS;
    sessions.push(Object.freeze({ date, open, close, isEarlyClose: closeHour !== undefined }));
  }
  return { sessions, places };
}

/** Monday to Friday, first to last, each with its 9:30. Clocks change on Sundays, so the bell of Monday gives the week's. */
function* weekdays(): Generator<Pick<Session, 'date' | 'open'>> {
  for (let monday = Date.parse(`${MONDAY_FIRST}T00:00:00Z`); dateAt(monday) <= NEW_YORK_DATE_LAST; monday += 7 * DAY_MS) {
    const bell = newYorkInstant(dateAt(monday), 9, 30);
    for (let day = 0; day < 5; day += 1) {
      const date = dateAt(monday + day * DAY_MS);
      if (date <= NEW_YORK_DATE_LAST) yield { date, open: bell + day * DAY_MS };
    }
  }
}

function dateAt(midnightUtc: EpochMs): NewYorkDate {
  return new Date(midnightUtc).toISOString().slice(0, 10) as NewYorkDate;
}

function yearOf(date: NewYorkDate): number {
  return Number(date.slice(0, 4));
}

function assertKnown(date: NewYorkDate): void {
  const refusal = refuseDate(date);
  if (refusal !== undefined) throw new RangeError(`${refusal.code}: ${JSON.stringify(refusal.figures)}`);
}
