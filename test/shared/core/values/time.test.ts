import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dayOfWeek, daysBetween, isNewYorkDate } from '../../../../shared/core/values/time.ts';
import { anyDate } from '../../../arbitraries/values.ts';

describe('a date', () => {
  it.each(['2026-11-20', '2024-02-29', '2000-02-29', '1990-01-01'])('may be %s', (text) => expect(isNewYorkDate(text)).toBe(true));

  it.each([
    '2025-02-29',
    '1900-02-29',
    '2025-02-30',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '2025-1-1',
    '20250101',
    '2025-01-01T00:00Z',
    '',
  ])('may not be %j', (text) => expect(isNewYorkDate(text)).toBe(false));

  it('is one exactly where the machine knows such a day', () => {
    for (const year of [0, 1900, 1999, 2000, 2023, 2024, 2100, 9999])
      for (let month = 0; month <= 13; month += 1)
        for (let day = 0; day <= 32; day += 1) {
          const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          const ms = Date.parse(`${text}T00:00:00Z`);
          expect(isNewYorkDate(text), text).toBe(!Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text));
        }
  });

  it('moves by civil days, over months, leap days and years, and back', () => {
    expect([addDays('2024-02-28', 1), addDays('2024-02-28', 2), addDays('2025-12-31', 1), addDays('2026-03-01', -1)]).toEqual([
      '2024-02-29',
      '2024-03-01',
      '2026-01-01',
      '2026-02-28',
    ]);
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -4_000, max: 4_000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(isNewYorkDate(moved)).toBe(true);
        expect(addDays(moved, -days)).toBe(date);
        expect(Math.sign(days)).toBe(moved > date ? 1 : moved < date ? -1 : 0);
        expect(daysBetween(date, moved)).toBe(days);
      }),
    );
  });

  it('has a day of the week, Sunday being 0', () => {
    // 2026-11-20 is a Friday; 1 January 2000 was a Saturday.
    expect([dayOfWeek('2026-11-20'), dayOfWeek('2026-11-22'), dayOfWeek('2000-01-01')]).toEqual([5, 0, 6]);
    fc.assert(
      fc.property(anyDate, (date) => {
        expect(dayOfWeek(addDays(date, 1))).toBe((dayOfWeek(date) + 1) % 7);
      }),
    );
  });
});
