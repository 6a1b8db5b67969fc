import { describe, expect, it } from 'vitest';
import { lastFinishedSession } from '../../../../shared/core/market/last-finished-session.ts';

describe('the last finished session', () => {
  it.each([
    ['on Friday at the close is Friday', '2026-11-20T16:00:00-05:00', '2026-11-20'],
    ['a millisecond before the close is Thursday', '2026-11-20T15:59:59.999-05:00', '2026-11-19'],
    ['on Sunday is Friday', '2026-11-22T12:00:00-05:00', '2026-11-20'],
    ['on Monday before the bell is Friday', '2026-11-23T08:00:00-05:00', '2026-11-20'],
    ['on Thanksgiving is the day before', '2026-11-26T20:00:00-05:00', '2026-11-25'],
    ['after the early close of the day after is that day', '2026-11-27T13:00:00-05:00', '2026-11-27'],
    ['counts the date of New York, not of London', '2026-11-21T02:00:00Z', '2026-11-20'],
  ])('%s', (_, at, date) => {
    expect(lastFinishedSession(Date.parse(at)).date).toBe(date);
  });
});
