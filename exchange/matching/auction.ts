// The auctions: an order for one trades at the session's first or last price, and what that leaves is canceled.
import { type Auction, lastCallOf } from '../../shared/core/market/auction.ts';
import { newYorkDate, newYorkInstant } from '../../shared/core/market/new-york-time.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { type Book, openOrders } from './book.ts';
import type { BookOrder, OrderDraft } from './book-order.ts';
import { becomeCanceled } from './cancel-order.ts';
import { matchAuction } from './match-order.ts';
import type { Surroundings } from './surroundings.ts';
import { type TradingDay, tradingDayAfter, tradingDayAt } from './trading-day.ts';

/** Orders for the next session are taken from 19:00 on. */
const REOPENS_HOUR = 19;

export function auctionOf({ timeInForce }: Pick<OrderDraft, 'timeInForce'>): Auction | undefined {
  if (timeInForce === 'opg') return 'open';
  return timeInForce === 'cls' ? 'close' : undefined;
}

/** The session in whose auction an order of this moment trades; undefined while none is taken. */
export function auctionDay(auction: Auction, { sessions }: Pick<Surroundings, 'sessions'>, now: EpochMs): TradingDay | undefined {
  const date = newYorkDate(now);
  const session = sessions(date);
  if (session !== undefined && now < lastCallOf(auction, session)) return tradingDayAt(sessions, now);
  if (session !== undefined && now < newYorkInstant(date, REOPENS_HOUR, 0)) return undefined;
  return tradingDayAfter(sessions, date);
}

/** When the next auction of an order is that is open; undefined where it has none. */
export function auctionAt(order: BookOrder, day: TradingDay): EpochMs | undefined {
  const auction = auctionOf(order);
  return auction === undefined || order.workingDate !== day.date ? undefined : day[auction];
}

/** At the open or the close of the session. */
export function runAuction(book: Book, around: Surroundings, day: TradingDay, at: EpochMs): void {
  for (const order of openOrders(book)) {
    if (auctionAt(order, day) !== at) continue;
    if (order.status === 'new' || order.status === 'held') matchAuction(book, around, order, at);
    if (book.openOrderIds.has(order.id)) becomeCanceled(book, order, at);
  }
}
