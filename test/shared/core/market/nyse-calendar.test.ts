import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newYorkClock } from '../../../../shared/core/market/new-york-time.ts';
import { nextSession, previousSession, sessionOn, sessionsBetween } from '../../../../shared/core/market/nyse-calendar.ts';
import { CLOSURES } from '../../../../shared/core/market/nyse-closures.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';
import { addDays, dayOfWeek } from '../../../../shared/core/values/time.ts';

const ALL = sessionsBetween('1990-01-01', '2030-12-31');
const dates = fc.integer({ min: 0, max: 14_974 }).map((days) => addDays('1990-01-01', days));

function closedWeekdays(year: number): string[] {
  const closed: string[] = [];
  for (let date: NewYorkDate = `${year}-01-01` as NewYorkDate; date.startsWith(`${year}`); date = addDays(date, 1)) {
    if (dayOfWeek(date) % 6 !== 0 && sessionOn(date) === undefined) closed.push(date.slice(5));
    if (date === '2030-12-31') break;
  }
  return closed;
}

/** "07-03 13:00" for every session of the year that ends before 16:00. */
function earlyCloses(year: number): string[] {
  return ALL.filter(({ date, isEarlyClose }) => date.startsWith(`${year}`) && isEarlyClose).map(({ date, close }) => {
    const { hour, minute } = newYorkClock(close);
    return `${date.slice(5)} ${hour}:${`${minute}`.padStart(2, '0')}`;
  });
}

const words = (text: string): string[] => text.split(' ').filter((word) => word !== '');

describe('the calendar of the New York Stock Exchange', () => {
  it.each([
    // The exchange's own notices for 2025 to 2028.
    [2025, '01-01 01-09 01-20 02-17 04-18 05-26 06-19 07-04 09-01 11-27 12-25'],
    [2026, '01-01 01-19 02-16 04-03 05-25 06-19 07-03 09-07 11-26 12-25'],
    [2027, '01-01 01-18 02-15 03-26 05-31 06-18 07-05 09-06 11-25 12-24'],
    [2028, '01-17 02-21 04-14 05-29 06-19 07-04 09-04 11-23 12-25'],
    // The even years, from the exchange's list of closings and its yearly notices.
    [1990, '01-01 02-19 04-13 05-28 07-04 09-03 11-22 12-25'],
    [1992, '01-01 02-17 04-17 05-25 07-03 09-07 11-26 12-25'],
    [1994, '02-21 04-01 04-27 05-30 07-04 09-05 11-24 12-26'],
    [1996, '01-01 02-19 04-05 05-27 07-04 09-02 11-28 12-25'],
    [1998, '01-01 01-19 02-16 04-10 05-25 07-03 09-07 11-26 12-25'],
    [2000, '01-17 02-21 04-21 05-29 07-04 09-04 11-23 12-25'],
    [2002, '01-01 01-21 02-18 03-29 05-27 07-04 09-02 11-28 12-25'],
    [2004, '01-01 01-19 02-16 04-09 05-31 06-11 07-05 09-06 11-25 12-24'],
    [2006, '01-02 01-16 02-20 04-14 05-29 07-04 09-04 11-23 12-25'],
    [2008, '01-01 01-21 02-18 03-21 05-26 07-04 09-01 11-27 12-25'],
    [2010, '01-01 01-18 02-15 04-02 05-31 07-05 09-06 11-25 12-24'],
    [2012, '01-02 01-16 02-20 04-06 05-28 07-04 09-03 10-29 10-30 11-22 12-25'],
    [2014, '01-01 01-20 02-17 04-18 05-26 07-04 09-01 11-27 12-25'],
    [2016, '01-01 01-18 02-15 03-25 05-30 07-04 09-05 11-24 12-26'],
    [2018, '01-01 01-15 02-19 03-30 05-28 07-04 09-03 11-22 12-05 12-25'],
    [2020, '01-01 01-20 02-17 04-10 05-25 07-03 09-07 11-26 12-25'],
    [2022, '01-17 02-21 04-15 05-30 06-20 07-04 09-05 11-24 12-26'],
    [2024, '01-01 01-15 02-19 03-29 05-27 06-19 07-04 09-02 11-28 12-25'],
    [2030, '01-01 01-21 02-18 04-19 05-27 06-19 07-04 09-02 11-28 12-25'],
  ])('is closed in %i on these weekdays and no other', (year, closed) => {
    expect(closedWeekdays(year)).toEqual(words(closed));
  });

  it.each([
    [1990, ['12-24 14:00']],
    [1992, ['11-27 14:00', '12-24 14:00']],
    [1994, ['11-25 13:00']],
    [1996, ['07-05 13:00', '11-29 13:00', '12-24 13:00']],
    [1998, ['11-27 13:00', '12-24 13:00']],
    [2000, ['07-03 13:00', '11-24 13:00']],
    [2002, ['07-05 13:00', '11-29 13:00', '12-24 13:00']],
    [2004, ['11-26 13:00']],
    [2008, ['07-03 13:00', '11-28 13:00', '12-24 13:00']],
    [2014, ['07-03 13:00', '11-28 13:00', '12-24 13:00']],
    [2016, ['11-25 13:00']],
    [2020, ['11-27 13:00', '12-24 13:00']],
    [2024, ['07-03 13:00', '11-29 13:00', '12-24 13:00']],
    [2025, ['07-03 13:00', '11-28 13:00', '12-24 13:00']],
    [2026, ['11-27 13:00', '12-24 13:00']],
    [2027, ['11-26 13:00']],
    [2028, ['07-03 13:00', '11-24 13:00']],
    [2030, ['07-03 13:00', '11-29 13:00', '12-24 13:00']],
  ])('ends early in %i on these days and no other', (year, closes) => {
    expect(earlyCloses(year)).toEqual(closes);
  });

  it.each([
    [1990, 253],
    [1992, 254],
    [1994, 252],
    [1996, 254],
    [1998, 252],
    [2000, 252],
    [2001, 248],
    [2002, 252],
    [2004, 252],
    [2006, 251],
    [2008, 253],
    [2010, 252],
    [2012, 250],
    [2014, 252],
    [2016, 252],
    [2018, 251],
    [2020, 253],
    [2022, 251],
    [2024, 252],
  ])('has in %i the %i trading days that the exchange counted', (year, count) => {
    expect(ALL.filter(({ date }) => date.startsWith(`${year}`))).toHaveLength(count);
  });

  it('gives a session its open and close in UTC, early closes marked', () => {
    expect(sessionOn('2026-11-20')).toEqual({
      date: '2026-11-20',
      open: Date.parse('2026-11-20T14:30:00Z'),
      close: Date.parse('2026-11-20T21:00:00Z'),
      isEarlyClose: false,
    });
    expect(sessionOn('2025-07-03')).toEqual({
      date: '2025-07-03',
      open: Date.parse('2025-07-03T13:30:00Z'),
      close: Date.parse('2025-07-03T17:00:00Z'),
      isEarlyClose: true,
    });
    expect(sessionOn('2026-11-21')).toBeUndefined();
  });

  it('opens every session at 9:30 and closes it at 13:00, 14:00 or 16:00 New York time', () => {
    for (const { open, close, date } of ALL) {
      expect(newYorkClock(open)).toEqual({ date, hour: 9, minute: 30, second: 0 });
      const closing = newYorkClock(close);
      expect([13, 14, 16]).toContain(closing.hour);
      expect(closing).toEqual({ date, hour: closing.hour, minute: 0, second: 0 });
    }
  });

  it('lists one-off closures in order, on weekdays that no holiday had closed already', () => {
    for (const [index, { date }] of CLOSURES.entries()) {
      expect(dayOfWeek(date) % 6).not.toBe(0);
      expect(sessionOn(date)).toBeUndefined();
      expect(index === 0 || (CLOSURES[index - 1]?.date ?? date) < date).toBe(true);
    }
  });

  it('refuses dates outside 1990 to 2030 by naming the range', () => {
    expect(() => sessionOn('1989-12-29')).toThrow(/1990-01-01.*2030-12-31/);
    expect(() => sessionsBetween('1990-01-02', '2031-01-02')).toThrow(RangeError);
    expect(() => nextSession('2030-12-31')).toThrow(RangeError);
    expect(() => previousSession('1990-01-02')).toThrow(/1990-01-01 to 2030-12-31/);
    expect(nextSession('2030-12-30').date).toBe('2030-12-31');
    expect(previousSession('1990-01-03').date).toBe('1990-01-02');
  });

  it('returns both ends of a range, and nothing for a range turned round', () => {
    expect(sessionsBetween('2026-11-25', '2026-11-30').map(({ date }) => date)).toEqual(['2026-11-25', '2026-11-27', '2026-11-30']);
    expect(sessionsBetween('2026-11-26', '2026-11-26')).toEqual([]);
    expect(sessionsBetween('2026-11-30', '2026-11-25')).toEqual([]);
  });

  it('holds only weekdays, strictly ascending, each found by its date', () => {
    for (const [index, session] of ALL.entries()) {
      expect(dayOfWeek(session.date) % 6).not.toBe(0);
      expect(session.open).toBeLessThan(session.close);
      expect(index === 0 || (ALL[index - 1]?.close ?? Infinity) < session.open).toBe(true);
      expect(sessionOn(session.date)).toBe(session);
    }
  });

  it('steps forward and back again to the same session', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: ALL.length - 2 }), (place) => {
        const session = ALL[place];
        if (session === undefined) throw new Error('the place lies within the calendar');
        expect(previousSession(nextSession(session.date).date)).toBe(session);
      }),
    );
  });

  it('steps from any date to neighbours with no session between', () => {
    fc.assert(
      fc.property(dates, (date) => {
        fc.pre(date > '1990-01-02' && date < '2030-12-31');
        const between = sessionsBetween(previousSession(date).date, nextSession(date).date);
        const here = sessionOn(date);
        expect(between).toEqual([previousSession(date), ...(here === undefined ? [] : [here]), nextSession(date)]);
      }),
    );
  });
});
