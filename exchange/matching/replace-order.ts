// Puts a new order with other terms in the place of an open one.
//
// A quantity that is left out is the whole quantity of the old order, whatever part of it has filled:
// the broker does so too, and a client that re-pegs this way buys too much.
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NanoShares } from '../../shared/core/values/shares.ts';
import { type Book, enterStatus } from './book.ts';
import { type BookOrder, type BookOrderStatus, isTerminal, type OrderDraft, type OrderTimeInForce } from './book-order.ts';
import { type Refusal, refuse } from './refusal.ts';
import { submitOrder } from './submit-order.ts';
import type { Surroundings } from './surroundings.ts';

export interface ReplacementTerms {
  readonly clientOrderId?: string;
  readonly quantity?: NanoShares;
  readonly timeInForce?: OrderTimeInForce;
  readonly limitPrice?: MicroUsd;
  readonly stopPrice?: MicroUsd;
}

const REPLACEABLE: ReadonlySet<BookOrderStatus> = new Set(['new', 'partially_filled', 'held', 'done_for_day']);

/** The new order; the old one becomes `replaced`. A refusal leaves the old one as it was. */
export function replaceOrder(book: Book, around: Surroundings, orderId: string, terms: ReplacementTerms): BookOrder | Refusal {
  const old = book.orders.get(orderId);
  if (old === undefined) return refuse('order-not-found', { orderId });
  if (isTerminal(old.status)) return refuse('order-terminal', { status: old.status });
  if (old.notional !== undefined) return refuse('notional-not-replaceable');
  if (!REPLACEABLE.has(old.status)) return refuse('order-not-replaceable', { status: old.status });
  if (isUnchanged(old, terms)) return refuse('order-unchanged');

  // The old order must not hold the money or the shares that its replacement needs.
  book.openOrderIds.delete(old.id);
  const order = submitOrder(book, around, draftOf(old, terms), old.id);
  if (!('kind' in order)) {
    old.replacedBy = order.id;
    old.replacedAt = enterStatus(book, old, 'replaced', book.now);
    return order;
  }
  restoreOpen(book, old);
  return order;
}

function draftOf(old: BookOrder, terms: ReplacementTerms): OrderDraft {
  const quantity = terms.quantity ?? old.quantity;
  const limitPrice = terms.limitPrice ?? old.limitPrice;
  const stopPrice = terms.stopPrice ?? old.stopPrice;
  return {
    symbol: old.symbol,
    side: old.side,
    type: old.type,
    timeInForce: terms.timeInForce ?? old.timeInForce,
    extendedHours: old.extendedHours,
    ...(terms.clientOrderId === undefined ? {} : { clientOrderId: terms.clientOrderId }),
    ...(quantity === undefined ? {} : { quantity }),
    ...(limitPrice === undefined ? {} : { limitPrice }),
    ...(stopPrice === undefined ? {} : { stopPrice }),
  };
}

function isUnchanged(old: BookOrder, terms: ReplacementTerms): boolean {
  return (
    (terms.quantity ?? old.quantity) === old.quantity &&
    (terms.timeInForce ?? old.timeInForce) === old.timeInForce &&
    (terms.limitPrice ?? old.limitPrice) === old.limitPrice &&
    (terms.stopPrice ?? old.stopPrice) === old.stopPrice
  );
}

/** Back in its old place: the open orders are kept oldest first. */
function restoreOpen(book: Book, old: BookOrder): void {
  const younger = [...book.openOrderIds].filter((id) => (book.orders.get(id)?.submittedAt ?? 0n) > old.submittedAt);
  for (const id of younger) book.openOrderIds.delete(id);
  book.openOrderIds.add(old.id);
  for (const id of younger) book.openOrderIds.add(id);
}
