// Instants as the data API writes and reads them.
import { addDays, type EpochMs, HOUR_MS, isNewYorkDate, type NewYorkDate } from '../../shared/core/values/time.ts';

/** RFC 3339 in UTC, without a fraction of zero. */
export function wireTime(at: EpochMs): string {
  return new Date(at).toISOString().replace('.000Z', 'Z');
}

const NEW_YORK = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
});

/** The civil date in New York. */
export function newYorkDateOf(at: EpochMs): NewYorkDate {
  const parts = new Map(NEW_YORK.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts.get('year')}-${parts.get('month')}-${parts.get('day')}` as NewYorkDate;
}

const midnights = new Map<NewYorkDate, EpochMs>();

/** When a date begins in New York: 04:00Z in summer, 05:00Z in winter. */
export function newYorkMidnight(date: NewYorkDate): EpochMs {
  const known = midnights.get(date);
  if (known !== undefined) return known;
  const summer = Date.parse(`${date}T04:00:00Z`);
  const midnight = newYorkDateOf(summer) === date ? summer : summer + HOUR_MS;
  midnights.set(date, midnight);
  return midnight;
}

const RFC_3339 = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}:\d{2})$/;

/** A date means all of it: its first instant as a start, its last as an end. undefined when the text is neither date nor RFC 3339. */
export function parseMoment(text: string, edge: 'start' | 'end'): EpochMs | undefined {
  if (isNewYorkDate(text)) return edge === 'start' ? newYorkMidnight(text) : newYorkMidnight(addDays(text, 1)) - 1;
  if (!RFC_3339.test(text) || !isNewYorkDate(text.slice(0, 10))) return undefined;
  const at = Date.parse(text.toUpperCase());
  return Number.isNaN(at) ? undefined : at;
}
