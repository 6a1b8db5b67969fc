import { describe, expect, it } from 'vitest';
import { secondsToNextTurn } from '../../../../shared/core/execution/next-turn.ts';
import { startExecution } from '../../../../shared/core/execution/start-execution.ts';
import { isOver } from '../../../../shared/core/execution/state.ts';
import { stopOf } from '../../../../shared/core/execution/stop.ts';
import { sessionOn } from '../../../../shared/core/market/nyse-calendar.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { aCancelingLeg, aLeg, aSendingLeg, aSight, aState, aWorkingLeg, CLOSE, DEADLINE, RULES } from './execution-builder.ts';

const DONE = aLeg('sell', 'AAA', '1', { stage: { kind: 'done' } });

describe('the next turn', () => {
  it.each([
    ['every second while an order is being canceled', [aCancelingLeg('sell', 'AAA', '1'), aWorkingLeg('sell', 'BBB', '1')], 0, 1],
    ['every five seconds while an order works', [aWorkingLeg('sell', 'AAA', '1')], 0, 5],
    ['when the time of a price step is over', [aWorkingLeg('sell', 'AAA', '1')], 27_400, 3],
    ['when an attempt may be repeated', [aSendingLeg('sell', 'AAA', '1')], 500, 2],
    ['in five seconds where nothing more may be sent', [aSendingLeg('sell', 'AAA', '1')], 600_000, 5],
    ['in five seconds while a leg waits', [aLeg('sell', 'AAA', '1')], 0, 5],
    ['not sooner than in a second', [aWorkingLeg('sell', 'AAA', '1')], 29_500, 1],
    ['in five seconds while an order cannot be seen whose time is over', [aWorkingLeg('sell', 'AAA', '1')], 31_000, 5],
  ])('comes %s', (_, legs, now, seconds) => {
    expect(secondsToNextTurn(aState(legs), now, now)).toBe(seconds);
  });

  it.each([
    ['a cancel that is not confirmed', [aCancelingLeg('sell', 'AAA', '1')], 600_000, 60],
    ['a cancel that was asked for a minute ago', [aCancelingLeg('sell', 'AAA', '1')], 60_000, 6],
    ['an order that may not be sent again', [aSendingLeg('sell', 'AAA', '1')], 600_000, 60],
    ['an order that works, at most every fifteen seconds', [aWorkingLeg('sell', 'AAA', '1', { until: 3_600_000 })], 600_000, 15],
  ])('comes later the longer nothing changes: %s', (_, legs, idle, seconds) => {
    expect(secondsToNextTurn(aState(legs), 0, idle)).toBe(seconds);
  });

  it('never passes over the deadline', () => {
    expect(secondsToNextTurn(aState([aCancelingLeg('sell', 'AAA', '1')]), 0, DEADLINE - 3_000)).toBe(3);
  });

  it('leaves an order that hangs from the open to the close far below the events that an engine keeps', () => {
    const hanging = aState([aCancelingLeg('sell', 'AAA', '1')]);
    const SESSION_MS = 6.75 * 3_600_000;
    let turns = 0;
    for (let now = 0; now < SESSION_MS; now += secondsToNextTurn(hanging, 0, now) * 1_000) turns += 1;
    // Nine events a turn, 25,000 in an execution.
    expect(turns * 9).toBeLessThan(12_500);
  });
});

describe('a stop', () => {
  it('is the kill switch before a blocked account before the deadline', () => {
    const state = aState([]);
    expect(stopOf(state, aSight([], { killSwitch: 'cancel', isBlocked: true }), CLOSE)).toEqual({
      code: 'kill-switch',
      openOrders: 'cancel',
    });
    expect(stopOf(state, aSight([], { isBlocked: true }), CLOSE)).toEqual({ code: 'account-blocked', openOrders: 'cancel' });
    expect(stopOf(state, aSight([]), DEADLINE)).toEqual({ code: 'deadline', openOrders: 'cancel' });
    expect(stopOf(state, aSight([]), DEADLINE - 1)).toBeUndefined();
  });

  it('that keeps orders gives way to a blocked account and to the deadline, which cancel them', () => {
    const state = aState([]);
    expect(stopOf(state, aSight([], { killSwitch: 'keep' }), DEADLINE - 1)).toEqual({ code: 'kill-switch', openOrders: 'keep' });
    expect(stopOf(state, aSight([], { killSwitch: 'keep', isBlocked: true }), 0)).toEqual({
      code: 'account-blocked',
      openOrders: 'cancel',
    });
    expect(stopOf(state, aSight([], { killSwitch: 'keep' }), DEADLINE)).toEqual({ code: 'deadline', openOrders: 'cancel' });
  });
});

describe('the start of an execution', () => {
  it('makes one leg of each trade, and puts the deadline before the close of that very session', () => {
    // The day after Thanksgiving 2026 closes at 13:00 in New York, 18:00 UTC.
    const session = sessionOn('2026-11-27');
    if (session === undefined) throw new Error('a session by the calendar');
    const trades = [{ symbol: 'AAA', side: 'sell' as const, quantity: shares('10'), arrival: usd('50'), notional: usd('500') }];
    const plan = {
      equity: usd('1000'),
      isTriggered: true,
      lines: [],
      trades,
      skipped: [],
      cashBefore: 0n,
      proceedsAtLeast: 0n,
      costAtMost: 0n,
    };
    const state = startExecution({ runId: 'p/2026-11-27/daily', accountNumber: 'PA1' }, plan, session, RULES, 'whole');
    expect(state.deadline).toBe(Date.UTC(2026, 10, 27, 17, 55));
    expect(state.close).toBe(Date.UTC(2026, 10, 27, 18));
    expect(state.legs).toEqual([aLeg('sell', 'AAA', '10', { arrival: usd('50') })]);
  });
});

describe('an execution', () => {
  it('is over when every leg is done', () => {
    expect(isOver(aState([DONE, DONE]))).toBe(true);
    expect(isOver(aState([DONE, aLeg('buy', 'BBB', '1')]))).toBe(false);
  });
});
