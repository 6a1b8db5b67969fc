// Lets time pass in the book: from one event to the next, second by second only while an order may fill.
import { type EpochMs, SECOND_MS } from '../../shared/core/values/time.ts';
import { auctionAt, auctionOf, runAuction } from './auction.ts';
import { type Book, enterStatus, openOrders } from './book.ts';
import type { BookOrder } from './book-order.ts';
import { becomeCanceled } from './cancel-order.ts';
import { endRegularHours, endTradingDay } from './end-of-day.ts';
import { fillLate, matchOrder } from './match-order.ts';
import type { Surroundings } from './surroundings.ts';
import { type TradingDay, tradingDayAt } from './trading-day.ts';

/**
 * Brings the book to `now`. Where it stops on the way makes no difference to the outcome.
 * A time before the book's own changes nothing. Without open orders and unposted fees it takes no time.
 */
export function advanceTo(book: Book, around: Surroundings, now: EpochMs): void {
  const until = Math.floor(now);
  if (until <= book.now) return;
  let day: TradingDay | undefined;
  while (book.openOrderIds.size > 0 || book.feeAccrual !== undefined) {
    if (day === undefined || book.now >= day.end) day = tradingDayAt(around.sessions, book.now);
    const at = nextEvent(book, day);
    if (at > until) break;
    book.now = at;
    runEvent(book, around, day, at);
  }
  book.now = until;
}

/** The first instant after the book's own at which anything can happen. */
function nextEvent(book: Book, day: TradingDay): EpochMs {
  let next = book.now < day.close ? day.close : day.end;
  let matchesFrom = Number.POSITIVE_INFINITY;
  for (const order of openOrders(book)) {
    if (order.wakesAt !== undefined) next = Math.min(next, Math.max(order.wakesAt, book.now + 1));
    const auction = auctionAt(order, day);
    if (auction !== undefined && auction > book.now) next = Math.min(next, auction);
    if (isWorking(order)) matchesFrom = Math.min(matchesFrom, order.extendedHours ? day.premarket : day.open);
  }
  // On the grid of whole seconds, so that the same instants are looked at however time is cut up.
  const grid = Math.ceil(Math.max(book.now + 1, matchesFrom) / SECOND_MS) * SECOND_MS;
  return Math.min(next, grid);
}

function runEvent(book: Book, around: Surroundings, day: TradingDay, at: EpochMs): void {
  for (const order of openOrders(book)) if (order.wakesAt !== undefined && order.wakesAt <= at) wake(book, around, order, at);
  if (at === day.open || at === day.close) runAuction(book, around, day, at);
  if (at === day.close) endRegularHours(book, around, day);
  if (at === day.end) endTradingDay(book, around, day);
  if (at === day.end || at % SECOND_MS !== 0) return;
  for (const order of openOrders(book)) if (isWorking(order) && isOpenFor(order, day, at)) matchOrder(book, around, order, at);
}

function isWorking(order: BookOrder): boolean {
  if (auctionOf(order) !== undefined) return false;
  const { status } = order;
  return status === 'new' || status === 'partially_filled' || status === 'held';
}

function isOpenFor(order: BookOrder, day: TradingDay, at: EpochMs): boolean {
  return order.extendedHours ? at >= day.premarket && at < day.end : at >= day.open && at < day.close;
}

/** A new order starts to work, a rested one goes on, a cancel takes effect. */
function wake(book: Book, around: Surroundings, order: BookOrder, at: EpochMs): void {
  const { mischief } = around;
  order.wakesAt = undefined;
  if (order.status === 'pending_cancel') {
    if (!mischief.isHalted(order.symbol) && mischief.take('fill-after-cancel', order.symbol)) fillLate(book, around, order, at);
    if (order.status === 'pending_cancel') becomeCanceled(book, order, at);
    return;
  }
  if (order.status !== 'done_for_day' && mischief.take('reject', order.symbol)) {
    order.failedAt = enterStatus(book, order, 'rejected', at);
    return;
  }
  enterStatus(book, order, order.fillCount > 0 ? 'partially_filled' : mischief.isHalted(order.symbol) ? 'held' : 'new', at);
}
