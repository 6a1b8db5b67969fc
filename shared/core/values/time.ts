// Instants and dates as values. The clock itself is a port; nothing here asks what time it is.
import type { Flavor } from './flavor.ts';

/** Milliseconds since 1970-01-01T00:00Z. */
export type EpochMs = Flavor<number, 'EpochMs'>;

/** A civil date in New York, "2026-11-20". */
export type NewYorkDate = `${number}-${number}-${number}`;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60_000;
export const HOUR_MS = 3_600_000;
export const DAY_MS = 86_400_000;

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;

/** True for a date that exists ("2025-02-30" does not). */
export function isNewYorkDate(text: string): text is NewYorkDate {
  if (!ISO_DATE.test(text)) return false;
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))];
  return month >= 1 && month <= 12 && day >= 1 && day <= daysIn(month, year);
}

function daysIn(month: number, year: number): number {
  if (month !== FEBRUARY) return LONG_MONTHS.has(month) ? 31 : 30;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

const FEBRUARY = 2;
const LONG_MONTHS: ReadonlySet<number> = new Set([1, 3, 5, 7, 8, 10, 12]);

/** The date `days` civil days later (earlier when negative). */
export function addDays(date: NewYorkDate, days: number): NewYorkDate {
  const ms = Date.parse(`${date}T00:00:00Z`) + days * DAY_MS;
  return new Date(ms).toISOString().slice(0, 10) as NewYorkDate;
}

/** 0 is Sunday. */
export function dayOfWeek(date: NewYorkDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
