import { describe, expect, it } from 'vitest';
import { CANCELS_MAX, type RecordedOrder, surveil } from '../../../../shared/core/ledger/surveillance.ts';
import { clientOrderIdOf, type Side } from '../../../../shared/core/values/identity.ts';
import { shares } from '../../../../shared/core/values/shares.ts';

function order(schedule: string, side: Side, peg: number, stated: Partial<RecordedOrder> = {}): RecordedOrder {
  const runId = `p/2024-06-14/${schedule}`;
  return {
    runId,
    session: '2024-06-14',
    accountNumber: 'A1',
    clientOrderId: clientOrderIdOf({ runId, symbol: 'SPY', side, slice: 0, peg }),
    symbol: 'SPY',
    side,
    filledQuantity: shares('1'),
    status: 'filled',
    ...stated,
  };
}

const unfilled = { filledQuantity: 0n, status: 'canceled' } as const;

describe('a self-cross', () => {
  it('is a purchase and a sale of a symbol that both filled in one session of one account', () => {
    const [bought, sold] = [order('morning', 'buy', 0), order('evening', 'sell', 0)];
    expect(surveil([bought, sold])).toEqual([
      { code: 'self-cross', session: '2024-06-14', symbol: 'SPY', orders: [sold.clientOrderId, bought.clientOrderId] },
    ]);
  });

  it.each<[string, Partial<RecordedOrder>]>([
    ['another session', { session: '2024-06-17' }],
    ['another account', { accountNumber: 'A2' }],
    ['another symbol', { symbol: 'TLT' }],
    ['nothing filled', unfilled],
    ['the same side', { side: 'buy' }],
  ])('is none with %s', (_, stated) => {
    expect(surveil([order('morning', 'buy', 0), order('evening', 'sell', 0, stated)])).toEqual([]);
  });
});

describe('cancels', () => {
  const canceled = Array.from({ length: CANCELS_MAX + 1 }, (_, peg) => order('daily', 'buy', peg, unfilled));

  it('are excessive beyond what re-pricing one trade takes', () => {
    expect(surveil(canceled.slice(1))).toEqual([]);
    expect(surveil(canceled)).toMatchObject([{ code: 'excessive-cancels', symbol: 'SPY', orders: { length: CANCELS_MAX + 1 } }]);
  });

  it('of orders that filled in part are not counted', () => {
    expect(surveil([...canceled.slice(1), order('daily', 'buy', 99, { status: 'canceled' })])).toEqual([]);
  });
});
