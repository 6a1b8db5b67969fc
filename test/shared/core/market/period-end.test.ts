import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionOn } from '../../../../shared/core/market/nyse-calendar.ts';
import { periodEnd, TIMEFRAMES, type Timeframe } from '../../../../shared/core/market/period-end.ts';
import { addDays, type NewYorkDate } from '../../../../shared/core/values/time.ts';

const ends = (date: NewYorkDate, timeframe: Timeframe) => {
  const { date: end, isSession } = periodEnd(date, timeframe);
  return `${end}${isSession ? '' : ', when it is past'}`;
};

describe('a week', () => {
  it.each<[string, NewYorkDate, string]>([
    ['ends on its Friday', '2026-11-16', '2026-11-20'],
    ['ends on that Friday itself', '2026-11-20', '2026-11-20'],
    ['ends on the Friday after Thanksgiving, which closes early', '2026-11-25', '2026-11-27'],
    ['ends on Thursday before Good Friday', '2026-03-30', '2026-04-02'],
    ['of a date on which nothing is traded any more is the next', '2026-11-21', '2026-11-27'],
    ['of a Friday without a session is the next', '2026-04-03', '2026-04-10'],
    ['before the calendar begins is over on no day of its own', '1989-12-27', '1989-12-31, when it is past'],
    ['that the calendar cuts short too', '2030-12-30', '2031-01-05, when it is past'],
    ['that begins with the calendar is known', '1990-01-02', '1990-01-05'],
  ])('%s', (_, date, end) => expect(ends(date, 'weekly')).toBe(end));
});

describe('a month', () => {
  it.each<[string, NewYorkDate, string]>([
    ['ends on its last session', '2026-01-02', '2026-01-30'],
    ['of a Saturday after that is the next', '2026-01-31', '2026-02-27'],
    ['knows leap years', '2024-02-01', '2024-02-29'],
    ['is December of 2030 to the last', '2030-12-31', '2030-12-31'],
    ['before the calendar begins is over on no day of its own', '1989-12-01', '1989-12-31, when it is past'],
  ])('%s', (_, date, end) => expect(ends(date, 'monthly')).toBe(end));
});

describe('any period', () => {
  const anyDate = fc.integer({ min: -30, max: 15_100 }).map((days) => addDays('1990-01-01', days));

  it('ends on a session or with its last day, never before the date, and all dates up to there are of the same one', () => {
    fc.assert(
      fc.property(anyDate, fc.constantFrom(...TIMEFRAMES), fc.integer({ min: 0, max: 31 }), (date, timeframe, days) => {
        const end = periodEnd(date, timeframe);
        expect(end.date >= date).toBe(true);
        if (end.isSession) expect(sessionOn(end.date)).toBeDefined();
        const later = addDays(date, days);
        if (later <= end.date) expect(periodEnd(later, timeframe)).toEqual(end);
        else expect(periodEnd(later, timeframe).date > end.date).toBe(true);
      }),
    );
  });
});
