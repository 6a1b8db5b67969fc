// The sessions of the story, and what is due in them.
import type { ScheduleEvent } from '../../shared/contracts/events.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import { MINUTE_MS, type NewYorkDate } from '../../shared/core/values/time.ts';

export const FIRST: NewYorkDate = '2019-03-14';
export const SECOND: NewYorkDate = '2019-03-15';
export const THIRD: NewYorkDate = '2019-03-18';
export const FOURTH: NewYorkDate = '2019-03-19';

/** When the run of this session is due: `close-25m`. */
export function dueAt(date: NewYorkDate): number {
  return closeOf(date) - 25 * MINUTE_MS;
}

/** When the watchdog looks: 45 minutes after the close. */
export function watchedAt(date: NewYorkDate): number {
  return closeOf(date) + 45 * MINUTE_MS;
}

export function runOf(date: NewYorkDate): string {
  return `pair/${date}/daily`;
}

export function dueEvent(date: NewYorkDate): ScheduleEvent {
  return { portfolio: 'pair', schedule: 'daily', scheduledTime: new Date(dueAt(date)).toISOString() };
}

function closeOf(date: NewYorkDate): number {
  const session = sessionOn(date);
  if (session === undefined) throw new Error(`${date} is no session`);
  return session.close;
}
