// Which bars a chart shows where there are more than it can: the last of each week, month, quarter or year, never a mean of them.

import { DAY_MS, type NewYorkDate } from '../../../shared/core/values/time.ts';
import { count } from '../figure-text.ts';

export interface Sample {
  readonly every: 'day' | 'week' | 'month' | 'quarter' | 'year';
  /** Places in the dates, ascending, the first and the last always among them. */
  readonly places: readonly number[];
}

const STEPS = ['day', 'week', 'month', 'quarter', 'year'] as const;
/** 5 January 1970 was a Monday. */
const MONDAY_OFFSET_DAYS = 3;

/** The finest step with at most so many points; years where none has. */
export function sampleDates(dates: readonly NewYorkDate[], pointsMax: number, finest: Sample['every'] = 'day'): Sample {
  for (const every of STEPS.slice(STEPS.indexOf(finest))) {
    const places = lastOfEach(dates, every);
    if (places.length <= pointsMax || every === 'year') return { every, places };
  }
  throw new Error('years are the last step');
}

/** Said under the chart; undefined where nothing was left out. */
export function sampleNote({ every, places }: Sample, bars: number): string | undefined {
  return every === 'day' ? undefined : `Drawn at the last close of each ${every}: ${count(places.length)} of ${count(bars)} points.`;
}

function lastOfEach(dates: readonly NewYorkDate[], every: Sample['every']): number[] {
  if (every === 'day') return dates.map((_, at) => at);
  const places: number[] = dates.length > 1 ? [0] : [];
  let own = periodOf(dates[0] as NewYorkDate, every);
  for (let at = 0; at < dates.length; at += 1) {
    const next = at + 1 < dates.length ? periodOf(dates[at + 1] as NewYorkDate, every) : undefined;
    if (next !== own && (at > 0 || dates.length === 1)) places.push(at);
    own = next ?? own;
  }
  return places;
}

function periodOf(date: NewYorkDate, every: Exclude<Sample['every'], 'day'>): string | number {
  if (every === 'week') return Math.floor((Date.parse(date) / DAY_MS + MONDAY_OFFSET_DAYS) / 7);
  if (every === 'month') return date.slice(0, 7);
  const year = Number(date.slice(0, 4));
  return every === 'year' ? year : year * 4 + Math.floor((Number(date.slice(5, 7)) - 1) / 3);
}
