import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../../../shared/core/execution/advance.ts';
import type { Leg } from '../../../../shared/core/execution/leg.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { formatShares, isWhole, notional, shares } from '../../../../shared/core/values/shares.ts';
import { aLeg, aQuote, aSight, aState, aWorkingLeg, orderOf } from './execution-builder.ts';

const AT_PAR = ['AAA', 'BBB', 'CCC', 'DDD'].map((symbol) => aQuote(symbol, '99.98', '100'));
const DONE = { kind: 'done' } as const;

function short(leg: Leg): Leg {
  return { ...leg, position: 'short' };
}

interface Seen {
  readonly cash?: string;
  readonly buyingPower?: string;
  readonly shortValue?: string;
  readonly positions?: Readonly<Record<string, string>>;
  readonly orders?: NonNullable<Parameters<typeof aSight>[1]>['orders'];
}

function turn(
  legs: readonly Leg[],
  { shortValue, positions = {}, orders = [], ...money }: Seen,
  shareUnit: 'whole' | 'fractional' = 'whole',
) {
  const sight = aSight(legs, { quotes: AT_PAR, orders, ...money });
  const account = { ...sight.account, canShort: true, ...(shortValue === undefined ? {} : { shortValue: usd(shortValue) }) };
  const held = new Map(Object.entries(positions).map(([symbol, quantity]) => [symbol, shares(quantity)]));
  return advance(aState(legs, { shareUnit }), { ...sight, account, positions: held }, 0);
}

function sentBy({ actions }: ReturnType<typeof turn>): string[] {
  return actions.map((action) =>
    action.kind === 'submit' ? `${action.intent.side} ${formatShares(action.intent.quantity)} ${action.intent.symbol}` : 'cancel',
  );
}

const SELL = aLeg('sell', 'AAA', '10');
const COVER = short(aLeg('buy', 'BBB', '5'));
const BUY = aLeg('buy', 'CCC', '8');
const SHORT_SALE = short(aLeg('sell', 'DDD', '4'));

describe('the order of legs', () => {
  const all = { shortValue: '500', positions: { AAA: '10', BBB: '-5' } };

  it('is first what makes positions smaller: sells of what is held, and covers', () => {
    expect(sentBy(turn([SELL, COVER, BUY, SHORT_SALE], all))).toEqual(['sell 10 AAA', 'buy 5 BBB']);
  });

  it('opens nothing while one of them may still fill', () => {
    const working = aWorkingLeg('buy', 'BBB', '5');
    const cover = short(working);
    const legs = [{ ...SELL, stage: DONE }, cover, BUY, SHORT_SALE];
    expect(sentBy(turn(legs, { ...all, orders: [orderOf(cover, 'working', '4')] }))).toEqual([]);
  });

  it('is buys and short sales together once all of them are over', () => {
    const legs = [{ ...SELL, stage: DONE }, { ...COVER, stage: DONE }, BUY, SHORT_SALE];
    expect(sentBy(turn(legs, { shortValue: '0' }))).toEqual(['buy 8 CCC', 'sell 4 DDD']);
  });
});

describe('the money for covers', () => {
  it('is all the cash there is, collateral too, whatever buying power is left', () => {
    expect(sentBy(turn([COVER], { cash: '500', buyingPower: '0', shortValue: '500', positions: { BBB: '-5' } }))).toEqual(['buy 5 BBB']);
  });

  it('is waited for while sells may still bring some, and cut when they are over', () => {
    const seen = { cash: '300.10', shortValue: '500', positions: { AAA: '10', BBB: '-5' } };
    const waiting = turn([SELL, COVER], seen);
    expect(sentBy(waiting)).toEqual(['sell 10 AAA']);
    expect(waiting.state.legs[1]).toEqual(COVER);
    const cut = turn([{ ...SELL, stage: DONE }, COVER], seen);
    expect(sentBy(cut)).toEqual(['buy 3 BBB']);
    expect(cut.state.legs[1]?.unfunded).toBe(shares('2'));
  });
});

describe('the money for buys and short sales', () => {
  it('is the cash less twice what is short: its proceeds, and as much of our own', () => {
    // 2,000 less 2 × 600 leaves 800: 8 of CCC at 100.
    expect(sentBy(turn([BUY], { cash: '2000.10', shortValue: '600' }))).toEqual(['buy 8 CCC']);
    expect(sentBy(turn([BUY], { cash: '1999.90', shortValue: '600' }))).toEqual(['buy 7 CCC']);
  });

  it('is taken by a short sale too, at the highest price at which it may stand', () => {
    // The collar is 20 bp above 100: 2 × 100.20 − 99.98 = 100.42 a share. 4 bind 401.68.
    expect(sentBy(turn([SHORT_SALE], { cash: '401.68', shortValue: '0' }))).toEqual(['sell 4 DDD']);
    expect(sentBy(turn([SHORT_SALE], { cash: '401.67', shortValue: '0' }))).toEqual(['sell 3 DDD']);
  });

  it('is cut from both sides of a pair alike, and short sales stay whole', () => {
    const legs = [aLeg('buy', 'CCC', '10'), short(aLeg('sell', 'DDD', '10'))];
    const { state } = turn(legs, { cash: '1100', shortValue: '0' }, 'fractional');
    // 1,000 + 1,004.20 are wanted of 1,100 less two micro-dollars: 10 × 1,099.999998 / 2,004.20.
    expect(state.legs.map(({ stage }) => (stage.kind === 'sending' ? formatShares(stage.intent.quantity) : stage.kind))).toEqual([
      '5.488474194',
      '5',
    ]);
  });

  it('counts a live short sale with what is unfilled of it', () => {
    const working = short(aWorkingLeg('sell', 'DDD', '4'));
    // The intent is limited at 100: 2 × 100.20 − 100 = 100.40 for each of the 3 unfilled, 301.20 in all.
    const seen = { shortValue: '100', positions: { DDD: '-1' }, orders: [orderOf(working, 'working', '1')] };
    expect(sentBy(turn([working, aLeg('buy', 'CCC', '5')], { ...seen, cash: '1001.20' }))).toEqual(['buy 5 CCC']);
    expect(sentBy(turn([working, aLeg('buy', 'CCC', '5')], { ...seen, cash: '1001.19' }))).toEqual([]);
  });

  it('is nothing where the broker does not say what is short', () => {
    const { state, actions } = turn([SHORT_SALE], { cash: '100000' });
    expect(actions).toEqual([]);
    expect(state.legs[0]?.stage).toMatchObject({ residual: { code: 'insufficient-proceeds', quantity: shares('4') } });
  });

  it('never lets all positions be more than the equity, whatever is bought and sold', () => {
    const wanted = fc.record({ isShort: fc.boolean(), count: fc.bigInt(1n, 500n), cents: fc.bigInt(200n, 60_000n) });
    fc.assert(
      fc.property(
        fc.array(wanted, { minLength: 1, maxLength: 5 }),
        fc.bigInt(0n, 10n ** 11n),
        fc.bigInt(0n, 5n * 10n ** 10n),
        fc.constantFrom('whole' as const, 'fractional' as const),
        (each, cash, shortValue, shareUnit) => {
          const legs = each.map(({ isShort, count, cents }, place): Leg => {
            const leg = aLeg(isShort ? 'sell' : 'buy', `S${place}`, `${count}`, { arrival: cents * 10_000n });
            return isShort ? short(leg) : leg;
          });
          const quotes = each.map(({ cents }, place) => ({ symbol: `S${place}`, bid: cents * 10_000n, ask: cents * 10_000n, at: 0 }));
          const seen = aSight(legs, { quotes });
          const account = { ...seen.account, cash, buyingPower: cash, shortValue };
          const { actions, state } = advance(aState(legs, { shareUnit }), { ...seen, account, positions: new Map() }, 0);
          let [left, bound] = [cash, shortValue];
          for (const action of actions) {
            if (action.kind !== 'submit') continue;
            const { side, limitPrice, quantity } = action.intent;
            left += side === 'buy' ? -notional(limitPrice, quantity, 'ceil') : notional(limitPrice, quantity, 'floor');
            if (side === 'sell') bound += notional(limitPrice, quantity, 'ceil');
            if (side === 'sell') expect(isWhole(quantity)).toBe(true);
          }
          expect(actions.length === 0 || 2n * bound <= left).toBe(true);
          for (const { quantity, unfunded, stage } of state.legs)
            expect(unfunded + (stage.kind === 'sending' ? stage.intent.quantity : 0n)).toBe(quantity);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a position that is another than the plan’s', () => {
  it.each([
    ['a sale of more than is held', SELL, { AAA: '9' }, '9'],
    ['a sale of what is gone', SELL, {}, '0'],
    ['a cover of more than is short', COVER, { BBB: '-4' }, '-4'],
    ['a cover of what is held', COVER, { BBB: '5' }, '5'],
    ['a purchase of what is short', BUY, { CCC: '-1' }, '-1'],
    ['a short sale of what is held', SHORT_SALE, { DDD: '1' }, '1'],
  ])('ends the leg instead of %s', (_, leg, positions, held) => {
    const { actions, state } = turn([leg], { shortValue: '0', positions });
    expect(actions).toEqual([]);
    expect(state.legs[0]?.stage).toEqual({
      kind: 'done',
      residual: { quantity: leg.quantity, code: 'position-changed', figures: { held, remaining: formatShares(leg.quantity) } },
    });
  });

  it('is looked at again before the next price step, with what was filled until then', () => {
    const leg: Leg = {
      ...SHORT_SALE,
      closedOrders: [
        { clientOrderId: 'x', status: 'canceled', limitPrice: usd('100'), quantity: shares('4'), filledQuantity: shares('1') },
      ],
      stage: { kind: 'waiting', peg: 1, quoteTries: 0 },
    };
    expect(sentBy(turn([leg], { shortValue: '100', positions: { DDD: '-1' } }))).toEqual(['sell 3 DDD']);
  });

  it('is not looked at where nothing was read: such an account cannot sell short', () => {
    expect(advance(aState([SELL]), aSight([SELL], { quotes: AT_PAR }), 0).actions).toHaveLength(1);
  });
});
