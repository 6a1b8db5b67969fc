// On which days a subject is looked at, on whose prices each sleeve decides then, and where it is filled.
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import { type Period, periodOf } from '../../shared/core/market/period.ts';
import type { Schedule } from '../../shared/core/market/schedule.ts';
import { isDue } from '../../shared/core/market/schedule-slot.ts';
import type { RebalanceBand } from '../../shared/core/values/band.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { Fill } from './backtest-options.ts';
import { NO_BAND, type Subject } from './subject.ts';

export interface RunDay {
  /** Of the table: the session that is traded. */
  readonly day: number;
  readonly fillAt: 'open' | 'close';
  readonly band: RebalanceBand;
}

/**
 * Ascending, those of one day in the order of the subject's schedules, opens first.
 * @param hasOpens whether everything that may be held has opens; without them a decision is filled at the close.
 */
export function runDays(subject: Subject, dates: readonly NewYorkDate[], fill: Fill | undefined, hasOpens: boolean): readonly RunDay[] {
  const isLive = subject.sleeves.some((sleeve) => decidesOn(sleeve, fill) === 'same-day');
  const { schedules } = subject;
  if (schedules === undefined) {
    const fillAt = fill === 'next-open' ? 'open' : 'close';
    return dates.map((_, day) => ({ day, fillAt, band: NO_BAND }));
  }
  const runs = schedules.flatMap((schedule): RunDay[] => {
    const isAtOpen = schedule.at.anchor === 'open' && !isLive && hasOpens;
    const fillAt = fill === undefined ? (isAtOpen ? 'open' : 'close') : fill === 'next-open' ? 'open' : 'close';
    return daysOf(schedule, dates, subject).map((day) => ({ day, fillAt, band: schedule.band }));
  });
  return runs.sort((a, b) => a.day - b.day || Number(a.fillAt === 'close') - Number(b.fillAt === 'close'));
}

/** On the prices of the session itself, whose close stands for its quotes, or on those of the session before. */
export function decidesOn({ decideOn }: Pick<Sleeve, 'decideOn'>, fill: Fill | undefined): 'same-day' | 'day-before' {
  if (fill !== undefined) return fill === 'same-close' ? 'same-day' : 'day-before';
  return decideOn === 'live-quote' ? 'same-day' : 'day-before';
}

function daysOf(schedule: Schedule, dates: readonly NewYorkDate[], { calendar }: Subject): number[] {
  if (schedule.every === 'day') return dates.map((_, day) => day);
  const periods = periodsOf(schedule.every, dates);
  const days = periods.map(({ first, last }) => (schedule.on === 'first' ? first : last));
  // The table may begin and end within a period: whether its edge is that of the period too, only the calendar knows.
  return days.filter((day, place) => (place > 0 && place < days.length - 1) || isEdge(schedule, dates[day], calendar));
}

function isEdge(schedule: Schedule, date: NewYorkDate | undefined, calendar: Subject['calendar']): boolean {
  const session = date === undefined || calendar !== 'equities' ? undefined : sessionOn(date);
  return session !== undefined && isDue(schedule, session);
}

/** The first and the last day of each period that the dates reach. */
function periodsOf(period: Period, dates: readonly NewYorkDate[]): { first: number; last: number }[] {
  const periods: { first: number; last: number }[] = [];
  for (let first = 0; first < dates.length; ) {
    const { last: lastDate } = periodOf(period, dates[first] as NewYorkDate);
    let after = first + 1;
    while (after < dates.length && (dates[after] as NewYorkDate) <= lastDate) after += 1;
    periods.push({ first, last: after - 1 });
    first = after;
  }
  return periods;
}
