// New York wall-clock time by the daylight-saving law of the United States, 1990 to 2030, in integers.
// It refuses to know time-zone databases, locales and what time it is.
//
// An instant or a date outside those years is a broken assumption here and throws a RangeError.
// A caller that takes a date from a person or a file asks refuseDate first, one that takes an instant isKnownInstant.
import type { EpochMs, NewYorkDate } from '../values/time.ts';
import { DAY_MS, HOUR_MS, isNewYorkDate, MINUTE_MS, SECOND_MS } from '../values/time.ts';

export const NEW_YORK_DATE_FIRST: NewYorkDate = '1990-01-01';
export const NEW_YORK_DATE_LAST: NewYorkDate = '2030-12-31';

/** What a New York clock shows; the hour runs from 0 to 23. */
export interface NewYorkClock {
  readonly date: NewYorkDate;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

export interface DateRefusal {
  readonly code: 'date-malformed' | 'date-out-of-range';
  readonly figures: Readonly<Record<string, string>>;
}

const STANDARD_OFFSET_MS = 5 * HOUR_MS;
const DAYLIGHT_OFFSET_MS = 4 * HOUR_MS;
const INSTANT_FIRST = Date.UTC(1990, 0, 1) + STANDARD_OFFSET_MS;
const INSTANT_END = Date.UTC(2031, 0, 1) + STANDARD_OFFSET_MS;

/** Why a date cannot be placed in New York time; undefined when it can. */
export function refuseDate(date: string): DateRefusal | undefined {
  if (!isNewYorkDate(date)) return { code: 'date-malformed', figures: { date } };
  if (date >= NEW_YORK_DATE_FIRST && date <= NEW_YORK_DATE_LAST) return undefined;
  return { code: 'date-out-of-range', figures: { date, first: NEW_YORK_DATE_FIRST, last: NEW_YORK_DATE_LAST } };
}

/** True for an instant whose New York date lies in the known years; a caller with a clock asks this first. */
export function isKnownInstant(at: EpochMs): boolean {
  return at >= INSTANT_FIRST && at < INSTANT_END;
}

/**
 * The instant at which a New York clock shows `hour`:`minute` on `date`.
 * An hour that happens twice in autumn is the first of the two; one skipped in spring is read as the hour after.
 */
export function newYorkInstant(date: NewYorkDate, hour: number, minute: number): EpochMs {
  const refusal = refuseDate(date);
  if (refusal !== undefined) throw new RangeError(`${refusal.code}: ${JSON.stringify(refusal.figures)}`);
  if (!isWithin(hour, 23) || !isWithin(minute, 59)) throw new RangeError(`${hour}:${minute} is not a time of day`);
  const wall = Date.parse(`${date}T00:00:00Z`) + hour * HOUR_MS + minute * MINUTE_MS;
  const daylight = wall + DAYLIGHT_OFFSET_MS;
  return isDaylight(daylight) ? daylight : wall + STANDARD_OFFSET_MS;
}

/** The civil date in New York at an instant. */
export function newYorkDate(at: EpochMs): NewYorkDate {
  return newYorkClock(at).date;
}

/** What a New York clock shows at an instant; fractions of a second are dropped. */
export function newYorkClock(at: EpochMs): NewYorkClock {
  if (!isKnownInstant(at)) {
    throw new RangeError(`instant ${at} is outside ${NEW_YORK_DATE_FIRST} to ${NEW_YORK_DATE_LAST} in New York`);
  }
  const wall = at - (isDaylight(at) ? DAYLIGHT_OFFSET_MS : STANDARD_OFFSET_MS);
  const inDay = wall % DAY_MS;
  return {
    date: new Date(wall).toISOString().slice(0, 10) as NewYorkDate,
    hour: Math.floor(inDay / HOUR_MS),
    minute: Math.floor((inDay % HOUR_MS) / MINUTE_MS),
    second: Math.floor((inDay % MINUTE_MS) / SECOND_MS),
  };
}

/**
 * Clocks go forward at 2:00 standard time and back at 2:00 daylight time: 7:00 and 6:00 UTC on two Sundays named by
 * 15 U.S.C. §260a. As amended in 1986 (Pub. L. 99-359): the first of April and the last of October. As amended by the
 * Energy Policy Act of 2005 (Pub. L. 109-58 §110), from 2007: the second of March and the first of November.
 */
function isDaylight(at: EpochMs): boolean {
  const year = new Date(at).getUTCFullYear();
  const begins = year >= 2007 ? sundayOnOrAfter(Date.UTC(year, 2, 8)) : sundayOnOrAfter(Date.UTC(year, 3, 1));
  const ends = year >= 2007 ? sundayOnOrAfter(Date.UTC(year, 10, 1)) : sundayOnOrAfter(Date.UTC(year, 9, 25));
  return at >= begins + 7 * HOUR_MS && at < ends + 6 * HOUR_MS;
}

/** Midnight UTC of the first Sunday from the given midnight on. Day 0 of the epoch was a Thursday. */
function sundayOnOrAfter(midnight: EpochMs): EpochMs {
  const weekday = (midnight / DAY_MS + 4) % 7;
  return midnight + ((7 - weekday) % 7) * DAY_MS;
}

function isWithin(value: number, max: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= max;
}
