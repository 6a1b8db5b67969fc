import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../../../shared/core/execution/advance.ts';
import type { Leg } from '../../../../shared/core/execution/leg.ts';
import { liveOrdersOf } from '../../../../shared/core/execution/money.ts';
import { settledMoney } from '../../../../shared/core/execution/settled-money.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { formatShares, notional } from '../../../../shared/core/values/shares.ts';
import { aFilledOrder } from '../../../builders/execution.ts';
import { aLeg, aQuote, aSight, aState, aWorkingLeg, orderOf } from './execution-builder.ts';

const QUOTES = [aQuote('CCC', '99.98', '100'), aQuote('DDD', '99.98', '100')];

function aSold(quantity: string): Leg {
  return aLeg('sell', 'AAA', quantity, { stage: { kind: 'done' }, closedOrders: [aFilledOrder(quantity, '100')] });
}

/** What is bought with 5,000 dollars in the account, 3,000 of which the sells of this run brought. */
function bought(settled: { cash: string; unsettled: string } | undefined, cash = '5000'): string[] {
  const legs = [aSold('30'), aLeg('buy', 'CCC', '40')];
  const stated = settled === undefined ? {} : { settled: { cash: usd(settled.cash), unsettled: usd(settled.unsettled) } };
  const { actions } = advance(aState(legs, stated), aSight(legs, { quotes: QUOTES, cash }), 0);
  return actions.flatMap((action) => (action.kind === 'submit' ? [formatShares(action.intent.quantity)] : []));
}

describe('the buys of an account that spends settled cash only', () => {
  it('are cut to what was settled when the run began, whatever its sells have brought', () => {
    expect(bought(undefined)).toEqual(['40']);
    expect(bought({ cash: '2000', unsettled: '0' })).toEqual(['19']);
    expect(bought({ cash: '1500', unsettled: '500' })).toEqual(['14']);
    expect(bought({ cash: '-10', unsettled: '2010' })).toEqual([]);
  });

  it('are cut to what is left of it when money has left the account since', () => {
    // 5,000 less 1,200: less the 3,000 of the sells, 800 dollars are settled.
    expect(bought({ cash: '2000', unsettled: '0' }, '3800')).toEqual(['7']);
  });

  it('leave what other buys took and may still take', () => {
    const working = aWorkingLeg('buy', 'CCC', '10');
    const legs = [aSold('30'), aLeg('buy', 'BBB', '4', { stage: { kind: 'done' }, closedOrders: [aFilledOrder('4', '99')] }), working];
    const state = aState(legs);
    const seen = aSight(legs, { orders: [orderOf(working, 'working', '3')], cash: '100000' });
    const live = liveOrdersOf([working], state, seen, 0);
    // 4 shares at their limit of 99 and 10 at 100, filled or not.
    expect(settledMoney({ cash: usd('2000'), unsettled: 0n }, legs, seen, live)).toBe(usd('2000') - usd('396') - usd('1000'));
  });

  it('never cost more than was settled, however they are pegged and filled', () => {
    const anyFills = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 9_900, max: 10_100 })), { maxLength: 4 });
    fc.assert(
      fc.property(anyFills, fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 0, max: 400_000 }), (fills, cents, unsettledCents) => {
        const settled = { cash: BigInt(cents) * 10_000n, unsettled: BigInt(unsettledCents) * 10_000n };
        const closedOrders = fills.map(([count, price]) => aFilledOrder(String(count), (price / 100).toFixed(2)));
        const spent = closedOrders.reduce((sum, order) => sum + notional(order.limitPrice, order.filledQuantity, 'ceil'), 0n);
        const legs = [aSold('30'), aLeg('buy', 'DDD', '80', { stage: { kind: 'done' }, closedOrders }), aLeg('buy', 'CCC', '40')];
        const { actions } = advance(aState(legs, { settled }), aSight(legs, { quotes: QUOTES, cash: '99000' }), 0);
        const more = actions.reduce((sum, action) => {
          return action.kind === 'submit' ? sum + notional(action.intent.limitPrice, action.intent.quantity, 'ceil') : sum;
        }, 0n);
        expect(more === 0n || spent + more <= settled.cash).toBe(true);
        // And it buys where there is enough for a share.
        expect(more > 0n).toBe(settled.cash - spent >= usd('100') + 200n);
      }),
    );
  });
});
