import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../../../../shared/core/execution/advance.ts';
import type { Leg } from '../../../../shared/core/execution/leg.ts';
import { notional, shares } from '../../../../shared/core/values/shares.ts';
import { aCancelingLeg, aLeg, anIntent, aQuote, aSendingLeg, aSight, aState, aWorkingLeg, orderOf } from './execution-builder.ts';

const AT_PAR = ['AAA', 'BBB', 'CCC'].map((symbol) => aQuote(symbol, '99.98', '100'));
const DONE = { kind: 'done' } as const;

function turn(legs: readonly Leg[], sight: Parameters<typeof aSight>[1], now = 0, shareUnit: 'whole' | 'fractional' = 'whole') {
  return advance(aState(legs, { shareUnit }), aSight(legs, { quotes: AT_PAR, ...sight }), now);
}

function sentBy({ actions }: ReturnType<typeof turn>): string[] {
  return actions.map((action) =>
    action.kind === 'submit'
      ? `${action.intent.side} ${action.intent.quantity / 1_000_000_000n} ${action.intent.symbol} at ${action.intent.limitPrice}`
      : 'cancel',
  );
}

describe('the first orders of a run', () => {
  it('are all the sells, and no buy', () => {
    const sent = turn([aLeg('sell', 'AAA', '10'), aLeg('sell', 'BBB', '5'), aLeg('buy', 'CCC', '8')], {});
    expect(sentBy(sent)).toEqual(['sell 10 AAA at 99980000', 'sell 5 BBB at 99980000']);
    expect(sent.state.legs.map(({ stage }) => stage.kind)).toEqual(['sending', 'sending', 'waiting']);
  });

  it('are the buys once every sell is over, however it ended', () => {
    const rejected = { kind: 'done', residual: { quantity: shares('5'), code: 'rejected', figures: {} } } as const;
    expect(
      sentBy(
        turn([aLeg('sell', 'AAA', '10', { stage: DONE }), aLeg('sell', 'BBB', '5', { stage: rejected }), aLeg('buy', 'CCC', '8')], {}),
      ),
    ).toEqual(['buy 8 CCC at 100000000']);
  });

  it('do not include a buy while one sell may still fill', () => {
    const sell = aCancelingLeg('sell', 'AAA', '10', { cause: { kind: 'residual', code: 'unfilled-at-limit' } });
    expect(sentBy(turn([sell, aLeg('buy', 'CCC', '8')], { orders: [orderOf(sell, 'canceling', '3')] }))).toEqual([]);
  });

  it('start in the same turn in which the last sell is seen to be over', () => {
    const sell = aWorkingLeg('sell', 'AAA', '10');
    expect(sentBy(turn([sell, aLeg('buy', 'CCC', '8')], { orders: [orderOf(sell, 'filled', '10')] }))).toEqual(['buy 8 CCC at 100000000']);
  });
});

describe('the money for buys', () => {
  it('is cut from all alike, to whole shares, and what is left out is recorded', () => {
    // 30 and 10 shares at 100 dollars cost 4,000; there are 2,000: 15 and 5, less the micro-dollar for rounding.
    const { state } = turn([aLeg('buy', 'AAA', '30'), aLeg('buy', 'BBB', '10')], { cash: '2000.10' });
    expect(state.legs.map(({ unfunded }) => unfunded)).toEqual([shares('15'), shares('5')]);
    expect(state.legs.map(({ stage }) => stage.kind === 'sending' && stage.intent.quantity)).toEqual([shares('15'), shares('5')]);
  });

  it('ends a leg for which there is none', () => {
    const { state, actions } = turn([aLeg('buy', 'AAA', '30')], { cash: '99' });
    expect(actions).toEqual([]);
    expect(state.legs[0]?.stage).toEqual({
      kind: 'done',
      residual: { quantity: shares('30'), code: 'insufficient-proceeds', figures: {} },
    });
  });

  it('is never what the broker would lend, nor more than the broker lets us use', () => {
    expect(sentBy(turn([aLeg('buy', 'AAA', '30')], { cash: '1000.10', buyingPower: '8000' }))).toEqual(['buy 10 AAA at 100000000']);
    expect(sentBy(turn([aLeg('buy', 'AAA', '30')], { cash: '8000', buyingPower: '500.10' }))).toEqual(['buy 5 AAA at 100000000']);
    expect(sentBy(turn([aLeg('buy', 'AAA', '30')], { cash: '-10' }))).toEqual([]);
  });

  it('is less by what an intent may cost of which nothing is known yet', () => {
    // 10 shares at 100 dollars may be on their way: 500 of 1,500 dollars are free.
    const sending = aSendingLeg('buy', 'AAA', '10', { attempts: 2 });
    expect(sentBy(turn([sending, aLeg('buy', 'BBB', '30')], { cash: '1500.10' }))).toEqual(['buy 5 BBB at 100000000']);
  });

  it('counts a live buy with what is unfilled: the cash has paid for the rest', () => {
    // 6 of 10 are filled and paid for; 4 may still cost 400; 1,000 is just enough for 400 + 600.
    const working = aWorkingLeg('buy', 'AAA', '10');
    expect(sentBy(turn([working, aLeg('buy', 'BBB', '6')], { cash: '1000', orders: [orderOf(working, 'working', '6')] }))).toEqual([
      'buy 6 BBB at 100000000',
    ]);
  });

  it('is waited for while another buy works: a cut would be for good', () => {
    const working = aWorkingLeg('buy', 'AAA', '10');
    const { state, actions } = turn([working, aLeg('buy', 'BBB', '6')], { cash: '999.99', orders: [orderOf(working, 'working', '6')] });
    expect(actions).toEqual([]);
    expect(state.legs[1]).toEqual(aLeg('buy', 'BBB', '6'));
  });

  it('is never exceeded, at any prices and in any unit', () => {
    const wanted = fc.record({ quantity: fc.bigInt(1n, 10n ** 13n), cents: fc.bigInt(100n, 60_000n) });
    fc.assert(
      fc.property(
        fc.array(wanted, { minLength: 1, maxLength: 6 }),
        fc.bigInt(0n, 10n ** 12n),
        fc.constantFrom('whole' as const, 'fractional' as const),
        (each, cash, shareUnit) => {
          const legs = each.map(({ quantity, cents }, place) =>
            aLeg('buy', `S${place}`, '1', { symbol: `S${place}`, quantity, arrival: cents * 10_000n }),
          );
          const quotes = each.map(({ cents }, place) => ({ symbol: `S${place}`, bid: cents * 10_000n, ask: cents * 10_000n, at: 0 }));
          const seen = aSight(legs, { quotes });
          const { actions, state } = advance(
            aState(legs, { shareUnit }),
            { ...seen, account: { ...seen.account, cash, buyingPower: cash } },
            0,
          );
          const cost = actions.reduce(
            (sum, action) => (action.kind === 'submit' ? sum + notional(action.intent.limitPrice, action.intent.quantity, 'ceil') : sum),
            0n,
          );
          expect(cost <= cash).toBe(true);
          for (const { quantity, unfunded, stage } of state.legs)
            expect(unfunded + (stage.kind === 'sending' ? stage.intent.quantity : 0n)).toBe(quantity);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a quote that may not be traded on', () => {
  const stale = [aQuote('AAA', '99.98', '100', -31_000)];

  it('is asked for again five times, and at the sixth the symbol is left with the figures', () => {
    let state = aState([aLeg('sell', 'AAA', '10')]);
    for (let tries = 1; tries <= 5; tries += 1) {
      const next = advance(state, aSight(state.legs, { quotes: stale }), 0);
      expect(next.actions).toEqual([]);
      expect(next.state.legs[0]?.stage).toEqual({ kind: 'waiting', peg: 0, quoteTries: tries });
      state = next.state;
    }
    const last = advance(state, aSight(state.legs, { quotes: stale }), 0).state.legs[0]?.stage;
    expect(last).toEqual({
      kind: 'done',
      residual: { quantity: shares('10'), code: 'quote-stale', figures: { bid: '99.98', ask: '100.00', ageMs: '31000' } },
    });
  });

  it.each([
    ['quote-missing', []],
    ['quote-zero', [aQuote('AAA', '0', '100')]],
    ['quote-crossed', [aQuote('AAA', '100.01', '100')]],
    ['quote-wide', [aQuote('AAA', '99', '100')]],
  ])('leaves the symbol as %s', (code, quotes) => {
    const leg = aLeg('sell', 'AAA', '10', { stage: { kind: 'waiting', peg: 1, quoteTries: 5 } });
    expect(turn([leg], { quotes }).state.legs[0]?.stage).toMatchObject({ residual: { code, quantity: shares('10') } });
  });

  it('holds back its own symbol alone', () => {
    expect(sentBy(turn([aLeg('sell', 'AAA', '1'), aLeg('sell', 'BBB', '2')], { quotes: [aQuote('BBB', '99.98', '100')] }))).toEqual([
      'sell 2 BBB at 99980000',
    ]);
  });
});

describe('an order id', () => {
  it('is a pure function of run, symbol, side and price step', () => {
    const { actions } = turn([aLeg('sell', 'AAA', '10', { stage: { kind: 'waiting', peg: 2, quoteTries: 0 } })], {});
    expect(actions).toEqual([
      {
        kind: 'submit',
        intent: anIntent('sell', 'AAA', '10', { clientOrderId: 'p_2026-11-20_daily_AAA_sell_0_2', limitPrice: 99_980_000n }),
      },
    ]);
  });
});
