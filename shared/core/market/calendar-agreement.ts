// Whether our calendar and the broker's say the same of one session and of the days until its trades settle.
// It refuses to say who is right: a run whose calendars disagree does not trade, and its record names the day.
import type { EpochMs, NewYorkDate } from '../values/time.ts';
import { addDays, MINUTE_MS } from '../values/time.ts';
import type { Session } from './calendar.ts';
import { isKnownInstant, newYorkClock } from './new-york-time.ts';
import { settlementDate } from './settlement.ts';

/** A day of the broker's calendar, in the words of the broker port. */
export interface BrokerDay extends Pick<Session, 'date' | 'open' | 'close'> {
  readonly settlementDate?: NewYorkDate;
}

/** The first day on which the two differ, and what each says of it, for a person to read. */
export interface CalendarDisagreement {
  readonly date: NewYorkDate;
  readonly ours: string;
  readonly brokers: string;
}

/**
 * The first disagreement about the session of `date`, in this order: whether there is one and its hours, the date its
 * trades settle, then whether each later day up to that date is a session. Undefined when there is none.
 * Both calendars must reach from `date` to settlementDate(date); a day missing from either is a day without a session.
 */
export function disagreement(ours: readonly Session[], brokers: readonly BrokerDay[], date: NewYorkDate): CalendarDisagreement | undefined {
  const our = ours.filter((session) => session.date === date);
  const theirs = brokers.filter((day) => day.date === date);
  if (!isSameHours(our, theirs)) return { date, ours: hoursOf(our), brokers: hoursOf(theirs) };
  if (our.length === 0) return undefined;

  const settles = settlementDate(date);
  for (const day of theirs) {
    if (day.settlementDate !== undefined && day.settlementDate !== settles) {
      return { date, ours: `settles ${settles}`, brokers: `settles ${day.settlementDate}` };
    }
  }

  for (let day = addDays(date, 1); day <= settles; day = addDays(day, 1)) {
    const isOurs = ours.some((session) => session.date === day);
    const isTheirs = brokers.some((session) => session.date === day);
    if (isOurs !== isTheirs) return { date: day, ours: presence(isOurs), brokers: presence(isTheirs) };
  }
  return undefined;
}

/** Equal in number too: a broker that lists a day twice has said nothing that can be relied on. */
function isSameHours(our: readonly Session[], theirs: readonly BrokerDay[]): boolean {
  return (
    our.length === theirs.length && our.every(({ open, close }, index) => open === theirs[index]?.open && close === theirs[index]?.close)
  );
}

function hoursOf(days: readonly Pick<Session, 'date' | 'open' | 'close'>[]): string {
  if (days.length === 0) return presence(false);
  return days.map(({ date, open, close }) => `${clockOn(date, open)} to ${clockOn(date, close)}`).join(' and ');
}

/** "09:30", with the seconds where there are any and the date where it is another. */
function clockOn(date: NewYorkDate, at: EpochMs): string {
  if (!isKnownInstant(at)) return `instant ${at}`;
  const clock = newYorkClock(at);
  const parts = at % MINUTE_MS === 0 ? [clock.hour, clock.minute] : [clock.hour, clock.minute, clock.second];
  const time = parts.map((part) => `${part}`.padStart(2, '0')).join(':');
  return clock.date === date ? time : `${clock.date} ${time}`;
}

function presence(isSession: boolean): string {
  return isSession ? 'a session' : 'no session';
}
