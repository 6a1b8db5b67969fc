import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sessionsBetween } from '../../../../shared/core/market/nyse-calendar.ts';
import { isSettlementDay, settlementDate } from '../../../../shared/core/market/settlement.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';

const SESSIONS = sessionsBetween('1990-01-01', '2030-12-20');

describe('settlement', () => {
  it.each<[string, NewYorkDate, NewYorkDate]>([
    ['NASD notice 92-54, T+5 around Veterans Day', '1992-11-02', '1992-11-09'],
    ['NASD notice 92-54', '1992-11-04', '1992-11-12'],
    ['NASD notice 92-54', '1992-11-10', '1992-11-18'],
    ['NASD notice 92-54, traded on Veterans Day', '1992-11-11', '1992-11-18'],
    ['NASD notice 92-54, over Thanksgiving', '1992-11-24', '1992-12-02'],
    ['NASD notice 94-49, over Independence Day', '1994-06-28', '1994-07-06'],
    ['NASD notice 95-77, T+3 around Columbus Day', '1995-10-03', '1995-10-06'],
    ['NASD notice 95-77', '1995-10-04', '1995-10-10'],
    ['NASD notice 95-77', '1995-10-06', '1995-10-12'],
    ['NASD notice 95-77, traded on Columbus Day', '1995-10-09', '1995-10-12'],
    ['NASD notice 97-93, Martin Luther King Day 1998', '1998-01-16', '1998-01-22'],
    ['NASD notice 97-93, Good Friday 1998', '1998-04-07', '1998-04-13'],
    ['NASD notice 97-93, Good Friday 1998', '1998-04-09', '1998-04-15'],
    ['NASD notice 99-83, Columbus Day', '1999-10-11', '1999-10-14'],
    ['NASD notice 99-94, Christmas kept on Friday', '1999-12-21', '1999-12-27'],
    ['NASD notice 00-82, New Year', '2000-12-27', '2001-01-02'],
  ])('agrees with %s: %s settles %s', (_source, tradeDate, settles) => {
    expect(settlementDate(tradeDate)).toBe(settles);
  });

  it('shortens the cycle on the dates of the rule changes', () => {
    expect(settlementDate('1995-06-06')).toBe('1995-06-13'); // T+5: 7, 8, 9, 12, 13
    expect(settlementDate('1995-06-07')).toBe('1995-06-12'); // T+3: 8, 9, 12
    expect(settlementDate('2017-09-01')).toBe('2017-09-07'); // T+3 over Labor Day: 5, 6, 7
    expect(settlementDate('2017-09-05')).toBe('2017-09-07'); // T+2
    expect(settlementDate('2024-05-24')).toBe('2024-05-29'); // T+2 over Memorial Day: 28, 29
    expect(settlementDate('2024-05-28')).toBe('2024-05-29'); // T+1
  });

  it('settles nothing on Columbus Day and Veterans Day though the exchange trades', () => {
    expect(settlementDate('2026-10-09')).toBe('2026-10-13');
    expect(settlementDate('2026-10-12')).toBe('2026-10-13');
    expect(settlementDate('2026-11-10')).toBe('2026-11-12');
    expect(isSettlementDay('2026-11-11')).toBe(false);
  });

  it('keeps a Sunday Veterans Day on Monday and a Saturday one not at all', () => {
    expect(isSettlementDay('2018-11-12')).toBe(false);
    expect(isSettlementDay('2017-11-10')).toBe(true);
    expect(isSettlementDay('2017-11-13')).toBe(true);
  });

  it('kept Martin Luther King Day as a bank holiday while the exchange still traded on it', () => {
    expect(isSettlementDay('1997-01-20')).toBe(false);
    expect(isSettlementDay('1997-01-27')).toBe(true);
  });

  it('settles on the days on which only the exchange was closed', () => {
    expect(isSettlementDay('2007-01-02')).toBe(true);
    expect(settlementDate('2012-10-26')).toBe('2012-10-31'); // T+3: 29, 30, 31
    expect(settlementDate('2025-01-08')).toBe('2025-01-09');
  });

  it('throws a RangeError where the settlement date lies beyond the calendar', () => {
    expect(settlementDate('2030-12-30')).toBe('2030-12-31');
    expect(() => settlementDate('2030-12-31')).toThrow(RangeError);
    expect(() => settlementDate('1989-12-29')).toThrow(RangeError);
  });

  it('comes after the trade, on a settlement day, never before the settlement of an earlier trade of the same cycle', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SESSIONS.length - 2 }), (place) => {
        const [trade, later] = SESSIONS.slice(place, place + 2);
        if (trade === undefined || later === undefined) throw new Error('the place lies within the calendar');
        const settles = settlementDate(trade.date);
        expect(settles > trade.date).toBe(true);
        expect(isSettlementDay(settles)).toBe(true);
        const isCycleChange = ['1995-06-07', '2017-09-05', '2024-05-28'].includes(later.date);
        expect(isCycleChange || settlementDate(later.date) >= settles).toBe(true);
      }),
    );
  });
});
