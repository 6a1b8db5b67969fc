// Instants as the data API writes and reads them. Requests may reach beyond the years that the calendar knows:
// there are no prices there, so such a date stands for the nearest known one.
import {
  isKnownInstant,
  NEW_YORK_DATE_FIRST,
  NEW_YORK_DATE_LAST,
  newYorkDate,
  newYorkInstant,
} from '../../shared/core/market/new-york-time.ts';
import { addDays, type EpochMs, isNewYorkDate, type NewYorkDate } from '../../shared/core/values/time.ts';

/** RFC 3339 in UTC, without a fraction of zero. */
export function wireTime(at: EpochMs): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

/** The civil date in New York. */
export function newYorkDateOf(at: EpochMs): NewYorkDate {
  if (isKnownInstant(at)) return newYorkDate(at);
  return at < newYorkMidnight(NEW_YORK_DATE_FIRST) ? NEW_YORK_DATE_FIRST : NEW_YORK_DATE_LAST;
}

/** When a date begins in New York: 04:00Z in summer, 05:00Z in winter. */
export function newYorkMidnight(date: NewYorkDate): EpochMs {
  if (date < NEW_YORK_DATE_FIRST) return newYorkInstant(NEW_YORK_DATE_FIRST, 0, 0);
  return newYorkInstant(date > NEW_YORK_DATE_LAST ? NEW_YORK_DATE_LAST : date, 0, 0);
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** A date means all of it: its first instant as a start, its last as an end. undefined when the text is neither date nor RFC 3339. */
export function parseMoment(text: string, edge: 'start' | 'end'): EpochMs | undefined {
  if (isNewYorkDate(text)) return edge === 'start' ? newYorkMidnight(text) : newYorkMidnight(addDays(text, 1)) - 1;
  if (!RFC_3339.test(text) || !isNewYorkDate(text.slice(0, 10))) return undefined;
  const at = Date.parse(text.toUpperCase());
  return Number.isNaN(at) ? undefined : at;
}
