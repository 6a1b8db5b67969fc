// An order of the book in the words of the core.
import type { BookOrder, BookOrderStatus } from '../../../exchange/matching/book-order.ts';
import type { Order, OrderStatus } from '../../core/execution/order.ts';
import { divide } from '../../core/values/rounding.ts';

/** The same as the Alpaca adapter makes of the broker's words. */
const STATUSES: Readonly<Record<BookOrderStatus, OrderStatus>> = {
  accepted: 'pending',
  pending_new: 'pending',
  held: 'suspended',
  new: 'working',
  partially_filled: 'working',
  done_for_day: 'done-for-day',
  pending_cancel: 'canceling',
  filled: 'filled',
  canceled: 'canceled',
  expired: 'expired',
  rejected: 'rejected',
  replaced: 'replaced',
};

/** A copy: the book's own order goes on changing. */
export function orderOf(order: BookOrder): Order {
  const { id, clientOrderId, symbol, side, quantity, filledQuantity, filledValue, status } = order;
  return {
    orderId: id,
    clientOrderId,
    symbol,
    side,
    // An order by amount, never one of ours, names no quantity: what it got so far stands in.
    quantity: quantity ?? filledQuantity,
    filledQuantity,
    ...(filledQuantity === 0n ? {} : { averageFillPrice: divide(filledValue, filledQuantity, 'half-even') }),
    status: STATUSES[status],
  };
}
