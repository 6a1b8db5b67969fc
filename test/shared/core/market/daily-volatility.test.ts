import { describe, expect, it } from 'vitest';
import { dailyVolatility } from '../../../../shared/core/market/daily-volatility.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';

const SESSIONS: readonly NewYorkDate[] = ['2026-11-16', '2026-11-17', '2026-11-18', '2026-11-19'];

describe('the daily volatility', () => {
  it('is the sample deviation of the returns', () => {
    // Returns of +1 %, 0 and −1 %: mean 0, (1 + 0 + 1) / 2 = 1 %².
    expect(dailyVolatility(SESSIONS, [100, 101, 101, 99.99], SESSIONS)).toBe(10_000n);
  });

  it('looks at the latest sessions alone', () => {
    expect(dailyVolatility(['2026-11-13', ...SESSIONS], [7, 100, 101, 101, 99.99], SESSIONS)).toBe(10_000n);
  });

  it.each<[string, readonly NewYorkDate[], number[]]>([
    ['a session is missing', ['2026-11-13', '2026-11-16', '2026-11-17', '2026-11-19'], [1, 1, 1, 1]],
    ['the last session is missing', SESSIONS.slice(0, 3), [1, 1, 1]],
    ['a close is zero', SESSIONS, [1, 0, 1, 1]],
    ['there are no closes', [], []],
    ['nothing moves', SESSIONS, [50, 50, 50, 50]],
  ])('is not known where %s', (_, dates, closes) => {
    expect(dailyVolatility(dates, closes, SESSIONS)).toBeUndefined();
  });
});
