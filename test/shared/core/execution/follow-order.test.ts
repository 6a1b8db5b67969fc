import { describe, expect, it } from 'vitest';
import { advance } from '../../../../shared/core/execution/advance.ts';
import type { Leg, LegStage, Residual } from '../../../../shared/core/execution/leg.ts';
import type { OrderStatus } from '../../../../shared/core/execution/order.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../../shared/core/values/time.ts';
import {
  aCancelingLeg,
  aLeg,
  aQuote,
  aSendingLeg,
  aSight,
  aState,
  aWorkingLeg,
  CLOSE,
  DEADLINE,
  orderOf,
  RULES,
} from './execution-builder.ts';

/** One leg, one turn. */
function turn(leg: Leg, sight: Parameters<typeof aSight>[1], now: number, rules = RULES) {
  const { state, actions } = advance(aState([leg], { rules }), aSight([leg], sight), now);
  const [after] = state.legs;
  if (after === undefined) throw new Error('the leg is gone');
  return { leg: after, stage: after.stage, actions };
}

function residualOf(stage: LegStage): Residual | undefined {
  return stage.kind === 'done' ? stage.residual : undefined;
}

const REJECTED = { kind: 'rejected', code: '40310000', message: 'insufficient qty available' } as const;

describe('an intent that was sent and is not found', () => {
  const leg = aSendingLeg('sell', 'SPY', '10');

  it('is left alone until its time for another attempt', () => {
    expect(turn(leg, {}, 1_999)).toMatchObject({ leg, actions: [] });
  });

  it('is sent again with the same id and body, four seconds before the next attempt', () => {
    const { stage, actions } = turn(leg, {}, 2_000);
    expect(stage).toMatchObject({ kind: 'sending', attempts: 2, withoutEffect: 0, retryAt: 6_000 });
    expect(actions).toEqual([{ kind: 'submit', intent: leg.stage.kind === 'sending' && leg.stage.intent }]);
  });

  it('waits at most a minute between two attempts', () => {
    expect(turn(aSendingLeg('sell', 'SPY', '10', { attempts: 9 }), {}, 2_000).stage).toMatchObject({ attempts: 10, retryAt: 62_000 });
  });

  it('is over when the broker rejected the only attempt', () => {
    const { stage } = turn(leg, { news: { SPY: REJECTED } }, 500);
    expect(residualOf(stage)).toEqual({
      quantity: shares('10'),
      code: 'rejected',
      figures: { code: '40310000', message: 'insufficient qty available' },
    });
  });

  it('is not over when a repetition was rejected: the first attempt may hold the very shares', () => {
    const { stage, actions } = turn(aSendingLeg('sell', 'SPY', '10', { attempts: 2 }), { news: { SPY: REJECTED } }, 500);
    expect(stage).toMatchObject({ kind: 'sending', attempts: 2, withoutEffect: 1 });
    expect(actions).toEqual([]);
  });

  it('is over when a repetition was rejected and the first attempt never landed', () => {
    const { stage } = turn(aSendingLeg('sell', 'SPY', '10', { attempts: 2, withoutEffect: 1 }), { news: { SPY: REJECTED } }, 500);
    expect(residualOf(stage)).toMatchObject({ code: 'rejected' });
  });

  it.each(['kill-switch', 'deadline'] as const)('is over when its only attempt was withheld for the %s', (because) => {
    expect(residualOf(turn(leg, { news: { SPY: { kind: 'withheld', because } } }, 500).stage)).toMatchObject({
      code: because,
      quantity: shares('10'),
    });
  });

  it('is not over when a repetition was withheld after an answer was lost', () => {
    const { stage } = turn(
      aSendingLeg('sell', 'SPY', '10', { attempts: 2 }),
      { news: { SPY: { kind: 'withheld', because: 'kill-switch' } }, killSwitch: 'cancel' },
      500,
    );
    expect(stage).toMatchObject({ kind: 'sending', attempts: 2, withoutEffect: 1 });
  });

  it('ends with the stop when every attempt was turned away for its rate', () => {
    const throttled = aSendingLeg('sell', 'SPY', '10', { attempts: 3, withoutEffect: 3 });
    expect(residualOf(turn(throttled, { killSwitch: 'cancel' }, 5_000).stage)).toMatchObject({ code: 'kill-switch' });
    expect(residualOf(turn(throttled, {}, DEADLINE).stage)).toMatchObject({ code: 'deadline' });
  });

  it('counts an attempt that was turned away, and not one whose answer was lost', () => {
    expect(turn(leg, { news: { SPY: { kind: 'not-landed' } } }, 500).stage).toMatchObject({ attempts: 1, withoutEffect: 1 });
    expect(turn(leg, { news: { SPY: { kind: 'lost' } } }, 500).leg).toBe(leg);
  });

  it('is not sent again while something says stop, and not given up either', () => {
    expect(turn(leg, { killSwitch: 'cancel' }, 10_000)).toMatchObject({ leg, actions: [] });
    expect(turn(leg, { isBlocked: true }, 10_000)).toMatchObject({ leg, actions: [] });
    expect(turn(leg, {}, DEADLINE)).toMatchObject({ leg, actions: [] });
  });

  it('is unresolved at the close, with the figures', () => {
    expect(residualOf(turn(aSendingLeg('sell', 'SPY', '10', { attempts: 4, withoutEffect: 1 }), {}, CLOSE).stage)).toEqual({
      quantity: shares('10'),
      code: 'unresolved',
      figures: { clientOrderId: 'p_2026-11-20_daily_SPY_sell_0_0', attempts: '4', withoutEffect: '1' },
    });
  });

  it('works when it is found, whatever was said of the last attempt', () => {
    const { stage } = turn(leg, { orders: [orderOf(leg, 'pending')], news: { SPY: REJECTED } }, 700);
    expect(stage).toMatchObject({ kind: 'working', orderId: 'order-SPY', until: 30_700 });
  });

  it('is canceled when it is found after a stop', () => {
    const { stage, actions } = turn(leg, { orders: [orderOf(leg, 'working')], killSwitch: 'cancel' }, 700);
    expect(stage).toMatchObject({ kind: 'canceling', cause: { kind: 'residual', code: 'kill-switch' } });
    expect(actions).toEqual([{ kind: 'cancel', orderId: 'order-SPY', occasion: 'stop' }]);
  });
});

describe('an order that works', () => {
  const leg = aWorkingLeg('sell', 'SPY', '10');

  it('is given its time', () => {
    expect(turn(leg, { orders: [orderOf(leg, 'working', '4')] }, 29_999)).toMatchObject({ leg, actions: [] });
  });

  it('is canceled for the next price step when its time is over', () => {
    const lower = [aQuote('SPY', '99.90', '99.94', 30_000)];
    const { stage, actions } = turn(leg, { orders: [orderOf(leg, 'working', '4')], quotes: lower }, 30_000);
    expect(stage).toMatchObject({ kind: 'canceling', cause: { kind: 'next-peg' } });
    expect(actions).toEqual([{ kind: 'cancel', orderId: 'order-SPY', occasion: 'price' }]);
  });

  it('is left unfilled after the last price step', () => {
    const last = aWorkingLeg('sell', 'SPY', '10', { peg: 2 });
    expect(turn(last, { orders: [orderOf(last, 'working')] }, 30_000).stage).toMatchObject({
      cause: { kind: 'residual', code: 'unfilled-at-limit' },
    });
  });

  it('says that the collar held it when its limit stood there', () => {
    // 20 bp under an arrival of 100 dollars.
    const held = aWorkingLeg('sell', 'SPY', '10', { peg: 2 });
    if (held.stage.kind !== 'working') throw new Error('unreachable');
    const leg = { ...held, stage: { ...held.stage, intent: { ...held.stage.intent, limitPrice: 99_800_000n } } };
    expect(turn(leg, { orders: [orderOf(leg, 'working')] }, 30_000).stage).toMatchObject({
      cause: { kind: 'residual', code: 'outside-collar' },
    });
  });

  it.each([
    ['kill-switch', { killSwitch: 'cancel' as const }, 1_000],
    ['account-blocked', { isBlocked: true }, 1_000],
    ['deadline', {}, DEADLINE],
  ])('is canceled for good on %s', (code, sight, now) => {
    expect(turn(leg, { orders: [orderOf(leg, 'working')], ...sight }, now).stage).toMatchObject({
      kind: 'canceling',
      cause: { kind: 'residual', code },
    });
  });

  it('is looked for again when it is not found this time', () => {
    expect(turn(leg, {}, 31_000)).toMatchObject({ leg, actions: [] });
  });

  it.each([
    ['canceled', 'canceled-by-broker'],
    ['expired', 'expired'],
    ['rejected', 'rejected'],
    ['replaced', 'replaced-elsewhere'],
  ] satisfies [OrderStatus, string][])('that is %s leaves its remainder as %s', (status, code) => {
    const { leg: after } = turn(leg, { orders: [orderOf(leg, status, '4')] }, 1_000);
    expect(after.closedOrders).toMatchObject([{ status, filledQuantity: shares('4') }]);
    expect(residualOf(after.stage)).toEqual({ quantity: shares('6'), code, figures: { status } });
  });

  it('that is filled leaves nothing', () => {
    expect(turn(leg, { orders: [orderOf(leg, 'filled', '10')] }, 1_000).stage).toEqual({ kind: 'done' });
  });

  it('that still has not ended a quarter of an hour after the close is for a person', () => {
    expect(turn(leg, { orders: [orderOf(leg, 'unknown')] }, CLOSE + 15 * MINUTE_MS).stage).toMatchObject({
      residual: { code: 'unresolved', figures: { status: 'unknown' } },
    });
    expect(turn(leg, {}, CLOSE + 15 * MINUTE_MS).stage).toMatchObject({
      residual: { code: 'unresolved', figures: { status: 'not-found' } },
    });
    expect(turn(leg, {}, CLOSE + 15 * MINUTE_MS - 1).leg).toBe(leg);
  });
});

describe('an order that is being canceled', () => {
  const leg = aCancelingLeg('sell', 'SPY', '10');

  it('is asked to stop again for as long as the broker has not taken it up', () => {
    expect(turn(leg, { orders: [orderOf(leg, 'working')] }, 31_000).actions).toEqual([
      { kind: 'cancel', orderId: 'order-SPY', occasion: 'price' },
    ]);
    expect(turn(leg, { orders: [orderOf(leg, 'canceling', '2')] }, 31_000)).toMatchObject({ leg, actions: [] });
  });

  it('makes room for the next price step only when it is terminal, and then for the remainder alone', () => {
    // The fill of 7 came after the cancel was asked for.
    const { stage, actions } = turn(
      leg,
      { orders: [orderOf(leg, 'canceled', '7')], quotes: [aQuote('SPY', '99.98', '100.02', 31_000)] },
      31_000,
    );
    expect(stage).toMatchObject({
      kind: 'sending',
      peg: 1,
      attempts: 1,
      intent: { clientOrderId: 'p_2026-11-20_daily_SPY_sell_0_1', quantity: shares('3') },
    });
    expect(actions).toHaveLength(1);
  });

  it('needs no next price step when it filled after all', () => {
    expect(turn(leg, { orders: [orderOf(leg, 'filled', '10')] }, 31_000).stage).toEqual({ kind: 'done' });
  });

  it('does not go on to the next price step when it expired instead', () => {
    expect(turn(leg, { orders: [orderOf(leg, 'expired', '7')] }, CLOSE).stage).toMatchObject({
      residual: { code: 'expired', quantity: shares('3') },
    });
  });

  it('is canceled for good when a stop comes in between', () => {
    expect(turn(leg, { orders: [orderOf(leg, 'canceling')], killSwitch: 'cancel' }, 31_000).stage).toMatchObject({
      cause: { kind: 'residual', code: 'kill-switch' },
    });
  });

  it('ends with the reason for which it was canceled', () => {
    const stopped = aCancelingLeg('sell', 'SPY', '10', { cause: { kind: 'residual', code: 'kill-switch' } });
    expect(turn(stopped, { orders: [orderOf(stopped, 'canceled', '1')] }, 31_000).stage).toMatchObject({
      residual: { code: 'kill-switch', quantity: shares('9') },
    });
  });
});

describe('a leg that has no order', () => {
  it('is stopped before it began', () => {
    expect(turn(aLeg('sell', 'SPY', '10'), { killSwitch: 'cancel' }, 0).stage).toMatchObject({
      residual: { code: 'kill-switch', quantity: shares('10') },
    });
  });

  it('is left alone for ever once it is done', () => {
    const done = aLeg('sell', 'SPY', '10', { stage: { kind: 'done' } });
    expect(turn(done, { killSwitch: 'cancel' }, CLOSE)).toMatchObject({ leg: done, actions: [] });
  });
});

describe('a kill switch that keeps orders', () => {
  const keep = { killSwitch: 'keep' as const };

  it('lets an order work at its price until the deadline, long past the time of its price step', () => {
    const leg = aWorkingLeg('sell', 'SPY', '10');
    const { stage, actions, leg: kept } = turn(leg, { orders: [orderOf(leg, 'working', '4')], ...keep }, 31_000);
    expect(stage).toMatchObject({ kind: 'working', peg: 0, orderId: 'order-SPY', until: DEADLINE });
    expect(actions).toEqual([]);
    // Nothing changes on the turns after that, so that the engine waits longer and longer.
    expect(turn(kept, { orders: [orderOf(kept, 'working', '4')], ...keep }, 60_000).leg).toBe(kept);
  });

  it('has no effect on an order that it kept once it is off: that one works on until the deadline', () => {
    const kept = aWorkingLeg('sell', 'SPY', '10', { until: DEADLINE });
    expect(turn(kept, { orders: [orderOf(kept, 'working')] }, 600_000)).toMatchObject({ leg: kept, actions: [] });
  });

  it.each([
    ['deadline', {}, DEADLINE],
    ['account-blocked', { isBlocked: true }, 60_000],
    ['kill-switch', { killSwitch: 'cancel' as const }, 60_000],
  ])('gives way to %s, which cancels the order for good', (code, sight, now) => {
    const kept = aWorkingLeg('sell', 'SPY', '10', { until: DEADLINE });
    const { stage, actions } = turn(kept, { orders: [orderOf(kept, 'working')], ...keep, ...sight }, now);
    expect(stage).toMatchObject({ kind: 'canceling', cause: { kind: 'residual', code } });
    expect(actions).toEqual([{ kind: 'cancel', orderId: 'order-SPY', occasion: 'stop' }]);
  });

  it('keeps an order whose answer had been lost, and sends none that is not found', () => {
    const leg = aSendingLeg('sell', 'SPY', '10');
    expect(turn(leg, { orders: [orderOf(leg, 'pending')], ...keep }, 700).stage).toMatchObject({ kind: 'working', until: DEADLINE });
    expect(turn(leg, keep, 10_000)).toMatchObject({ leg, actions: [] });
  });

  it('asks for no cancel again, and ends a leg whose cancel for the next price step was on its way', () => {
    const leg = aCancelingLeg('sell', 'SPY', '10');
    expect(turn(leg, { orders: [orderOf(leg, 'working')], ...keep }, 31_000)).toMatchObject({ leg, actions: [] });
    expect(turn(leg, { orders: [orderOf(leg, 'canceled', '7')], ...keep }, 31_000)).toMatchObject({
      stage: { kind: 'done', residual: { code: 'kill-switch', quantity: shares('3') } },
      actions: [],
    });
  });

  it('ends what was not sent yet', () => {
    expect(turn(aLeg('buy', 'SPY', '10'), keep, 0).stage).toMatchObject({ residual: { code: 'kill-switch', quantity: shares('10') } });
  });

  it('takes the fills of an order as they come', () => {
    const kept = aWorkingLeg('sell', 'SPY', '10', { until: DEADLINE });
    expect(turn(kept, { orders: [orderOf(kept, 'filled', '10')], ...keep }, 60_000).stage).toEqual({ kind: 'done' });
  });
});
