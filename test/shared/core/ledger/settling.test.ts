// 2026-11-20 is a Friday; 2026-11-26 is Thanksgiving, on which nothing trades and nothing settles.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countRun } from '../../../../shared/core/ledger/count-fills.ts';
import { moveLedger, openLedger, reconcile } from '../../../../shared/core/ledger/reconcile.ts';
import { addLots, lockedShares, type SettlingLot, stillSettling, unsettledProceeds } from '../../../../shared/core/ledger/settling.ts';
import { settlementDate } from '../../../../shared/core/market/settlement.ts';
import type { Side } from '../../../../shared/core/values/identity.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { addDays, DAY_MS, HOUR_MS, type NewYorkDate } from '../../../../shared/core/values/time.ts';
import { A_RUN, aFill, aFlow, aLedger, aLook, aManualFill, CLAIM, NOON, ourOrder } from '../../../builders/ledger.ts';

function aLot(side: Side, symbol: string, tradeDate: NewYorkDate, quantity = '1', amount = '100'): SettlingLot {
  return { symbol, side, tradeDate, quantity: shares(quantity), amount: usd(amount) };
}

describe('the proceeds of a sale', () => {
  it.each([
    ['one settlement day later since May 2024', '2026-11-20', '2026-11-22', '2026-11-23'],
    ['not on Thanksgiving', '2026-11-25', '2026-11-26', '2026-11-27'],
    ['two days later before that', '2024-05-24', '2024-05-28', '2024-05-29'],
    ['three before September 2017', '2017-09-01', '2017-09-06', '2017-09-07'],
    ['five before June 1995', '1995-06-01', '1995-06-07', '1995-06-08'],
  ] as const)('arrive %s', (_, tradeDate, lastUnsettled, settlesOn) => {
    const lots = [aLot('sell', 'SPY', tradeDate, '2', '200')];
    expect(unsettledProceeds(lots, tradeDate)).toBe(usd('200'));
    expect(unsettledProceeds(lots, lastUnsettled)).toBe(usd('200'));
    expect(unsettledProceeds(lots, settlesOn)).toBe(0n);
  });
});

describe('shares bought while proceeds were under way', () => {
  it('are locked until those arrive, and not those bought before the sale', () => {
    const lots = [aLot('buy', 'GLD', '2026-11-19', '7'), aLot('sell', 'SPY', '2026-11-20'), aLot('buy', 'TLT', '2026-11-20', '3')];
    expect(lockedShares(lots, '2026-11-20')).toEqual([{ symbol: 'TLT', quantity: shares('3') }]);
    expect(lockedShares(lots, '2026-11-23')).toEqual([]);
  });

  it('are free at once where nothing was sold', () => {
    expect(lockedShares([aLot('buy', 'TLT', '2026-11-20', '3')], '2026-11-20')).toEqual([]);
  });
});

describe('lots', () => {
  const anyTradeDate = fc.nat({ max: 40 }).map((days) => addDays('2024-05-13', days));
  const anyLots = fc.array(
    fc.record({
      symbol: fc.constantFrom('AAA', 'BBB'),
      side: fc.constantFrom<Side>('buy', 'sell'),
      tradeDate: anyTradeDate,
      quantity: fc.bigInt({ min: 1n, max: 100n }),
      amount: fc.bigInt({ min: 1n, max: 1_000_000n }),
    }),
    { maxLength: 12 },
  );

  it('come to the same whatever order they are added in, and forgetting what has settled changes no answer', () => {
    fc.assert(
      fc.property(anyLots, anyLots, anyTradeDate, fc.nat({ max: 5 }), (some, others, today, later) => {
        const past = (lots: readonly SettlingLot[]) => lots.filter(({ tradeDate }) => tradeDate <= today);
        const all = addLots(addLots([], past(some)), past(others));
        expect(addLots(addLots([], past(others)), past(some))).toEqual(all);
        const asOf = addDays(today, later);
        const kept = stillSettling(all, today);
        expect(unsettledProceeds(kept, asOf)).toBe(unsettledProceeds(all, asOf));
        expect(lockedShares(kept, asOf)).toEqual(lockedShares(all, asOf));
      }),
    );
  });

  it('lock every share that proceeds still under way can have paid for, and no share once they have arrived', () => {
    fc.assert(
      fc.property(anyLots, anyTradeDate, (some, asOf) => {
        const lots = addLots(
          [],
          some.filter(({ tradeDate }) => tradeDate <= asOf),
        );
        const locked = new Map(lockedShares(lots, asOf).map(({ symbol, quantity }) => [symbol, quantity]));
        for (const symbol of ['AAA', 'BBB']) {
          const mayBeUnpaid = lots.filter(
            (buy) =>
              buy.symbol === symbol &&
              buy.side === 'buy' &&
              lots.some((sale) => sale.side === 'sell' && sale.tradeDate <= buy.tradeDate && settlementDate(sale.tradeDate) > asOf),
          );
          expect(locked.get(symbol) ?? 0n).toBe(mayBeUnpaid.reduce((sum, { quantity }) => sum + quantity, 0n));
        }
      }),
    );
  });
});

describe('the ledger', () => {
  const sale = { clientOrderId: ourOrder('SPY', 'sell'), symbol: 'SPY', side: 'sell' as const, filledQuantity: shares('5') };

  it('knows the proceeds of a run as soon as it is over, and counts them once when the broker tells of them too', () => {
    const { ledger } = countRun(aLedger({ SPY: '10' }), A_RUN, [{ ...sale, averageFillPrice: usd('100') }], NOON);
    expect(ledger.settling).toEqual([aLot('sell', 'SPY', '2026-11-20', '5', '500')]);
    const look = { ...aLook({ SPY: '5' }, [aFill('SPY', 'sell', '5')]), at: NOON + HOUR_MS };
    const told = reconcile(ledger, CLAIM, look).ledger;
    expect(told.settling).toEqual(ledger.settling);
    // On Monday it has settled, and is forgotten.
    const monday = { ...aLook({ SPY: '5' }, [aFlow('fee', '-1')]), at: NOON + 3 * DAY_MS };
    expect(reconcile(told, CLAIM, monday).ledger).not.toHaveProperty('settling');
  });

  it('counts what others trade in the account too: it is the same cash', () => {
    const look = { ...aLook({ SPY: '10', GLD: '1' }, [aManualFill('GLD', 'sell', '2')]), at: NOON + HOUR_MS };
    expect(reconcile(aLedger({ SPY: '10' }), CLAIM, look).ledger.settling).toEqual([aLot('sell', 'GLD', '2026-11-20', '2', '200')]);
  });

  it('looks back at its first sight, and when it goes over to another account', () => {
    const look = { ...aLook({ SPY: '10' }, [aManualFill('SPY', 'sell', '2')]), at: NOON + HOUR_MS };
    const expected = [aLot('sell', 'SPY', '2026-11-20', '2', '200')];
    expect(openLedger(CLAIM, look).ledger.settling).toEqual(expected);
    const elsewhere = { ...aLedger({ SPY: '10' }), settling: [aLot('sell', 'TLT', '2026-11-20')], uninvested: usd('50') };
    expect(moveLedger(elsewhere, look).settling).toEqual(expected);
    expect(moveLedger(elsewhere, look)).not.toHaveProperty('uninvested');
  });

  it('remembers a deposit until as much is bought, and less after a withdrawal', () => {
    const deposited = reconcile(aLedger({ SPY: '10' }), CLAIM, aLook({ SPY: '10' }, [aFlow('transfer', '1000')])).ledger;
    expect(deposited.uninvested).toBe(usd('1000'));
    const bought = { ...sale, clientOrderId: ourOrder('SPY', 'buy'), side: 'buy' as const, averageFillPrice: usd('100') };
    const after = countRun(deposited, A_RUN, [bought], NOON).ledger;
    expect(after.uninvested).toBe(usd('500'));
    const look = aLook({ SPY: '15' }, [aFlow('transfer', '-600'), aFlow('dividend', '40', 'SPY')]);
    expect(reconcile(after, CLAIM, look).ledger).not.toHaveProperty('uninvested');
  });
});
