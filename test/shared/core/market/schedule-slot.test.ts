import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Session } from '../../../../shared/core/market/calendar.ts';
import { nextSession, sessionOn, sessionsBetween } from '../../../../shared/core/market/nyse-calendar.ts';
import type { Schedule, Slot } from '../../../../shared/core/market/schedule.ts';
import { isDue, matchSlot, nextRuns, refuseSlot, slotInstant } from '../../../../shared/core/market/schedule-slot.ts';
import type { NewYorkDate } from '../../../../shared/core/values/time.ts';
import { MINUTE_MS } from '../../../../shared/core/values/time.ts';

const BEFORE_CLOSE: Slot = { anchor: 'close', offsetMinutes: -25 };

function aSchedule(overrides: Partial<Schedule> = {}): Schedule {
  return { name: 'daily', at: BEFORE_CLOSE, every: 'day', on: 'first', band: {}, approve: false, ...overrides };
}

function session(date: NewYorkDate): Session {
  const found = sessionOn(date);
  if (found === undefined) throw new Error(`${date} was expected to be a session`);
  return found;
}

const utc = (text: string): number => Date.parse(text);
const slots = fc.oneof(
  fc.integer({ min: 1, max: 209 }).map((offsetMinutes): Slot => ({ anchor: 'open', offsetMinutes })),
  fc.integer({ min: -209, max: -1 }).map((offsetMinutes): Slot => ({ anchor: 'close', offsetMinutes })),
);
const frequencies = fc.record({ every: fc.constantFrom('day', 'week', 'month', 'quarter', 'year'), on: fc.constantFrom('first', 'last') });
const modern = sessionsBetween('1993-01-01', '2030-12-27');
const sessions = fc.integer({ min: 0, max: modern.length - 1 }).map((place) => {
  const found = modern[place];
  if (found === undefined) throw new Error('the place lies within the calendar');
  return found;
});

describe('the slot of a schedule', () => {
  it('counts minutes from the open and to the close, early closes included', () => {
    expect(slotInstant({ anchor: 'open', offsetMinutes: 15 }, session('2026-11-20'))).toBe(utc('2026-11-20T14:45:00Z'));
    expect(slotInstant(BEFORE_CLOSE, session('2026-11-20'))).toBe(utc('2026-11-20T20:35:00Z'));
    expect(slotInstant(BEFORE_CLOSE, session('2026-11-27'))).toBe(utc('2026-11-27T17:35:00Z'));
  });

  it('must lie strictly between open and close, in the shortest session when none is named', () => {
    expect(refuseSlot(BEFORE_CLOSE)).toBeUndefined();
    expect(refuseSlot({ anchor: 'open', offsetMinutes: 0 })?.code).toBe('slot-not-after-open');
    expect(refuseSlot({ anchor: 'open', offsetMinutes: -5 })?.code).toBe('slot-not-after-open');
    expect(refuseSlot({ anchor: 'close', offsetMinutes: 0 })?.code).toBe('slot-not-before-close');
    expect(refuseSlot({ anchor: 'close', offsetMinutes: 5 })?.code).toBe('slot-not-before-close');
    expect(refuseSlot({ anchor: 'open', offsetMinutes: 209 })).toBeUndefined();
    expect(refuseSlot({ anchor: 'open', offsetMinutes: 210 })).toEqual({
      code: 'slot-not-before-close',
      figures: { anchor: 'open', offsetMinutes: '210', sessionMinutes: '210' },
    });
    expect(refuseSlot({ anchor: 'open', offsetMinutes: 210 }, session('2026-11-20'))).toBeUndefined();
    expect(refuseSlot({ anchor: 'close', offsetMinutes: -390 }, session('2026-11-20'))?.code).toBe('slot-not-after-open');
    expect(refuseSlot({ anchor: 'close', offsetMinutes: -2.5 })?.code).toBe('slot-not-whole-minutes');
    expect(refuseSlot({ anchor: 'close', offsetMinutes: Number.NaN })?.code).toBe('slot-not-whole-minutes');
  });

  it('lies inside every session since 1993 when it is not refused', () => {
    fc.assert(
      fc.property(slots, sessions, (slot, inSession) => {
        expect(refuseSlot(slot)).toBeUndefined();
        const at = slotInstant(slot, inSession);
        expect(at > inSession.open && at < inSession.close).toBe(true);
      }),
    );
  });
});

describe('the sessions of a schedule', () => {
  it('are the first or last of a week, past holidays at its edges', () => {
    const first = { every: 'week', on: 'first' } as const;
    const last = { every: 'week', on: 'last' } as const;
    expect(isDue(first, session('2026-09-08'))).toBe(true); // after Labor Day
    expect(isDue(first, session('2026-09-09'))).toBe(false);
    expect(isDue(last, session('2026-04-02'))).toBe(true); // before Good Friday
    expect(isDue(last, session('2026-04-01'))).toBe(false);
    expect(isDue(first, session('2001-09-17'))).toBe(true);
    expect(isDue(last, session('2001-09-10'))).toBe(true); // the attack closed the rest of the week
  });

  it('are the first or last of a month or quarter', () => {
    expect(isDue({ every: 'month', on: 'first' }, session('2026-01-02'))).toBe(true);
    expect(isDue({ every: 'month', on: 'first' }, session('2026-02-02'))).toBe(true);
    expect(isDue({ every: 'month', on: 'last' }, session('2026-02-27'))).toBe(true);
    expect(isDue({ every: 'month', on: 'last' }, session('2026-12-31'))).toBe(true);
    expect(isDue({ every: 'quarter', on: 'first' }, session('2026-02-02'))).toBe(false);
    expect(isDue({ every: 'quarter', on: 'first' }, session('2026-10-01'))).toBe(true);
    expect(isDue({ every: 'quarter', on: 'last' }, session('2026-06-30'))).toBe(true);
    expect(isDue({ every: 'quarter', on: 'last' }, session('2026-05-29'))).toBe(false);
  });

  it('are one per week, month, quarter and year', () => {
    const year = sessionsBetween('2026-01-01', '2026-12-31');
    for (const on of ['first', 'last'] as const) {
      expect(year.filter((one) => isDue({ every: 'month', on }, one))).toHaveLength(12);
      expect(year.filter((one) => isDue({ every: 'quarter', on }, one))).toHaveLength(4);
      expect(year.filter((one) => isDue({ every: 'year', on }, one)).map(({ date }) => date)).toEqual([
        on === 'first' ? '2026-01-02' : '2026-12-31',
      ]);
      expect(year.filter((one) => isDue({ every: 'day', on }, one))).toHaveLength(year.length);
      const weeks = sessionsBetween('2026-01-05', '2027-01-03').filter((one) => isDue({ every: 'week', on }, one));
      expect(weeks).toHaveLength(52);
    }
  });

  it('are unknown in the week that the end of 2030 cuts', () => {
    expect(() => isDue({ every: 'week', on: 'last' }, session('2030-12-31'))).toThrow(RangeError);
    expect(isDue({ every: 'quarter', on: 'last' }, session('2030-12-31'))).toBe(true);
    expect(isDue({ every: 'year', on: 'last' }, session('2030-12-31'))).toBe(true);
    expect(isDue({ every: 'week', on: 'first' }, session('1990-01-02'))).toBe(true);
  });
});

describe('the next runs of a schedule', () => {
  it('follow the sessions, with the early close over Thanksgiving', () => {
    expect(nextRuns(aSchedule(), utc('2026-11-25T20:35:00Z'), 2)).toEqual([
      { session: session('2026-11-27'), at: utc('2026-11-27T17:35:00Z') },
      { session: session('2026-11-30'), at: utc('2026-11-30T20:35:00Z') },
    ]);
    expect(nextRuns(aSchedule(), utc('2026-11-25T20:34:59Z'), 1)[0]?.session.date).toBe('2026-11-25');
  });

  it('step by quarter', () => {
    const dates = nextRuns(aSchedule({ every: 'quarter', on: 'last' }), utc('2026-11-21T00:00:00Z'), 3).map(
      ({ session: { date } }) => date,
    );
    expect(dates).toEqual(['2026-12-31', '2027-03-31', '2027-06-30']);
  });

  it('step by year', () => {
    const dates = nextRuns(aSchedule({ every: 'year', on: 'first' }), utc('2026-11-21T00:00:00Z'), 9).map(({ session: { date } }) => date);
    expect(dates).toEqual(['2027-01-04', '2028-01-03', '2029-01-02', '2030-01-02']);
  });

  it('end with the calendar and are none when none are asked for', () => {
    expect(nextRuns(aSchedule(), utc('2030-12-30T12:00:00Z'), 5).map(({ session: { date } }) => date)).toEqual([
      '2030-12-30',
      '2030-12-31',
    ]);
    expect(nextRuns(aSchedule({ every: 'week' }), utc('2030-12-30T12:00:00Z'), 5)).toEqual([]);
    expect(nextRuns(aSchedule(), utc('2026-11-21T00:00:00Z'), 0)).toEqual([]);
  });

  it('ascend, come after the instant and are each due when their cron fires', () => {
    fc.assert(
      fc.property(slots, frequencies, sessions, fc.integer({ min: -720, max: 720 }), (at, frequency, near, minutes) => {
        // Three yearly runs have to follow, and the calendar ends with 2030.
        fc.pre(near.date < '2028');
        const schedule = aSchedule({ at, ...frequency });
        const after = near.open + minutes * MINUTE_MS;
        const runs = nextRuns(schedule, after, 3);
        expect(runs).toHaveLength(3);
        let previous = after;
        for (const run of runs) {
          expect(run.at).toBeGreaterThan(previous);
          expect(matchSlot(schedule, run.at)).toEqual({ kind: 'due', session: run.session });
          previous = run.at;
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('the hour that a cron names', () => {
  const regular = (date: string): number => utc(`${date}T20:35:00Z`);
  const early = (date: string): number => utc(`${date}T17:35:00Z`);

  it('is due at the slot, one minute to either side included', () => {
    const due = { kind: 'due', session: session('2026-11-20') };
    for (const shift of [-MINUTE_MS, 0, MINUTE_MS]) expect(matchSlot(aSchedule(), regular('2026-11-20') + shift)).toEqual(due);
    expect(matchSlot(aSchedule(), regular('2026-11-20') + MINUTE_MS + 1).kind).toBe('off-slot');
    expect(matchSlot(aSchedule(), regular('2026-11-20') - MINUTE_MS - 1).kind).toBe('off-slot');
  });

  it('is the other close when the regular cron fires on a short day, or the early one on a long day', () => {
    expect(matchSlot(aSchedule(), early('2026-11-27'))).toEqual({ kind: 'due', session: session('2026-11-27') });
    expect(matchSlot(aSchedule(), regular('2026-11-27'))).toEqual({ kind: 'other-close', session: session('2026-11-27') });
    expect(matchSlot(aSchedule(), early('2026-11-20'))).toEqual({ kind: 'other-close', session: session('2026-11-20') });
  });

  it('holds in summer time, when the same clock time is another hour in UTC', () => {
    expect(matchSlot(aSchedule(), utc('2026-07-06T19:35:00Z')).kind).toBe('due');
    expect(matchSlot(aSchedule(), utc('2026-07-06T20:35:00Z')).kind).toBe('off-slot');
  });

  it('is off the slot when no cron of the schedule fires then', () => {
    const fromOpen = aSchedule({ at: { anchor: 'open', offsetMinutes: 15 } });
    expect(matchSlot(fromOpen, utc('2026-11-27T14:45:00Z')).kind).toBe('due');
    expect(matchSlot(fromOpen, regular('2026-11-27'))).toEqual({
      kind: 'off-slot',
      session: session('2026-11-27'),
      slot: utc('2026-11-27T14:45:00Z'),
    });
  });

  it('is not a session on a holiday, a weekend or a day of mourning', () => {
    expect(matchSlot(aSchedule(), regular('2026-11-26'))).toEqual({ kind: 'not-a-session', date: '2026-11-26' });
    expect(matchSlot(aSchedule(), regular('2026-11-21')).kind).toBe('not-a-session');
    expect(matchSlot(aSchedule(), regular('2025-01-09')).kind).toBe('not-a-session');
  });

  it('is not due on a session that the frequency passes over', () => {
    const monthly = aSchedule({ every: 'month', on: 'last' });
    expect(matchSlot(monthly, regular('2026-11-20'))).toEqual({ kind: 'not-due', session: session('2026-11-20') });
    expect(matchSlot(monthly, regular('2026-11-30')).kind).toBe('due');
  });

  it('is of an unknown calendar outside 1990 to 2030 and in the week that 2030 cuts', () => {
    expect(matchSlot(aSchedule(), regular('2031-01-02'))).toEqual({ kind: 'unknown-calendar' });
    expect(matchSlot(aSchedule(), Number.NaN)).toEqual({ kind: 'unknown-calendar' });
    expect(matchSlot(aSchedule(), 0)).toEqual({ kind: 'unknown-calendar' });
    expect(matchSlot(aSchedule({ every: 'week' }), regular('2030-12-31'))).toEqual({ kind: 'unknown-calendar' });
    expect(matchSlot(aSchedule(), regular('2030-12-31')).kind).toBe('due');
  });

  it('is due exactly once per session among its two crons', () => {
    fc.assert(
      fc.property(fc.integer({ min: -209, max: -1 }), sessions, (offsetMinutes, one) => {
        fc.pre(one.date < '2030');
        const schedule = aSchedule({ at: { anchor: 'close', offsetMinutes } });
        const sixteen = one.open + 390 * MINUTE_MS + offsetMinutes * MINUTE_MS;
        const kinds = [sixteen, sixteen - 180 * MINUTE_MS].map((at) => matchSlot(schedule, at).kind).sort();
        expect(kinds).toEqual(['due', 'other-close']);
        expect(nextSession(one.date).open).toBeGreaterThan(sixteen);
      }),
    );
  });
});
