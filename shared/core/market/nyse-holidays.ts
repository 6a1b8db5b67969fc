// The holidays the New York Stock Exchange keeps every year, as its Rule 7.2 has kept them since 1990.
// It refuses to know days of mourning, storms and attacks: those are in nyse-closures.ts.
import type { NewYorkDate } from '../values/time.ts';
import { addDays, dayOfWeek } from '../values/time.ts';

const SUNDAY = 0;
const MONDAY = 1;
const THURSDAY = 4;
const SATURDAY = 6;

/** The first year in which the exchange kept the day. */
const MARTIN_LUTHER_KING_SINCE = 1998;
const JUNETEENTH_SINCE = 2022;

/**
 * The weekdays of `year` on which the exchange keeps a holiday, ascending.
 * Source: NYSE Rule 7.2 and the exchange's yearly holiday notices.
 */
export function holidaysOf(year: number): readonly NewYorkDate[] {
  const newYear = newYearsDay(year);
  return [
    ...(newYear === undefined ? [] : [newYear]),
    ...(year >= MARTIN_LUTHER_KING_SINCE ? [nthWeekday(year, 1, MONDAY, 3)] : []),
    nthWeekday(year, 2, MONDAY, 3),
    addDays(easterSunday(year), -2),
    lastMondayOfMay(year),
    ...(year >= JUNETEENTH_SINCE ? [nearestWeekday(dateOf(year, 6, 19))] : []),
    nearestWeekday(dateOf(year, 7, 4)),
    nthWeekday(year, 9, MONDAY, 1),
    thanksgivingDay(year),
    nearestWeekday(dateOf(year, 12, 25)),
  ];
}

/** The fourth Thursday of November. */
export function thanksgivingDay(year: number): NewYorkDate {
  return nthWeekday(year, 11, THURSDAY, 4);
}

/** The date of the `nth` given weekday (0 is Sunday) of a month counted from 1. */
export function nthWeekday(year: number, month: number, weekday: number, nth: number): NewYorkDate {
  const first = dateOf(year, month, 1);
  return addDays(first, ((weekday - dayOfWeek(first) + 7) % 7) + (nth - 1) * 7);
}

export function dateOf(year: number, month: number, day: number): NewYorkDate {
  return `${year}-${`${month}`.padStart(2, '0')}-${`${day}`.padStart(2, '0')}` as NewYorkDate;
}

/** A New Year's Day on Saturday is not kept: the Friday before it closes the books of a month and a year. */
function newYearsDay(year: number): NewYorkDate | undefined {
  const date = dateOf(year, 1, 1);
  return dayOfWeek(date) === SATURDAY ? undefined : nearestWeekday(date);
}

/** Saturday is kept on Friday, Sunday on Monday. */
function nearestWeekday(date: NewYorkDate): NewYorkDate {
  const weekday = dayOfWeek(date);
  if (weekday === SATURDAY) return addDays(date, -1);
  if (weekday === SUNDAY) return addDays(date, 1);
  return date;
}

function lastMondayOfMay(year: number): NewYorkDate {
  return addDays(nthWeekday(year, 6, MONDAY, 1), -7);
}

/** Gregorian Easter by the congruences of Meeus, Astronomical Algorithms, chapter 8 (after Butcher's Ecclesiastical Calendar, 1876). */
function easterSunday(year: number): NewYorkDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const moonCorrection = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonCorrection + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const lateMoon = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const march = epact + toSunday - 7 * lateMoon + 114;
  return dateOf(year, Math.floor(march / 31), (march % 31) + 1);
}
