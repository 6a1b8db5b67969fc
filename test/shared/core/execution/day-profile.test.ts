import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tempoBetween, volumeShare } from '../../../../shared/core/execution/day-profile.ts';
import { HOUR_MS, MINUTE_MS } from '../../../../shared/core/values/time.ts';

const REGULAR = { open: 0, close: 6.5 * HOUR_MS };
/** 9:30 to 13:00. */
const EARLY = { open: 0, close: 3.5 * HOUR_MS };

function percentOf({ part, whole }: ReturnType<typeof volumeShare>): number {
  return Number((part * 1_000_000n) / whole) / 10_000;
}

describe('the expected volume', () => {
  it('is all of it from open to close, however long the session', () => {
    expect(percentOf(volumeShare(REGULAR.open, REGULAR.close, REGULAR))).toBe(100);
    expect(percentOf(volumeShare(EARLY.open, EARLY.close, EARLY))).toBe(100);
  });

  it('is 14 % in the first half hour, 5 % at noon and 13 % in the last', () => {
    expect(percentOf(volumeShare(0, 30 * MINUTE_MS, REGULAR))).toBe(14);
    expect(percentOf(volumeShare(3 * HOUR_MS, 3.5 * HOUR_MS, REGULAR))).toBe(5);
    expect(percentOf(volumeShare(REGULAR.close - 10 * MINUTE_MS, REGULAR.close, REGULAR))).toBe(4.3333);
  });

  it('is that of the same part of a session that ends early', () => {
    expect(percentOf(volumeShare(EARLY.close - Math.round((210 * MINUTE_MS) / 13), EARLY.close, EARLY))).toBeCloseTo(13, 3);
  });

  it('is nothing outside the session', () => {
    expect(volumeShare(REGULAR.close, REGULAR.close + HOUR_MS, REGULAR).part).toBe(0n);
  });
});

describe('volume and tempo', () => {
  it('are never less of a longer time, and those of two times in a row are those of both together', () => {
    const moment = fc.integer({ min: 0, max: REGULAR.close });
    fc.assert(
      fc.property(moment, moment, moment, (...moments) => {
        const [first = 0, second = 0, third = 0] = moments.sort((a, b) => a - b);
        for (const area of [tempoBetween, (from: number, to: number) => volumeShare(from, to, REGULAR).part]) {
          expect(area(first, second, REGULAR) + area(second, third, REGULAR)).toBe(area(first, third, REGULAR));
          expect(area(first, second, REGULAR)).toBeGreaterThanOrEqual(0n);
        }
      }),
    );
  });
});
