import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advanceEvent, portfolioOf, scheduleEvent } from '../../../shared/contracts/events.ts';
import { parseRunId } from '../../../shared/core/values/identity.ts';
import { anyRunId } from '../../arbitraries/values.ts';

const DUE = { portfolio: 'sixty-forty', schedule: 'month-end', scheduledTime: '2026-11-20T20:35:00Z' };

describe('a schedule event', () => {
  it.each(['2026-11-20T20:35:00Z', '2026-11-20T20:35:00.000Z', '2026-11-20T15:35:00-05:00'])('may be due at %s', (scheduledTime) => {
    expect(scheduleEvent.parse({ ...DUE, scheduledTime })).toEqual({ ...DUE, scheduledTime });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'sixty-forty'],
    ['an empty object', {}],
    ['a key that it does not know', { ...DUE, attempt: 2 }],
    ['no scheduled time', { portfolio: 'sixty-forty', schedule: 'month-end' }],
    ['the placeholder of the scheduler, unfilled', { ...DUE, scheduledTime: '<aws.scheduler.scheduled-time>' }],
    ['a time without a zone', { ...DUE, scheduledTime: '2026-11-20T20:35:00' }],
    ['a day that does not exist', { ...DUE, scheduledTime: '2026-02-30T20:35:00Z' }],
    ['a number for a time', { ...DUE, scheduledTime: 1_795_206_900_000 }],
    ['a portfolio that would break the run id', { ...DUE, portfolio: 'sixty/forty' }],
    ['a schedule that is empty', { ...DUE, schedule: '' }],
  ])('is not %s', (_, event) => {
    expect(scheduleEvent.safeParse(event).success).toBe(false);
  });
});

describe('an advance event', () => {
  it('carries a run id, and knows its portfolio', () => {
    fc.assert(
      fc.property(anyRunId, (runId) => {
        const event = advanceEvent.parse({ runId });
        expect(event).toEqual({ runId });
        expect(portfolioOf(event)).toBe(parseRunId(runId)?.portfolio);
      }),
    );
  });

  it.each([
    {},
    { runId: 'sixty-forty' },
    { runId: 'sixty-forty/2026-02-30/month-end' },
    { runId: 7 },
    { runId: 'a/2026-11-20/b', turn: 1 },
  ])('is not %j', (event) => {
    expect(advanceEvent.safeParse(event).success).toBe(false);
  });

  it('that was never parsed has no portfolio', () => {
    expect(() => portfolioOf({ runId: 'nonsense' })).toThrow('not a run id: nonsense');
  });
});
