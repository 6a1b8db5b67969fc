// Years, as annual figures count them. What is a year by the calendar is for whoever asks that.
import { daysBetween, type NewYorkDate } from '../../shared/core/values/time.ts';

/** Of a Julian year. */
export const DAYS_A_YEAR = 365.25;

/** From one date to another; below zero where the other is earlier. */
export function yearsBetween(from: NewYorkDate, to: NewYorkDate): number {
  return daysBetween(from, to) / DAYS_A_YEAR;
}
