// Which sessions a schedule looks at, when in each, and whether an hour that a cron names is the real one.
//
// A close-relative slot has two crons, one for the regular close and one for the early one, and a cron knows no holidays:
// matchSlot tells the one firing that counts from all the others. It refuses to know what time it is.
import type { EpochMs, NewYorkDate } from '../values/time.ts';
import { MINUTE_MS } from '../values/time.ts';
import type { Session } from './calendar.ts';
import { isKnownInstant, NEW_YORK_DATE_LAST, newYorkDate, newYorkInstant } from './new-york-time.ts';
import { sessionOn, sessionsBetween } from './nyse-calendar.ts';
import { periodOf } from './period.ts';
import type { Frequency, Schedule, Slot } from './schedule.ts';

export interface ScheduledRun {
  readonly session: Session;
  readonly at: EpochMs;
}

export type SlotMatch =
  | { readonly kind: 'due'; readonly session: Session }
  | { readonly kind: 'not-a-session'; readonly date: NewYorkDate }
  /** The regular cron on a day that closes early, or the reverse. */
  | { readonly kind: 'other-close'; readonly session: Session }
  /** No cron of this schedule fires at such a minute: it was changed, or started by hand. */
  | { readonly kind: 'off-slot'; readonly session: Session; readonly slot: EpochMs }
  /** The right minute of a session that the frequency passes over. */
  | { readonly kind: 'not-due'; readonly session: Session }
  /** Before 1990, after 2030, or in a week that 2030 cuts short. */
  | { readonly kind: 'unknown-calendar' };

export interface SlotRefusal {
  readonly code: 'slot-not-after-open' | 'slot-not-before-close' | 'slot-not-whole-minutes';
  readonly figures: Readonly<Record<string, string>>;
}

/** A cron fires in its minute, not on its second. */
const TOLERANCE_MS = MINUTE_MS;
/** 9:30 to 13:00, the shortest session announced since 1993. */
const SESSION_MINUTES_MIN = 210;
/** The closes for which a close-relative slot has a cron. */
const CRON_CLOSE_HOURS = [13, 16] as const;

/** What a cron that names `scheduledTime` means for this schedule. Tolerance: one minute to either side. */
export function matchSlot(schedule: Schedule, scheduledTime: EpochMs): SlotMatch {
  if (!isKnownInstant(scheduledTime)) return { kind: 'unknown-calendar' };
  const date = newYorkDate(scheduledTime);
  const session = sessionOn(date);
  if (session === undefined) return { kind: 'not-a-session', date };
  const slot = slotInstant(schedule.at, session);
  if (!isNear(scheduledTime, slot)) {
    return isOtherClose(schedule.at, session, scheduledTime) ? { kind: 'other-close', session } : { kind: 'off-slot', session, slot };
  }
  if (!isPeriodKnown(schedule.every, date)) return { kind: 'unknown-calendar' };
  return isDue(schedule, session) ? { kind: 'due', session } : { kind: 'not-due', session };
}

/**
 * True when the schedule looks at this session: the first or last of its week (from Monday), month, quarter or year.
 * Throws a RangeError in the last week of 2030, whose end is unknown.
 */
export function isDue(schedule: Pick<Schedule, 'every' | 'on'>, session: Session): boolean {
  if (schedule.every === 'day') return true;
  const { first, last } = periodOf(schedule.every, session.date);
  if (!isPeriodKnown(schedule.every, session.date))
    throw new RangeError(`the ${schedule.every} of ${session.date} ends after ${NEW_YORK_DATE_LAST}`);
  const sessions = sessionsBetween(first, last);
  return sessions.at(schedule.on === 'first' ? 0 : -1)?.date === session.date;
}

/** The next runs strictly after an instant, ascending; fewer than `count` where 2030 ends first. Throws outside 1990–2030. */
export function nextRuns(schedule: Schedule, after: EpochMs, count: number): readonly ScheduledRun[] {
  const runs: ScheduledRun[] = [];
  for (const session of sessionsBetween(newYorkDate(after), NEW_YORK_DATE_LAST)) {
    if (runs.length >= count || !isPeriodKnown(schedule.every, session.date)) break;
    const at = slotInstant(schedule.at, session);
    if (at > after && isDue(schedule, session)) runs.push({ session, at });
  }
  return runs;
}

/** The instant of a slot in a session. */
export function slotInstant(slot: Slot, session: Session): EpochMs {
  return session[slot.anchor] + slot.offsetMinutes * MINUTE_MS;
}

/**
 * Why a slot may not be scheduled; undefined when it lies strictly between open and close.
 * Without a session it must do so in the shortest one, so that no early close ever drops a run in silence.
 */
export function refuseSlot(slot: Slot, session?: Session): SlotRefusal | undefined {
  const minutes = session === undefined ? SESSION_MINUTES_MIN : (session.close - session.open) / MINUTE_MS;
  const fromOpen = slot.anchor === 'open' ? slot.offsetMinutes : minutes + slot.offsetMinutes;
  const figures = { anchor: slot.anchor, offsetMinutes: `${slot.offsetMinutes}`, sessionMinutes: `${minutes}` };
  if (!Number.isSafeInteger(slot.offsetMinutes)) return { code: 'slot-not-whole-minutes', figures };
  if (fromOpen <= 0) return { code: 'slot-not-after-open', figures };
  if (fromOpen >= minutes) return { code: 'slot-not-before-close', figures };
  return undefined;
}

function isOtherClose(slot: Slot, session: Session, scheduledTime: EpochMs): boolean {
  if (slot.anchor !== 'close') return false;
  return CRON_CLOSE_HOURS.some((hour) => {
    const close = newYorkInstant(session.date, hour, 0);
    return close !== session.close && isNear(scheduledTime, slotInstant(slot, { ...session, close }));
  });
}

function isNear(one: EpochMs, other: EpochMs): boolean {
  return Math.abs(one - other) <= TOLERANCE_MS;
}

/** 1990 began on a Monday, so only the end of the calendar can cut a week. */
function isPeriodKnown(every: Frequency, date: NewYorkDate): boolean {
  return every === 'day' || periodOf(every, date).last <= NEW_YORK_DATE_LAST;
}
