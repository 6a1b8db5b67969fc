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
  const day = text.slice(8);
  const last = LAST_DAYS[text.slice(5, 7)];
  if (last === undefined || day === '00' || day > last) return false;
  // Whether a year has a leap day is for the calendar of the language to say.
  return !text.endsWith(LEAP_DAY) || new Date(Date.parse(`${text}T00:00:00Z`)).toISOString().endsWith(`${LEAP_DAY}T00:00:00.000Z`);
}

const LEAP_DAY = '02-29';
/** By month, the last day that it ever has. */
const LAST_DAYS: Readonly<Record<string, string>> = {
  '01': '31',
  '02': '29',
  '03': '31',
  '04': '30',
  '05': '31',
  '06': '30',
  '07': '31',
  '08': '31',
  '09': '30',
  '10': '31',
  '11': '30',
  '12': '31',
};

/** The date `days` civil days later (earlier when negative). */
export function addDays(date: NewYorkDate, days: number): NewYorkDate {
  const ms = Date.parse(`${date}T00:00:00Z`) + days * DAY_MS;
  return new Date(ms).toISOString().slice(0, 10) as NewYorkDate;
}

/** From one date to another; below zero where the other is earlier. */
export function daysBetween(from: NewYorkDate, to: NewYorkDate): number {
  return (Date.parse(to) - Date.parse(from)) / DAY_MS;
}

/** 0 is Sunday. */
export function dayOfWeek(date: NewYorkDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay();
}
