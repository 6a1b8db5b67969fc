import { describe, expect, it } from 'vitest';
import { cancelOrder } from '../../../exchange/matching/cancel-order.ts';
import { replaceOrder } from '../../../exchange/matching/replace-order.ts';
import { usd } from '../../../shared/core/values/money.ts';
import { shares } from '../../../shared/core/values/shares.ts';
import { at } from '../a-market.ts';
import { aBook, buy, limit, sell } from './a-book.ts';

describe('an order while the market is open', () => {
  it('is pending_new, then new, then filled', () => {
    const { place, look, wait } = aBook();
    const order = place(buy('SPY', '10', limit('100.05')));
    expect(look(order).status).toBe('pending_new');
    wait(100);
    expect(look(order).status).toBe('new');
    wait(900);
    expect(look(order)).toMatchObject({ status: 'filled', filledQuantity: shares('10') });
  });

  it('expires at the close when it is for the day', () => {
    const { place, look, moveTo } = aBook();
    const order = place(buy('SPY', '10', limit('90')));
    moveTo(at('2026-11-20', '15:59:59'));
    expect(look(order).status).toBe('new');
    moveTo(at('2026-11-20', '16:00:00'));
    expect(look(order)).toMatchObject({ status: 'expired', expiredAt: BigInt(at('2026-11-20', '16:00:00')) * 1_000_000n });
  });

  it('rests overnight as done_for_day and works again at 04:00 when it is good till canceled', () => {
    const { place, look, moveTo } = aBook();
    const order = place(buy('SPY', '10', { ...limit('90'), timeInForce: 'gtc' }));
    moveTo(at('2026-11-20', '18:00:00'));
    expect(look(order).status).toBe('done_for_day');
    moveTo(at('2026-11-23', '03:59:59'));
    expect(look(order).status).toBe('done_for_day');
    moveTo(at('2026-11-23', '04:00:00'));
    expect(look(order).status).toBe('new');
  });

  it('is canceled after 90 days when it is good till canceled', () => {
    const { place, look, moveTo } = aBook();
    const order = place(buy('SPY', '10', { ...limit('90'), timeInForce: 'gtc' }));
    moveTo(at('2027-02-18', '09:00:00'));
    expect(look(order).status).toBe('new');
    // 90 days after Friday 2026-11-20 10:00 is Thursday 2027-02-18 10:00: the close of that day is the first one past it.
    moveTo(at('2027-02-18', '16:00:00'));
    expect(look(order).status).toBe('canceled');
  });

  it('is rejected on its way to the book when that fault is armed', () => {
    const { faults, place, look, wait, book } = aBook();
    faults.arm({ kind: 'reject', symbol: 'SPY', count: 1 });
    const order = place(buy('SPY', '10'));
    wait(5_000);
    expect(look(order)).toMatchObject({ status: 'rejected', filledQuantity: 0n });
    expect(look(order).failedAt).toBeDefined();
    expect(book.cash).toBe(usd('100000'));
  });

  it('is held while its symbol is halted, and fills when the halt is lifted', () => {
    const { faults, place, look, wait } = aBook();
    faults.arm({ kind: 'halt', symbol: 'SPY' });
    const order = place(buy('SPY', '10'));
    wait(60_000);
    expect(look(order)).toMatchObject({ status: 'held', filledQuantity: 0n });
    faults.clear();
    wait(1_000);
    expect(look(order).status).toBe('filled');
  });
});

describe('an order while the market is closed', () => {
  it('is accepted, becomes new at 04:00 New York time and fills after the open', () => {
    const { place, look, moveTo } = aBook({ from: at('2026-11-21', '12:00:00') });
    const order = place(buy('SPY', '10'));
    expect(look(order)).toMatchObject({ status: 'accepted', workingDate: '2026-11-23' });
    moveTo(at('2026-11-23', '04:00:00'));
    expect(look(order).status).toBe('new');
    moveTo(at('2026-11-23', '09:29:59'));
    expect(look(order).status).toBe('new');
    moveTo(at('2026-11-23', '09:30:00'));
    expect(look(order).status).toBe('filled');
  });

  it('is queued for the next session when it is for the day and comes after 16:00', () => {
    const { place, look, moveTo } = aBook({ from: at('2026-11-25', '16:00:01') });
    const order = place(buy('SPY', '10'));
    // Thursday is Thanksgiving.
    expect(look(order)).toMatchObject({ status: 'accepted', workingDate: '2026-11-27' });
    moveTo(at('2026-11-27', '13:00:00'));
    expect(look(order).status).toBe('filled');
  });

  it('fills outside regular hours only when it asks for extended hours', () => {
    const { place, look, moveTo } = aBook({ from: at('2026-11-20', '07:00:00') });
    const extended = place(buy('SPY', '1', { ...limit('101'), extendedHours: true }));
    const regular = place(buy('TLT', '1', limit('51')));
    moveTo(at('2026-11-20', '07:00:05'));
    expect([look(extended).status, look(regular).status]).toEqual(['filled', 'new']);
  });

  it('expires at 20:00 when it asks for extended hours', () => {
    const { place, look, moveTo } = aBook();
    const order = place(buy('SPY', '1', { ...limit('90'), extendedHours: true }));
    moveTo(at('2026-11-20', '19:59:59'));
    expect(look(order).status).toBe('new');
    moveTo(at('2026-11-20', '20:00:00'));
    expect(look(order).status).toBe('expired');
  });

  it('is canceled at once', () => {
    const { book, place, look } = aBook({ from: at('2026-11-21', '12:00:00') });
    const order = place(buy('SPY', '10'));
    expect(cancelOrder(book, order.id)).toBeUndefined();
    expect(look(order).status).toBe('canceled');
  });
});

describe('a cancel', () => {
  it('is a request that takes effect later', () => {
    const { book, place, look, wait } = aBook();
    const order = place(buy('SPY', '10', limit('90')));
    wait(1_000);
    expect(cancelOrder(book, order.id)).toBeUndefined();
    expect(look(order).status).toBe('pending_cancel');
    expect(cancelOrder(book, order.id)).toBeUndefined();
    wait(500);
    expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: 0n });
  });

  it('can be overtaken by a fill, never at a price worse than the limit', () => {
    const { book, faults, place, look, wait } = aBook();
    faults.arm({ kind: 'fill-after-cancel', count: 1 });
    const order = place(buy('SPY', '10', limit('90')));
    wait(1_000);
    cancelOrder(book, order.id);
    wait(500);
    expect(look(order)).toMatchObject({ status: 'filled', filledQuantity: shares('10') });
    // 100,000 − 10 × 90
    expect(book.cash).toBe(usd('99100'));
  });

  it('is not overtaken while the symbol is halted', () => {
    const { book, faults, place, look, wait } = aBook();
    faults.arm({ kind: 'fill-after-cancel', count: 1 });
    faults.arm({ kind: 'halt', symbol: 'SPY' });
    const order = place(buy('SPY', '10'));
    wait(1_000);
    cancelOrder(book, order.id);
    wait(500);
    expect(look(order)).toMatchObject({ status: 'canceled', filledQuantity: 0n });
  });

  it('is refused for an order that is over, and for one that never was', () => {
    const { book, place, wait } = aBook();
    const order = place(buy('SPY', '10'));
    wait(5_000);
    expect(cancelOrder(book, order.id)).toMatchObject({ code: 'order-terminal', figures: { status: 'filled' } });
    expect(cancelOrder(book, 'nothing')).toMatchObject({ code: 'order-not-found' });
  });
});

describe('a replacement', () => {
  it('is a new order, and the old one points to it', () => {
    const { book, around, place, look, wait } = aBook();
    const old = place(buy('SPY', '10', limit('90')));
    wait(1_000);
    const order = replaceOrder(book, around, old.id, { limitPrice: usd('100.01') });
    if ('kind' in order) throw new Error(order.code);
    expect(order).toMatchObject({ replaces: old.id, quantity: shares('10'), limitPrice: usd('100.01') });
    expect(look(old)).toMatchObject({ status: 'replaced', replacedBy: order.id });
    wait(1_000);
    expect(look(order).status).toBe('filled');
  });

  it('orders the whole quantity again after a partial fill, as the broker does', () => {
    const { book, around, faults, place, look, wait } = aBook();
    faults.arm({ kind: 'partial-fill', count: 1 });
    const old = place(buy('SPY', '10', limit('100.05')));
    wait(1_000);
    expect(look(old)).toMatchObject({ status: 'partially_filled', filledQuantity: shares('5') });
    const order = replaceOrder(book, around, old.id, { limitPrice: usd('100.04') });
    if ('kind' in order) throw new Error(order.code);
    wait(1_000);
    expect(book.holdings.get('SPY')?.quantity).toBe(shares('15'));
  });

  it('may use the money and the shares that the old order held', () => {
    const { book, around, place, wait } = aBook({ cash: '2000' });
    book.configuration = { ...book.configuration, maxMarginMultiplier: 1 };
    const old = place(buy('SPY', '20', limit('99')));
    wait(1_000);
    expect(replaceOrder(book, around, old.id, { limitPrice: usd('100') })).not.toHaveProperty('kind');
  });

  it('leaves the old order in its place when it is refused', () => {
    const { book, around, place, look, wait } = aBook({ cash: '2000' });
    const old = place(buy('SPY', '10', limit('99')));
    const younger = place(buy('SPY', '1', limit('99')));
    wait(1_000);
    expect(replaceOrder(book, around, old.id, { quantity: shares('1000') })).toMatchObject({ code: 'buying-power' });
    expect(look(old).status).toBe('new');
    expect([...book.openOrderIds]).toEqual([old.id, younger.id]);
  });

  it('is refused while pending, while accepted, for notional orders, when nothing changes and when all is over', () => {
    const { book, around, place, wait } = aBook();
    const pending = place(buy('SPY', '10', limit('90')));
    expect(replaceOrder(book, around, pending.id, { limitPrice: usd('91') })).toMatchObject({ code: 'order-not-replaceable' });
    wait(1_000);
    expect(replaceOrder(book, around, pending.id, { limitPrice: usd('90') })).toMatchObject({ code: 'order-unchanged' });
    cancelOrder(book, pending.id);
    expect(replaceOrder(book, around, pending.id, { limitPrice: usd('91') })).toMatchObject({
      code: 'order-not-replaceable',
      figures: { status: 'pending_cancel' },
    });
    wait(1_000);
    expect(replaceOrder(book, around, pending.id, { limitPrice: usd('91') })).toMatchObject({ code: 'order-terminal' });
    const { quantity: _, ...asNotional } = buy('SPY', '1', { notional: usd('50') });
    expect(replaceOrder(book, around, place(asNotional).id, { quantity: shares('2') })).toMatchObject({ code: 'notional-not-replaceable' });
    expect(replaceOrder(book, around, 'nothing', {})).toMatchObject({ code: 'order-not-found' });

    const closed = aBook({ from: at('2026-11-21', '12:00:00') });
    const accepted = closed.place(sellable(closed));
    expect(replaceOrder(closed.book, closed.around, accepted.id, { limitPrice: usd('91') })).toMatchObject({
      code: 'order-not-replaceable',
      figures: { status: 'accepted' },
    });
  });
});

function sellable({ book }: ReturnType<typeof aBook>) {
  book.holdings.set('SPY', { quantity: shares('10'), cost: usd('1000') });
  return sell('SPY', '10', limit('110'));
}
