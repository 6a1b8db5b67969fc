// Every cell of the table, turned once through the crank: what a leg in each stage does with each thing that the
// broker may say of its order. Written down by hand, in the table's order.
import { describe, expect, it } from 'vitest';
import { advance } from '../../../../shared/core/execution/advance.ts';
import type { Leg } from '../../../../shared/core/execution/leg.ts';
import type { Order } from '../../../../shared/core/execution/order.ts';
import { type OrderStage, SIGHTS, type Sight, TRANSITIONS } from '../../../../shared/core/execution/order-transition.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../../shared/core/values/time.ts';
import { aCancelingLeg, aQuote, aSendingLeg, aSight, aState, aWorkingLeg, CLOSE, DEADLINE, orderOf } from './execution-builder.ts';

/** Ten shares to sell at 100 dollars, four of them filled wherever an order is seen. */
const LEGS: Readonly<Record<OrderStage, Leg>> = {
  sending: aSendingLeg('sell', 'SPY', '10'),
  working: aWorkingLeg('sell', 'SPY', '10'),
  canceling: aCancelingLeg('sell', 'SPY', '10'),
};

function orderSeenAs(leg: Leg, sight: Sight): Order | undefined {
  if (sight === 'not-found') return undefined;
  if (sight === 'foreign') return { ...orderOf(leg, 'working', '4'), quantity: shares('11') };
  if (sight === 'contradictory') return orderOf(leg, 'filled', '4');
  return orderOf(leg, sight, sight === 'filled' ? '10' : '4');
}

/** The time of its price step is over, and the market stands lower than the order. */
function turn(stage: OrderStage, sight: Sight, now = 31_000, killSwitch: 'off' | 'cancel' | 'keep' = 'off') {
  const leg = LEGS[stage];
  const order = orderSeenAs(leg, sight);
  const seen = aSight([leg], { orders: order === undefined ? [] : [order], quotes: [aQuote('SPY', '99.90', '99.94', now)], killSwitch });
  const { state, actions } = advance(aState([leg]), seen, now);
  const after = state.legs[0];
  if (after === undefined) throw new Error('the leg is gone');
  return { before: leg, after, actions };
}

function wordsOf({ before, after, actions }: ReturnType<typeof turn>): string {
  const asked = actions
    .map((action) => (action.kind === 'submit' ? `submits ${action.intent.quantity / 1_000_000_000n}` : 'cancels'))
    .join();
  const { stage } = after;
  switch (stage.kind) {
    case 'done':
      return stage.residual === undefined ? 'is filled' : `leaves ${stage.residual.quantity / 1_000_000_000n}, ${stage.residual.code}`;
    case 'working':
      return after === before ? 'stays' : `works at step ${stage.peg}`;
    case 'canceling':
      if (after === before) return asked === '' ? 'stays' : 'asks again';
      return stage.cause.kind === 'residual' ? `${asked} for good, ${stage.cause.code}` : `${asked} for the next step`;
    default:
      return after === before ? 'stays' : asked;
  }
}

const EXPECTED: Readonly<Record<OrderStage, Readonly<Record<Sight, string>>>> = {
  sending: {
    pending: 'works at step 0',
    working: 'works at step 0',
    stopped: 'works at step 0',
    suspended: 'works at step 0',
    'done-for-day': 'cancels for good, done-for-day',
    canceling: 'works at step 0',
    filled: 'is filled',
    canceled: 'leaves 6, canceled-by-broker',
    expired: 'leaves 6, expired',
    rejected: 'leaves 6, rejected',
    replaced: 'leaves 6, replaced-elsewhere',
    unknown: 'cancels for good, unknown-status',
    'not-found': 'submits 10',
    foreign: 'leaves 10, foreign-order',
    contradictory: 'stays',
  },
  working: {
    pending: 'cancels for the next step',
    working: 'cancels for the next step',
    stopped: 'works at step 1',
    suspended: 'works at step 1',
    'done-for-day': 'cancels for good, done-for-day',
    canceling: 'works at step 1',
    filled: 'is filled',
    canceled: 'leaves 6, canceled-by-broker',
    expired: 'leaves 6, expired',
    rejected: 'leaves 6, rejected',
    replaced: 'leaves 6, replaced-elsewhere',
    unknown: 'cancels for good, unknown-status',
    'not-found': 'stays',
    foreign: 'leaves 10, foreign-order',
    contradictory: 'stays',
  },
  canceling: {
    pending: 'asks again',
    working: 'asks again',
    stopped: 'asks again',
    suspended: 'asks again',
    'done-for-day': 'asks again',
    canceling: 'stays',
    filled: 'is filled',
    // It was canceled to be priced again: the next step is for the remainder alone.
    canceled: 'submits 6',
    expired: 'leaves 6, expired',
    rejected: 'leaves 6, rejected',
    replaced: 'leaves 6, replaced-elsewhere',
    unknown: 'asks again',
    'not-found': 'stays',
    foreign: 'leaves 10, foreign-order',
    contradictory: 'stays',
  },
};

const STAGES = ['sending', 'working', 'canceling'] as const;
const CELLS = STAGES.flatMap((stage) => SIGHTS.map((sight) => [stage, sight] as const));

describe('an order that is', () => {
  it.each(CELLS)('%s and seen as %s makes its leg do what the table says', (stage, sight) => {
    expect(wordsOf(turn(stage, sight))).toBe(EXPECTED[stage][sight]);
  });

  it('in any cell has exactly one move', () => {
    for (const stage of STAGES) expect(Object.keys(TRANSITIONS[stage]).sort()).toEqual([...SIGHTS].sort());
  });

  it.each(CELLS)('%s and seen as %s sends nothing new once something says stop', (stage, sight) => {
    for (const killSwitch of ['cancel', 'keep'] as const)
      expect(turn(stage, sight, 31_000, killSwitch).actions.filter(({ kind }) => kind === 'submit')).toEqual([]);
    expect(turn(stage, sight, DEADLINE).actions.filter(({ kind }) => kind === 'submit')).toEqual([]);
  });

  it.each(CELLS)('%s and seen as %s is canceled by nobody while orders are kept', (stage, sight) => {
    expect(turn(stage, sight, 31_000, 'keep').actions).toEqual([]);
  });

  it.each(CELLS)('%s and seen as %s ends a quarter of an hour after the close at the latest, with a reason', (stage, sight) => {
    const { after, actions } = turn(stage, sight, CLOSE + 15 * MINUTE_MS);
    expect(actions).toEqual([]);
    expect(after.stage.kind).toBe('done');
    const isFilled = after.closedOrders[0]?.status === 'filled';
    expect(after.stage.kind === 'done' && after.stage.residual !== undefined).toBe(!isFilled);
  });
});

describe('an order that is done for the day', () => {
  it('counts with its fills once the day is over, though the broker never ended it', () => {
    const { after } = turn('working', 'done-for-day', CLOSE + 15 * MINUTE_MS);
    expect(after.closedOrders).toMatchObject([{ status: 'done-for-day', filledQuantity: shares('4') }]);
    expect(after.stage).toMatchObject({ residual: { code: 'done-for-day', quantity: shares('6') } });
  });
});

describe('another order under our id', () => {
  it('ends its leg with what is there, counts none of its fills, and cancels nothing of somebody else', () => {
    const { after, actions } = turn('working', 'foreign');
    expect(actions).toEqual([]);
    expect(after.closedOrders).toEqual([]);
    expect(after.stage).toEqual({
      kind: 'done',
      residual: {
        quantity: shares('10'),
        code: 'foreign-order',
        figures: { orderId: 'order-SPY', side: 'sell', symbol: 'SPY', quantity: '11', status: 'working' },
      },
    });
  });

  it.each([
    ['side', { side: 'buy' as const }],
    ['symbol', { symbol: 'TLT' }],
  ])('is told by its %s too', (_, other) => {
    const leg = LEGS.working;
    const seen = aSight([leg], { orders: [{ ...orderOf(leg, 'working'), ...other }] });
    expect(advance(aState([leg]), seen, 1_000).state.legs[0]?.stage).toMatchObject({ residual: { code: 'foreign-order' } });
  });

  it('holds up its own leg alone', () => {
    const [foreign, other] = [aWorkingLeg('sell', 'AAA', '10'), aWorkingLeg('sell', 'BBB', '5')];
    const orders = [{ ...orderOf(foreign, 'working'), quantity: shares('1') }, orderOf(other, 'filled', '5')];
    const { state } = advance(aState([foreign, other]), aSight([foreign, other], { orders }), 1_000);
    expect(state.legs.map(({ stage }) => stage.kind === 'done' && stage.residual?.code)).toEqual(['foreign-order', undefined]);
  });
});
