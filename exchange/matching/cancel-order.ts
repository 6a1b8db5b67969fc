// Asks an order to stop. The answer is a request: until it takes effect a fill can still come.
import type { EpochMs } from '../../shared/core/values/time.ts';
import { type Book, enterStatus } from './book.ts';
import { type BookOrder, isTerminal } from './book-order.ts';
import { type Refusal, refuse } from './refusal.ts';

/** From the answer to a cancel until it takes effect. */
export const CANCEL_MS = 500;

/** undefined when the order is canceled, or will be. Asking twice is as good as asking once. */
export function cancelOrder(book: Book, orderId: string): Refusal | undefined {
  const order = book.orders.get(orderId);
  if (order === undefined) return refuse('order-not-found', { orderId });
  if (isTerminal(order.status)) return refuse('order-terminal', { status: order.status });
  if (order.status === 'pending_cancel') return undefined;
  // Not in the market, so nothing can come in between.
  if (order.status === 'accepted' || order.status === 'done_for_day') {
    becomeCanceled(book, order, book.now);
    return undefined;
  }
  enterStatus(book, order, 'pending_cancel', book.now);
  order.wakesAt = book.now + CANCEL_MS;
  return undefined;
}

export function becomeCanceled(book: Book, order: BookOrder, at: EpochMs): void {
  order.canceledAt = enterStatus(book, order, 'canceled', at);
}
