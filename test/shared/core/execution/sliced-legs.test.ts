import { describe, expect, it } from 'vitest';
import { advance } from '../../../../shared/core/execution/advance.ts';
import { type Leg, sliceQuantity } from '../../../../shared/core/execution/leg.ts';
import { secondsToNextTurn } from '../../../../shared/core/execution/next-turn.ts';
import { retakeArrivals } from '../../../../shared/core/execution/retake-arrivals.ts';
import type { Slicing } from '../../../../shared/core/execution/slicing.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../../shared/core/values/time.ts';
import { aCancelingLeg, aLeg, aQuote, aSight, aState, aWorkingLeg, DEADLINE, orderOf, RULES } from './execution-builder.ts';

const AT_PAR = ['AAA', 'BBB'].map((symbol) => aQuote(symbol, '99.98', '100'));
const SLICE_MS = 5 * MINUTE_MS;

const A_CLOSED_ORDER = {
  clientOrderId: 'p_2026-11-20_daily_AAA_buy_0_0',
  status: 'canceled',
  limitPrice: usd('100'),
  quantity: shares('4'),
  filledQuantity: 0n,
  averageFillPrice: usd('100'),
} as const;

/** Slices of these many shares, five minutes apart. */
function slicesOf(...sizes: readonly string[]): Slicing {
  return { code: 'sliced', figures: {}, slices: sizes.map((size, place) => ({ from: place * SLICE_MS, quantity: shares(size) })) };
}

/** Ten shares in slices of 4, 3 and 3. */
function aSlicedLeg(stated: Partial<Leg> = {}, side: 'buy' | 'sell' = 'buy'): Leg {
  return aLeg(side, 'AAA', '10', { slicing: slicesOf('4', '3', '3'), ...stated });
}

function turn(legs: readonly Leg[], sight: Parameters<typeof aSight>[1] = {}, now = 0) {
  const quotes = AT_PAR.map((quote) => ({ ...quote, at: now }));
  return advance(aState(legs), aSight(legs, { quotes, ...sight }), now);
}

/** `buy 4 of slice 0, step 0`. */
function sentBy({ actions }: ReturnType<typeof turn>): string[] {
  return actions.map((action) => {
    if (action.kind === 'cancel') return `cancel ${action.orderId}`;
    const { clientOrderId, side, quantity } = action.intent;
    const [slice, peg] = clientOrderId.split('_').slice(-2);
    return `${side} ${Number(quantity) / 1e9} of slice ${slice}, step ${peg}`;
  });
}

/** The order of a slice, at a price step, works since long enough. */
function workingAt(slice: number, peg: number, quantity: string, stated: Partial<Leg> = {}): Leg {
  const { stage } = aWorkingLeg('buy', 'AAA', quantity, { peg, until: 0 });
  return aSlicedLeg({ slice, stage, ...stated });
}

describe('the first slice', () => {
  it('is ordered alone', () => {
    expect(sentBy(turn([aSlicedLeg()]))).toEqual(['buy 4 of slice 0, step 0']);
  });

  it('waits for its time', () => {
    const later: Slicing = {
      code: 'sliced',
      figures: {},
      slices: [5, 6].map((from) => ({ from: from * MINUTE_MS, quantity: shares('5') })),
    };
    expect(sentBy(turn([aSlicedLeg({ slicing: later })], {}, 5 * MINUTE_MS - 1))).toEqual([]);
    expect(sentBy(turn([aSlicedLeg({ slicing: later })], {}, 5 * MINUTE_MS))).toEqual(['buy 5 of slice 0, step 0']);
  });
});

describe('a slice that is filled', () => {
  const working = workingAt(0, 0, '4');
  const filled = turn([working], { orders: [orderOf(working, 'filled', '4')] }, MINUTE_MS).state.legs[0];

  it('is followed by a wait for the next one, and by nothing before its time', () => {
    expect(filled).toMatchObject({ slice: 1, stage: { kind: 'waiting', peg: 0, quoteTries: 0 } });
    expect(sentBy(turn([filled as Leg], {}, SLICE_MS - 1))).toEqual([]);
  });

  it('is followed by the next one, whose price steps are its own', () => {
    const next = turn([filled as Leg], {}, SLICE_MS);
    expect(sentBy(next)).toEqual(['buy 3 of slice 1, step 0']);
    // The first slice stood at 100.00 too.
    expect(next.actions).toMatchObject([{ intent: { limitPrice: usd('100') } }]);
  });

  it('ends the leg where it was the last', () => {
    const last = workingAt(2, 0, '3', { closedOrders: [{ ...A_CLOSED_ORDER, quantity: shares('7'), filledQuantity: shares('7') }] });
    expect(turn([last], { orders: [orderOf(last, 'filled', '3')] }, 2 * SLICE_MS).state.legs).toMatchObject([{ stage: { kind: 'done' } }]);
  });
});

describe('a slice that does not fill', () => {
  it('has all of its price steps, and is canceled after the last of them for the next slice', () => {
    const first = workingAt(0, 0, '4');
    const further = AT_PAR.map((quote) => ({ ...quote, ask: usd('100.02'), at: MINUTE_MS }));
    const again = turn([first], { orders: [orderOf(first, 'working')], quotes: further }, MINUTE_MS);
    expect(again.state.legs[0]?.stage).toMatchObject({ kind: 'canceling', cause: { kind: 'next-peg' } });
    const last = workingAt(0, 2, '4');
    const over = turn([last], { orders: [orderOf(last, 'working')] }, 3 * MINUTE_MS);
    expect(over.state.legs[0]?.stage).toMatchObject({ kind: 'canceling', cause: { kind: 'next-slice' } });
  });

  it('is asked for within a slice at a price that reaches further than the one before', () => {
    const stage = { kind: 'waiting', peg: 1, quoteTries: 0 } as const;
    const { actions } = turn([aSlicedLeg({ stage, closedOrders: [A_CLOSED_ORDER] })], {}, MINUTE_MS);
    expect(actions).toMatchObject([{ intent: { limitPrice: usd('100.01') } }]);
  });

  it('leaves what it lacks to the next one', () => {
    const { stage } = aCancelingLeg('buy', 'AAA', '4', { cause: { kind: 'next-slice' } });
    const leg = aSlicedLeg({ stage });
    const { state } = turn([leg], { orders: [orderOf(leg, 'canceled', '1')] }, 3 * MINUTE_MS);
    expect(state.legs[0]).toMatchObject({ slice: 1, stage: { kind: 'waiting', peg: 0 } });
    expect(sentBy(turn(state.legs, {}, SLICE_MS))).toEqual(['buy 6 of slice 1, step 0']);
  });

  it('leaves all that is left to the last one, and that is what the residual says of it', () => {
    const closed = { ...A_CLOSED_ORDER, filledQuantity: shares('1') };
    const leg = workingAt(2, 2, '9', { closedOrders: [closed] });
    expect(sliceQuantity(aSlicedLeg({ slice: 2, closedOrders: [closed] }))).toBe(shares('9'));
    const canceling = turn([leg], { orders: [orderOf(leg, 'working')] }, 3 * SLICE_MS).state.legs;
    const { legs } = turn(canceling, { orders: [orderOf(canceling[0] as Leg, 'canceled', '2')] }, 3 * SLICE_MS).state;
    expect(legs).toMatchObject([{ stage: { kind: 'done', residual: { quantity: shares('7'), code: 'unfilled-at-limit' } } }]);
  });

  it('is one with the next where that is due before it was begun', () => {
    const closed = { ...A_CLOSED_ORDER, filledQuantity: shares('1') };
    expect(sentBy(turn([aSlicedLeg({ slice: 1, closedOrders: [closed] })], {}, 2 * SLICE_MS))).toEqual(['buy 9 of slice 2, step 0']);
    const stage = { kind: 'waiting', peg: 2, quoteTries: 3 } as const;
    expect(sentBy(turn([aSlicedLeg({ stage, closedOrders: [closed] })], {}, SLICE_MS))).toEqual(['buy 6 of slice 1, step 0']);
  });

  it('is not the end of the leg for want of a quote, unless it is the last', () => {
    const stage = { kind: 'waiting', peg: 0, quoteTries: 5 } as const;
    const left = turn([aSlicedLeg({ stage })], { quotes: [] });
    expect(left.state.legs).toMatchObject([{ slice: 1, stage: { kind: 'waiting', quoteTries: 0 } }]);
    const last = turn([aSlicedLeg({ stage, slice: 2 })], { quotes: [] }, 2 * SLICE_MS);
    expect(last.state.legs).toMatchObject([{ stage: { kind: 'done', residual: { quantity: shares('10'), code: 'quote-missing' } } }]);
  });

  it.each(['rejected', 'replaced', 'expired'] as const)('ends the leg where the broker %s it', (status) => {
    const leg = workingAt(0, 0, '4');
    const { legs } = turn([leg], { orders: [orderOf(leg, status, '1')] }, MINUTE_MS).state;
    expect(legs).toMatchObject([{ stage: { kind: 'done', residual: { quantity: shares('9') } } }]);
  });
});

describe('a stop', () => {
  it('ends a leg that waits for its next slice, with all that is left', () => {
    const closed = { ...A_CLOSED_ORDER, filledQuantity: shares('4') };
    const { state, actions } = turn([aSlicedLeg({ slice: 1, closedOrders: [closed] })], { killSwitch: 'cancel' }, MINUTE_MS);
    expect(actions).toEqual([]);
    expect(state.legs).toMatchObject([{ stage: { kind: 'done', residual: { quantity: shares('6'), code: 'kill-switch' } } }]);
  });

  it('makes a cancel for the next slice one for good', () => {
    const { stage } = aCancelingLeg('buy', 'AAA', '4', { cause: { kind: 'next-slice' } });
    const leg = aSlicedLeg({ stage });
    const { state } = turn([leg], { orders: [orderOf(leg, 'canceling')] }, DEADLINE);
    expect(state.legs[0]?.stage).toMatchObject({ kind: 'canceling', cause: { kind: 'residual', code: 'deadline' } });
  });
});

describe('the order of things', () => {
  it('lets no purchase begin while a slice of a sell is to come', () => {
    const sell = aSlicedLeg({ slice: 1 }, 'sell');
    expect(sentBy(turn([sell, aLeg('buy', 'BBB', '5')], {}, SLICE_MS - 1))).toEqual([]);
    expect(sentBy(turn([sell, aLeg('buy', 'BBB', '5')], {}, SLICE_MS))).toEqual(['sell 7 of slice 1, step 0']);
  });
});

describe('the money', () => {
  it('is kept for slices that are out or to come, and cut from all alike', () => {
    // 10 AAA in slices and 10 BBB at 100 dollars; there is half of it: 5 of each, so that the slice of 4 is whole.
    const { state } = turn([aSlicedLeg(), aLeg('buy', 'BBB', '10')], { cash: '1000.10' });
    expect(state.legs.map(({ unfunded }) => unfunded)).toEqual([shares('5'), shares('5')]);
    expect(state.legs.map(({ stage }) => stage.kind === 'sending' && stage.intent.quantity)).toEqual([shares('4'), shares('5')]);
  });

  it('is kept at the worst limit for a leg that only waits for its time', () => {
    // 6 AAA to come at 100.20 and 10 BBB at 100.00: 1,601.20, of which there are 1,000.20. 62.4 % of 10 are 6.
    const closed = { ...A_CLOSED_ORDER, filledQuantity: shares('4') };
    const { state } = turn([aSlicedLeg({ slice: 1, closedOrders: [closed] }), aLeg('buy', 'BBB', '10')], { cash: '1000.20' }, MINUTE_MS);
    expect(state.legs[1]).toMatchObject({ unfunded: shares('4'), stage: { intent: { quantity: shares('6') } } });
    expect(state.legs[0]).toMatchObject({ unfunded: 0n, stage: { kind: 'waiting' } });
  });

  it('ends a leg in the slice in which it runs out, as for want of money', () => {
    const closed = { ...A_CLOSED_ORDER, filledQuantity: shares('4') };
    const { legs } = turn([aSlicedLeg({ slice: 1, closedOrders: [closed] })], { cash: '50' }, SLICE_MS).state;
    expect(legs).toMatchObject([{ stage: { kind: 'done', residual: { quantity: shares('6'), code: 'insufficient-proceeds' } } }]);
  });
});

describe('the next turn', () => {
  it('comes with the next slice where nothing else is waited for, and within a minute', () => {
    const resting = aState([aSlicedLeg({ slice: 1 }), aLeg('sell', 'BBB', '1', { stage: { kind: 'done' } })]);
    expect(secondsToNextTurn(resting, 0, 0)).toBe(60);
    expect(secondsToNextTurn(resting, 0, SLICE_MS - 20_000)).toBe(20);
    expect(secondsToNextTurn(aState([aSlicedLeg({ slice: 1 }), aLeg('buy', 'BBB', '1')]), 0, 0)).toBe(5);
  });
});

describe('a yes that comes late', () => {
  it('leaves the sizes of the slices, and spreads them over the time that is left', () => {
    const state = aState([aSlicedLeg()], { rules: { ...RULES, approvalBpsMax: 100 } });
    const quotes = new Map(AT_PAR.map((quote) => [quote.symbol, { ...quote, at: DEADLINE / 2 }]));
    const retaken = retakeArrivals(state, quotes, DEADLINE / 2);
    // Of 20 minutes ten are left: two and a half a slice.
    expect(retaken).toMatchObject({
      kind: 'retaken',
      state: {
        legs: [
          {
            slicing: {
              slices: [
                { from: 10 * MINUTE_MS, quantity: shares('4') },
                { from: 12.5 * MINUTE_MS, quantity: shares('3') },
                { from: 15 * MINUTE_MS, quantity: shares('3') },
              ],
            },
          },
        ],
      },
    });
  });
});
