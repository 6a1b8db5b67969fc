import { describe, expect, it } from 'vitest';
import type { BookOrder, BookOrderStatus } from '../../../../exchange/matching/book-order.ts';
import { orderStatusOf } from '../../../../shared/adapters/alpaca/order-status.ts';
import { orderOf } from '../../../../shared/adapters/simulated/order-of.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';

const EVERY_STATUS: Readonly<Record<BookOrderStatus, true>> = {
  accepted: true,
  pending_new: true,
  new: true,
  partially_filled: true,
  held: true,
  done_for_day: true,
  pending_cancel: true,
  filled: true,
  canceled: true,
  expired: true,
  replaced: true,
  rejected: true,
};

describe('an order of the book', () => {
  it.each(Object.keys(EVERY_STATUS) as BookOrderStatus[])('that is %s means what the Alpaca adapter takes it for', (status) => {
    expect(orderOf(bookOrder({ status })).status).toBe(orderStatusOf(status));
  });

  it('has no average price before it fills, and the exact mean to the nearest micro-dollar after', () => {
    expect(orderOf(bookOrder({}))).not.toHaveProperty('averageFillPrice');
    // One share at 10.00 and two at 10.01: 30.02 / 3 = 10.006666…
    const filledValue = usd('10') * shares('1') + usd('10.01') * shares('2');
    expect(orderOf(bookOrder({ filledQuantity: shares('3'), filledValue })).averageFillPrice).toBe(10_006_667n);
  });

  it('by amount shows as its quantity what it got so far', () => {
    const { quantity: _none, ...byAmount } = bookOrder({ filledQuantity: shares('0.25'), filledValue: usd('100') * shares('0.25') });
    expect(orderOf({ ...byAmount, notional: usd('50') })).toMatchObject({ quantity: shares('0.25'), filledQuantity: shares('0.25') });
  });

  it('is a copy: what happens later does not show in it', () => {
    const order = bookOrder({});
    const seen = orderOf(order);
    order.status = 'canceled';
    expect(seen.status).toBe('working');
  });
});

function bookOrder(part: Partial<BookOrder>): BookOrder {
  return {
    id: 'id',
    clientOrderId: 'an-order',
    assetId: 'asset',
    symbol: 'SPY',
    side: 'buy',
    type: 'limit',
    timeInForce: 'day',
    quantity: shares('3'),
    limitPrice: usd('11'),
    extendedHours: false,
    submittedAt: 0n,
    workingDate: '2019-06-12',
    reservePrice: usd('11'),
    heldQuantity: 0n,
    status: 'new',
    isTriggered: false,
    fillCount: 0,
    filledQuantity: 0n,
    filledValue: 0n,
    updatedAt: 0n,
    ...part,
  };
}
