// The sessions over which prices are known, in order, so that an instant finds its session quickly.
// The calendar itself is an argument.
import type { Session } from '../../shared/core/market/calendar.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';

/** What the exchange asks of a calendar. undefined: no session, or outside what the calendar knows. */
export interface Sessions {
  sessionOn(date: NewYorkDate): Session | undefined;
  /** The last session before `date`. */
  previousSession(date: NewYorkDate): Session | undefined;
  /** The first session after `date`. */
  nextSession(date: NewYorkDate): Session | undefined;
}

/** Consecutive sessions without a gap. Positions in it are called session indexes. */
export interface SessionLine {
  readonly sessions: readonly Session[];
  indexOn(date: NewYorkDate): number | undefined;
  /** The last session that opened at or before `at`; undefined before the first, and from `end` on. */
  indexAt(at: EpochMs): number | undefined;
  /** The first session on or after `date`; the number of sessions when there is none. */
  indexFrom(date: NewYorkDate): number;
}

/** Every session from the first to the last of the dates, both of which must be sessions. */
export function lineOfSessions(first: NewYorkDate, last: NewYorkDate, calendar: Sessions): SessionLine {
  const sessions: Session[] = [];
  let session = calendar.sessionOn(first);
  while (session !== undefined && session.date <= last) {
    sessions.push(session);
    session = calendar.nextSession(session.date);
  }
  // The prices of the last session stand until the next one opens; they are nobody's prices afterwards.
  const end = session?.open ?? (sessions.at(-1)?.close ?? 0) + 1;
  const indexByDate = new Map(sessions.map(({ date }, index) => [date, index]));
  return {
    sessions,
    indexOn: (date) => indexByDate.get(date),
    indexAt(at) {
      const after = countWhile(sessions, ({ open }) => open <= at);
      return after === 0 || at >= end ? undefined : after - 1;
    },
    indexFrom: (date) => countWhile(sessions, (each) => each.date < date),
  };
}

/** How many leading items pass, by bisection: the items that pass come before those that do not. */
export function countWhile<T>(items: readonly T[], passes: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (passes(items[middle] as T)) low = middle + 1;
    else high = middle;
  }
  return low;
}
