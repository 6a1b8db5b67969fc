// Every session of the New York Stock Exchange from 1990 to 2030, computed from its rules and its one-off closures.
//
// It refuses to guess: a date outside those years throws a RangeError. A caller that takes a date from a person, a file
// or the clock asks refuseDate of new-york-time.ts first, and treats its refusal as a closed exchange.
import type { EpochMs, NewYorkDate } from '../values/time.ts';
import { DAY_MS, dayOfWeek, HOUR_MS, MINUTE_MS } from '../values/time.ts';
import type { Session } from './calendar.ts';
import { NEW_YORK_DATE_FIRST, NEW_YORK_DATE_LAST, newYorkInstant, refuseDate } from './new-york-time.ts';
import { CLOSURES } from './nyse-closures.ts';
import { earlyClosesOf } from './nyse-early-closes.ts';
import { dateOf, holidaysOf } from './nyse-holidays.ts';

/** 9:30. */
const OPEN_MS = 9 * HOUR_MS + 30 * MINUTE_MS;
const REGULAR_CLOSE_HOUR = 16;

/** By year: computed when one is first asked for and never changed, the same for every caller, so still constants. */
const years = new Map<number, readonly Session[]>();

/** The session of a date; undefined when the exchange does not open that day. Throws a RangeError outside 1990–2030. */
export function sessionOn(date: NewYorkDate): Session | undefined {
  assertKnown(date);
  const sessions = sessionsOf(yearOf(date));
  const session = sessions[placeFrom(date, sessions)];
  return session?.date === date ? session : undefined;
}

/** The sessions from one date to another, both included, ascending; empty when `from` is after `to`. */
export function sessionsBetween(from: NewYorkDate, to: NewYorkDate): readonly Session[] {
  assertKnown(from);
  assertKnown(to);
  if (to < from) return [];
  const all: (readonly Session[])[] = [];
  for (let year = yearOf(from); year <= yearOf(to); year += 1) {
    const sessions = sessionsOf(year);
    // The first and the last year may be cut, which may be the same one.
    all.push(sessions.slice(placeFrom(from, sessions), placeAfter(to, sessions)));
  }
  return all.flat();
}

/** The first session after a date. Throws a RangeError when it would lie beyond 2030. */
export function nextSession(date: NewYorkDate): Session {
  assertKnown(date);
  const sessions = sessionsOf(yearOf(date));
  return sessions[placeAfter(date, sessions)] ?? known(sessionsOf(yearOf(date) + 1)[0], `after ${date}`);
}

/** The last session before a date. Throws a RangeError when it would lie before 1990. */
export function previousSession(date: NewYorkDate): Session {
  assertKnown(date);
  const sessions = sessionsOf(yearOf(date));
  return sessions[placeFrom(date, sessions) - 1] ?? known(sessionsOf(yearOf(date) - 1).at(-1), `before ${date}`);
}

function known(session: Session | undefined, where: string): Session {
  if (session === undefined)
    throw new RangeError(`no session ${where} is known: the calendar runs from ${NEW_YORK_DATE_FIRST} to ${NEW_YORK_DATE_LAST}`);
  return session;
}

/** The place of the first session on or after a date; their number where there is none. */
function placeFrom(date: NewYorkDate, sessions: readonly Session[]): number {
  let low = 0;
  let high = sessions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((sessions[middle]?.date ?? date) < date) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The place of the first session after a date; their number where there is none. */
function placeAfter(date: NewYorkDate, sessions: readonly Session[]): number {
  const place = placeFrom(date, sessions);
  return sessions[place]?.date === date ? place + 1 : place;
}

/** Ascending; none in a year that is not known. */
function sessionsOf(year: number): readonly Session[] {
  if (year < yearOf(NEW_YORK_DATE_FIRST) || year > yearOf(NEW_YORK_DATE_LAST)) return [];
  const found = years.get(year);
  if (found !== undefined) return found;
  const sessions = computeSessions(year);
  years.set(year, sessions);
  return sessions;
}

function computeSessions(year: number): readonly Session[] {
  const closed = new Set<NewYorkDate>([...holidaysOf(year), ...CLOSURES.map(({ date }) => date)]);
  const closeHours = new Map(earlyClosesOf(year).map(({ date, closeHour }) => [date, closeHour]));
  const sessions: Session[] = [];
  for (const { date, open } of weekdays(year)) {
    if (closed.has(date)) continue;
    const closeHour = closeHours.get(date);
    const close = open - OPEN_MS + (closeHour ?? REGULAR_CLOSE_HOUR) * HOUR_MS;
    sessions.push(Object.freeze({ date, open, close, isEarlyClose: closeHour !== undefined }));
  }
  return sessions;
}

/** Monday to Friday of a year, each with its 9:30. Clocks change on Sundays, so a bell is that of the week's days after it. */
function* weekdays(year: number): Generator<Pick<Session, 'date' | 'open'>> {
  let weekday = dayOfWeek(dateOf(year, 1, 1));
  let open: EpochMs | undefined;
  for (let month = 1; month <= 12; month += 1) {
    const days = new Date(Date.UTC(year, month, 0)).getUTCDate();
    for (let day = 1; day <= days; day += 1, weekday = (weekday + 1) % 7) {
      if (weekday === SUNDAY || weekday === SATURDAY) {
        open = undefined;
        continue;
      }
      const date = dateOf(year, month, day);
      open = open === undefined ? newYorkInstant(date, 9, 30) : open + DAY_MS;
      yield { date, open };
    }
  }
}

const SUNDAY = 0;
const SATURDAY = 6;

function yearOf(date: NewYorkDate): number {
  return Number(date.slice(0, 4));
}

function assertKnown(date: NewYorkDate): void {
  const refusal = refuseDate(date);
  if (refusal !== undefined) throw new RangeError(`${refusal.code}: ${JSON.stringify(refusal.figures)}`);
}
