import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sessionOn, sessionsBetween } from '../../../../shared/core/market/nyse-calendar.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';

const FOLDER = new URL('../../../../../shared/data/reference/calendar/', import.meta.url);
const isAbsent = !existsSync(FOLDER);
const title = 'the calendar against the XNYS calendar of exchange_calendars';

describe.skipIf(isAbsent)(isAbsent ? `${title} (skipped: ../shared/data is absent)` : title, () => {
  it('has every session of the odd years 1991 to 2029 with its open, close and early close, and no other', () => {
    const rows = readFileSync(new URL('xnys_sessions_odd_years_1991_2029.csv', FOLDER), 'utf8').trim().split('\n').slice(1);
    const theirs = rows.map((row) => {
      const [session, open, close, , , early] = row.split(',');
      return `${session} ${open} ${close} ${early}`;
    });
    const minute = (at: number): string => `${new Date(at).toISOString().slice(0, 16)}Z`;
    const ours = sessionsBetween('1991-01-01', '2029-12-31')
      .filter(({ date }) => Number(date.slice(0, 4)) % 2 === 1)
      .map(({ date, open, close, isEarlyClose }) => `${date} ${minute(open)} ${minute(close)} ${isEarlyClose ? 1 : 0}`);
    expect(theirs).toHaveLength(5_031);
    expect(ours).toEqual(theirs);
  });

  it('agrees with its samples of holidays, closings, early closes and ordinary days', () => {
    const samples = JSON.parse(readFileSync(new URL('xnys_samples.json', FOLDER), 'utf8')) as Record<string, NewYorkDate[]>;
    const sample = (name: string): NewYorkDate[] => {
      const found = samples[name];
      if (found === undefined || found.length === 0) throw new Error(`the samples have no ${name}`);
      return found;
    };
    for (const date of [...sample('regular_holidays'), ...sample('adhoc_closings')])
      expect([date, sessionOn(date)]).toEqual([date, undefined]);
    for (const date of sample('early_closes_13_00')) expect([date, sessionOn(date)?.isEarlyClose]).toEqual([date, true]);
    for (const date of sample('not_early')) expect([date, sessionOn(date)?.isEarlyClose]).toEqual([date, false]);
    for (const date of sample('open_days')) expect(sessionOn(date)?.date).toBe(date);
  });
});
