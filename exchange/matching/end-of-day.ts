// What the close does: orders for the day expire, the others rest. When extended hours are over too, the fees are posted.
import { DAY_MS } from '../../shared/core/values/time.ts';
import { type Book, enterStatus, openOrders } from './book.ts';
import type { BookOrder } from './book-order.ts';
import { becomeCanceled } from './cancel-order.ts';
import { postFees } from './post-fees.ts';
import { NANOS_PER_MS } from './stamp.ts';
import type { Surroundings } from './surroundings.ts';
import { type TradingDay, tradingDayAfter } from './trading-day.ts';

/** How long an order may stay that is good till canceled: 90 days. */
const GTC_NANOS_MAX = BigInt(90 * DAY_MS) * NANOS_PER_MS;

/** At the close of regular hours. */
export function endRegularHours(book: Book, around: Surroundings, day: TradingDay): void {
  for (const order of openOrders(book)) if (!order.extendedHours) endDayOf(book, around, order, day, day.close);
}

/** At the end of extended hours. Only now is the sum of a trade date complete, and it is rounded up once. */
export function endTradingDay(book: Book, around: Surroundings, day: TradingDay): void {
  for (const order of openOrders(book)) if (order.extendedHours) endDayOf(book, around, order, day, day.end);
  postFees(book, day.end);
}

function endDayOf(book: Book, { sessions }: Surroundings, order: BookOrder, day: TradingDay, at: number): void {
  // Queued for a later session.
  if (order.workingDate > day.date) return;
  const isTooOld = BigInt(at) * NANOS_PER_MS - order.submittedAt >= GTC_NANOS_MAX;
  if (order.status === 'pending_cancel' || (order.timeInForce === 'gtc' && isTooOld)) {
    becomeCanceled(book, order, at);
    return;
  }
  if (order.timeInForce !== 'gtc') {
    order.expiredAt = enterStatus(book, order, 'expired', at);
    return;
  }
  enterStatus(book, order, 'done_for_day', at);
  order.wakesAt = tradingDayAfter(sessions, day.date).premarket;
}
