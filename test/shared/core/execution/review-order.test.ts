import { describe, expect, it } from 'vitest';
import { advance } from '../../../../shared/core/execution/advance.ts';
import { ordersDecided } from '../../../../shared/core/execution/leg.ts';
import type { Observation } from '../../../../shared/core/execution/observation.ts';
import type { ExecutionState } from '../../../../shared/core/execution/state.ts';
import type { SubmissionGuard } from '../../../../shared/core/risk/submission-guard.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { percent } from '../../../../shared/core/values/weight.ts';
import { aFilledOrder, aLeg, anExecutionState, CLOSE_AT } from '../../../builders/execution.ts';
import { anAccount } from '../../../builders/portfolio.ts';

const NOW = CLOSE_AT - 3_600_000;

function aGuard(stated: Partial<SubmissionGuard['limits']> = {}): SubmissionGuard {
  return {
    limits: { orderNotionalMax: usd('100000'), positionMax: percent('50%'), ...stated },
    equity: usd('10000'),
    values: { SPY: usd('1000'), QQQ: usd('2000') },
    closes: {},
    ordersBefore: 0,
    buffer: 0n,
  };
}

/** Everything quoted at 100 dollars, and money for all of it. */
function seen(stated: Partial<Observation> = {}): Observation {
  const quotes = new Map(['SPY', 'QQQ'].map((symbol) => [symbol, { symbol, bid: usd('99.99'), ask: usd('100.01'), at: NOW }]));
  const account = anAccount({ cash: usd('10000'), equity: usd('10000'), buyingPower: usd('10000') });
  return { killSwitch: 'off', account, orders: new Map(), openOrders: [], quotes, news: new Map(), ...stated };
}

function endsOf(state: ExecutionState, observation = seen()) {
  const { state: after, actions } = advance(state, observation, NOW);
  const codes = after.legs.map(({ stage }) => (stage.kind === 'done' ? stage.residual?.code : stage.kind));
  return { codes, sent: actions.length, residuals: after.legs.map(({ stage }) => (stage.kind === 'done' ? stage.residual : undefined)) };
}

describe('an order before it is decided', () => {
  it('counts what is held, what has filled and what is left: 1,000 and 40 shares at 100 dollars are half of 10,000', () => {
    const begun = { quantity: shares('40'), closedOrders: [aFilledOrder('10', '100')] };
    expect(endsOf(anExecutionState([aLeg(begun)], { guard: aGuard() }))).toMatchObject({ codes: ['sending'], sent: 1 });
    const more = anExecutionState([aLeg({ ...begun, quantity: shares('41') })], { guard: aGuard() });
    expect(endsOf(more)).toMatchObject({
      codes: ['position-max'],
      sent: 0,
      residuals: [{ quantity: shares('31'), code: 'position-max', figures: { weight: '51%', max: '50%' } }],
    });
  });

  it('counts a sale of its group only as far as it has filled', () => {
    const groups = [{ name: 'us', of: ['QQQ', 'SPY'], max: percent('35%') }];
    const sale = aLeg({ symbol: 'QQQ', side: 'sell', quantity: shares('10'), closedOrders: [aFilledOrder('5', '100')] });
    const ended = {
      ...sale,
      stage: { kind: 'done' as const, residual: { quantity: shares('5'), code: 'deadline' as const, figures: {} } },
    };
    // 1,500 of QQQ are left, and 1,000 of SPY: ten more make 35 %.
    expect(endsOf(anExecutionState([ended, aLeg()], { guard: aGuard({ groups }) })).codes).toEqual(['deadline', 'sending']);
    const eleven = aLeg({ quantity: shares('11') });
    expect(endsOf(anExecutionState([ended, eleven], { guard: aGuard({ groups }) })).codes).toEqual(['deadline', 'group-max']);
  });

  it('is not held to anything in a record of a release that had no guard', () => {
    expect(endsOf(anExecutionState([aLeg({ quantity: shares('90') })])).codes).toEqual(['sending']);
  });

  it('knows its own open order from that of somebody else', () => {
    const order = {
      orderId: 'o-1',
      clientOrderId: 'by-hand',
      symbol: 'SPY',
      side: 'sell',
      quantity: shares('1'),
      filledQuantity: 0n,
      status: 'working',
    } as const;
    const state = anExecutionState([aLeg()], { guard: aGuard() });
    expect(endsOf(state, seen({ openOrders: [order] })).residuals[0]).toMatchObject({
      code: 'wash-trade',
      figures: { side: 'buy', openOrder: 'by-hand' },
    });
    for (const other of [
      { ...order, side: 'buy' as const },
      { ...order, symbol: 'QQQ' },
      { ...order, status: 'canceled' as const },
    ])
      expect(endsOf(state, seen({ openOrders: [other] })).codes).toEqual(['sending']);
  });

  it('leaves the buffer of the buying power alone, by cutting what is bought', () => {
    const guard = { ...aGuard({ positionMax: percent('100%') }), buffer: usd('9500') };
    const { state } = advance(anExecutionState([aLeg()], { guard }), seen(), NOW);
    // 500 dollars, less a micro-dollar, buy four shares at 100.01.
    expect(state.legs[0]).toMatchObject({ unfunded: shares('6'), stage: { kind: 'sending', intent: { quantity: shares('4') } } });
  });
});

describe('the orders of a leg', () => {
  it.each([
    ['none while it waits', aLeg(), 0],
    ['those that are over, and the one that is out', aLeg({ closedOrders: [aFilledOrder('1', '100')] }), 1],
    [
      'one that was rejected and so never closed',
      aLeg({ stage: { kind: 'done', residual: { quantity: 1n, code: 'rejected', figures: {} } } }),
      1,
    ],
    ['one whose fate is unknown', aLeg({ stage: { kind: 'done', residual: { quantity: 1n, code: 'unresolved', figures: {} } } }), 1],
    [
      'one that stands under the name of somebody else',
      aLeg({ stage: { kind: 'done', residual: { quantity: 1n, code: 'foreign-order', figures: {} } } }),
      1,
    ],
    ['none that was denied', aLeg({ stage: { kind: 'done', residual: { quantity: 1n, code: 'position-max', figures: {} } } }), 0],
  ])('are %s', (_what, leg, count) => {
    expect(ordersDecided(leg)).toBe(count);
  });
});
