import { describe, expect, it } from 'vitest';
import { advance } from '../../../../shared/core/execution/advance.ts';
import type { Leg } from '../../../../shared/core/execution/leg.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../../shared/core/values/time.ts';
import { aLeg, anIntent, aQuote, aSight, aState, CLOSE, DEADLINE, orderOf, RULES } from './execution-builder.ts';

const AT_PAR = ['AAA', 'BBB'].map((symbol) => aQuote(symbol, '99.98', '100'));
/** Ten minutes before the close, and half a minute to get there. */
const CUTOFF = CLOSE - 10 * MINUTE_MS - 30_000;
const DONE = { kind: 'done' } as const;

function turn(legs: readonly Leg[], sight: Parameters<typeof aSight>[1] = {}, now = 0) {
  const quotes = AT_PAR.map((quote) => ({ ...quote, at: now }));
  return advance(aState(legs, { rules: { ...RULES, auction: 'close' } }), aSight(legs, { quotes, ...sight }), now);
}

function sentBy({ actions }: ReturnType<typeof turn>): string[] {
  return actions.map((action) =>
    action.kind === 'cancel'
      ? 'cancel'
      : `${action.intent.side} ${action.intent.symbol} at ${action.intent.limitPrice} ${action.intent.timeInForce}`,
  );
}

function inAuction(kind: 'sending' | 'working' = 'working'): Leg {
  const intent = anIntent('buy', 'AAA', '10', { timeInForce: 'cls', limitPrice: usd('100.20') });
  return aLeg('buy', 'AAA', '10', {
    stage:
      kind === 'working'
        ? { kind, intent, peg: 0, orderId: 'order-AAA', until: CLOSE }
        : { kind, intent, peg: 0, attempts: 1, withoutEffect: 0, retryAt: 2_000 },
  });
}

describe('the closing auction', () => {
  it('is for purchases, at the collar, once what pays for them was sold in the market', () => {
    expect(sentBy(turn([aLeg('sell', 'BBB', '5'), aLeg('buy', 'AAA', '10')]))).toEqual(['sell BBB at 99980000 day']);
    expect(sentBy(turn([aLeg('sell', 'BBB', '5', { stage: DONE }), aLeg('buy', 'AAA', '10')]))).toEqual(['buy AAA at 100200000 cls']);
  });

  it('is for sells where nothing is bought', () => {
    expect(sentBy(turn([aLeg('sell', 'AAA', '10')]))).toEqual(['sell AAA at 99800000 cls']);
  });

  it('is not for fractions, nor for what comes after its last call: those are worked in the market', () => {
    expect(sentBy(turn([aLeg('sell', 'AAA', '1.5')]))).toEqual(['sell AAA at 99980000 day']);
    expect(sentBy(turn([aLeg('buy', 'AAA', '10')], {}, CUTOFF - 1))).toEqual(['buy AAA at 100200000 cls']);
    expect(sentBy(turn([aLeg('buy', 'AAA', '10')], {}, CUTOFF))).toEqual(['buy AAA at 100000000 day']);
  });
});

describe('an order in the auction', () => {
  it('is neither priced again nor canceled for the deadline', () => {
    const seen = turn([inAuction('sending')], { orders: [orderOf(inAuction(), 'working')] }, MINUTE_MS);
    expect(seen.state.legs[0]?.stage).toMatchObject({ kind: 'working', until: CLOSE });
    for (const now of [MINUTE_MS, 10 * MINUTE_MS, DEADLINE, CLOSE, CLOSE + MINUTE_MS]) {
      const { state, actions } = turn([inAuction()], { orders: [orderOf(inAuction(), 'working')] }, now);
      expect(actions).toEqual([]);
      expect(state.legs[0]?.stage.kind).toBe('working');
    }
  });

  it('is canceled by the kill switch, after the deadline too, until it is over', () => {
    for (const now of [MINUTE_MS, DEADLINE + MINUTE_MS]) {
      const { state, actions } = turn([inAuction()], { orders: [orderOf(inAuction(), 'working')], killSwitch: 'cancel' }, now);
      expect(actions).toMatchObject([{ kind: 'cancel', occasion: 'stop' }]);
      expect(sentBy(turn(state.legs, { orders: [orderOf(inAuction(), 'working')] }, now))).toEqual(['cancel']);
    }
  });

  it('leaves what the auction did not take, and says so', () => {
    for (const status of ['canceled', 'expired'] as const) {
      const { legs } = turn([inAuction()], { orders: [orderOf(inAuction(), status, '4')] }, CLOSE).state;
      expect(legs).toMatchObject([{ stage: { residual: { quantity: shares('6'), code: 'unfilled-in-auction', figures: { status } } } }]);
    }
  });

  it('is of unknown fate when a quarter of an hour after the close nobody says how it ended', () => {
    const { legs } = turn([inAuction()], { orders: [orderOf(inAuction(), 'working')] }, CLOSE + 15 * MINUTE_MS).state;
    expect(legs).toMatchObject([{ stage: { residual: { code: 'unresolved' } } }]);
  });

  it('does not hold up another purchase that lacks money: nothing of it ends before the close', () => {
    const { state } = turn([inAuction(), aLeg('buy', 'BBB', '10')], { orders: [orderOf(inAuction(), 'working')], cash: '1500' });
    // 1,500 less 1,002 in the auction: four of BBB at 100.20.
    expect(state.legs[1]).toMatchObject({ unfunded: shares('6'), stage: { intent: { quantity: shares('4') } } });
  });
});
