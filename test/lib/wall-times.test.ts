import { describe, expect, it } from 'vitest';
import { wallTimesOf } from '../../lib/wall-times.ts';

describe('the wall times of a slot', () => {
  it('are two before the close, because some sessions end at 13:00', () => {
    expect(wallTimesOf({ anchor: 'close', offsetMinutes: -25 })).toEqual([
      { name: 'regular-close', hour: 15, minute: 35 },
      { name: 'early-close', hour: 12, minute: 35 },
    ]);
  });

  it('are one after the open, which never moves', () => {
    expect(wallTimesOf({ anchor: 'open', offsetMinutes: 30 })).toEqual([{ name: 'after-open', hour: 10, minute: 0 }]);
  });

  it('include the minute of the open itself', () => {
    expect(wallTimesOf({ anchor: 'open', offsetMinutes: 0 })).toEqual([{ name: 'after-open', hour: 9, minute: 30 }]);
    expect(wallTimesOf({ anchor: 'close', offsetMinutes: -390 })).toEqual([{ name: 'regular-close', hour: 9, minute: 30 }]);
  });

  it('leave out the short session when the slot would be before its open', () => {
    // 13:00 − 3 h 30 min is 09:30, still inside; one minute more is not.
    expect(wallTimesOf({ anchor: 'close', offsetMinutes: -210 }).map(({ name }) => name)).toEqual(['regular-close', 'early-close']);
    expect(wallTimesOf({ anchor: 'close', offsetMinutes: -211 }).map(({ name }) => name)).toEqual(['regular-close']);
  });

  it.each([
    ['open', -1, 'open-1m'],
    ['open', 390, 'open+390m'],
    ['open', 0.5, 'open+0.5m'],
    ['close', 0, 'close+0m'],
    ['close', -391, 'close-391m'],
  ] as const)('are refused outside the session: %s %d', (anchor, offsetMinutes, words) => {
    expect(() => wallTimesOf({ anchor, offsetMinutes })).toThrow(`the slot ${words} lies outside the session`);
  });
});
