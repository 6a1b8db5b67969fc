import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isKnownInstant, newYorkClock, newYorkDate, newYorkInstant, refuseDate } from '../../../../shared/core/market/new-york-time.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';
import { addDays, DAY_MS, HOUR_MS, MINUTE_MS } from '../../../../shared/core/values/time.ts';

const FIRST = Date.UTC(1990, 0, 1, 5);
const LAST = Date.UTC(2031, 0, 1, 5) - 1;

const intl = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'America/New_York',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

function shownByIntl(at: number): string {
  const parts = Object.fromEntries(intl.formatToParts(at).map(({ type, value }) => [type, value]));
  return `${parts['year']}-${parts['month']}-${parts['day']} ${parts['hour']}:${parts['minute']}:${parts['second']}`;
}

function shownByUs(at: number): string {
  const { date, hour, minute, second } = newYorkClock(at);
  return `${date} ${[hour, minute, second].map((part) => `${part}`.padStart(2, '0')).join(':')}`;
}

const instants = fc.integer({ min: FIRST, max: LAST });
const utc = (text: string): number => Date.parse(text);

describe('New York time', () => {
  it('agrees with Intl at noon UTC and on both sides of midnight on every day from 1990 to 2030', () => {
    for (let at = FIRST; at <= LAST; at += DAY_MS) {
      for (const offset of [0, 7 * HOUR_MS, 23 * HOUR_MS - 1]) {
        if (at + offset <= LAST) expect(shownByUs(at + offset)).toBe(shownByIntl(at + offset));
      }
    }
  });

  it('agrees with Intl around every hour in which a clock change may fall', () => {
    for (let year = 1990; year <= 2030; year += 1) {
      for (const month of [2, 3, 9, 10]) {
        for (let day = 1; day <= 31; day += 1) {
          const change = Date.UTC(year, month, day, 6);
          for (const at of [change - 1, change, change + HOUR_MS - 1, change + HOUR_MS]) expect(shownByUs(at)).toBe(shownByIntl(at));
        }
      }
    }
  });

  it('puts the opening bell at 14:30 UTC in winter and 13:30 UTC in summer', () => {
    expect(newYorkInstant('2026-01-05', 9, 30)).toBe(utc('2026-01-05T14:30:00Z'));
    expect(newYorkInstant('2026-07-06', 9, 30)).toBe(utc('2026-07-06T13:30:00Z'));
  });

  it('moves to the longer summer of the Energy Policy Act in 2007', () => {
    expect(newYorkInstant('2006-03-20', 16, 0)).toBe(utc('2006-03-20T21:00:00Z'));
    expect(newYorkInstant('2007-03-20', 16, 0)).toBe(utc('2007-03-20T20:00:00Z'));
    expect(newYorkInstant('2006-11-01', 16, 0)).toBe(utc('2006-11-01T21:00:00Z'));
    expect(newYorkInstant('2007-11-01', 16, 0)).toBe(utc('2007-11-01T20:00:00Z'));
  });

  it('reads an hour skipped in spring as the hour after and one repeated in autumn as its first pass', () => {
    expect(newYorkInstant('2024-03-10', 2, 30)).toBe(utc('2024-03-10T07:30:00Z'));
    expect(newYorkClock(utc('2024-03-10T07:30:00Z'))).toEqual({ date: '2024-03-10', hour: 3, minute: 30, second: 0 });
    expect(newYorkInstant('2024-11-03', 1, 30)).toBe(utc('2024-11-03T05:30:00Z'));
    expect(newYorkClock(utc('2024-11-03T06:30:00Z'))).toEqual({ date: '2024-11-03', hour: 1, minute: 30, second: 0 });
  });

  it('refuses a date as a value that names the years it knows', () => {
    expect(refuseDate('2026-11-20')).toBeUndefined();
    expect(refuseDate('2026-02-30')?.code).toBe('date-malformed');
    expect(refuseDate('1989-12-31')).toEqual({
      code: 'date-out-of-range',
      figures: { date: '1989-12-31', first: '1990-01-01', last: '2030-12-31' },
    });
    expect(refuseDate('2031-01-01')?.code).toBe('date-out-of-range');
  });

  it('throws a RangeError outside its years and for times that no clock shows', () => {
    expect(newYorkDate(FIRST)).toBe('1990-01-01');
    expect(newYorkDate(LAST)).toBe('2030-12-31');
    for (const at of [FIRST - 1, LAST + 1, 0, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(isKnownInstant(at)).toBe(false);
      expect(() => newYorkClock(at)).toThrow(RangeError);
    }
    expect(isKnownInstant(FIRST) && isKnownInstant(LAST)).toBe(true);
    expect(() => newYorkInstant('1989-12-31', 9, 30)).toThrow(RangeError);
    expect(() => newYorkInstant('2026-02-30', 9, 30)).toThrow(RangeError);
    expect(() => newYorkInstant('2026-02-27', 24, 0)).toThrow(RangeError);
    expect(() => newYorkInstant('2026-02-27', 9, 60)).toThrow(RangeError);
    expect(() => newYorkInstant('2026-02-27', 9.5, 0)).toThrow(RangeError);
  });

  it('comes back from a date and time to the same date and time, save for the hour skipped in spring', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 41 * 365 }),
        fc.integer({ min: 3, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        (day, hour, minute) => {
          const date: NewYorkDate = addDays('1990-01-01', day);
          expect(newYorkClock(newYorkInstant(date, hour, minute))).toEqual({ date, hour, minute, second: 0 });
        },
      ),
    );
  });

  it('comes back from an instant to the same instant, or to the first pass of a repeated hour', () => {
    fc.assert(
      fc.property(instants, (at) => {
        const { date, hour, minute } = newYorkClock(at);
        const wholeMinute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
        expect([wholeMinute, wholeMinute - HOUR_MS]).toContain(newYorkInstant(date, hour, minute));
      }),
    );
  });
});
