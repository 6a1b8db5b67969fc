// Takes an order into the book, or says why not.
import type { MicroUsd } from '../../shared/core/values/money.ts';
import { divide, larger } from '../../shared/core/values/rounding.ts';
import { sharesFor } from '../../shared/core/values/shares.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { closesPosition } from './account-value.ts';
import { auctionDay, auctionOf } from './auction.ts';
import type { Book } from './book.ts';
import type { BookOrder, OrderDraft } from './book-order.ts';
import { deriveUuid } from './chance.ts';
import type { Refusal } from './refusal.ts';
import { type OrderReserve, refuseOrder } from './refuse-order.ts';
import { stamp } from './stamp.ts';
import type { Surroundings } from './surroundings.ts';
import { type TradingDay, tradingDayAfter, tradingDayAt } from './trading-day.ts';

/** From the answer to a submission until the order works. */
export const ARRIVAL_MS = 100;

/**
 * Takes the order at the time the book has come to (see `advanceTo`).
 * @param replaces the order that this one stands in for.
 */
export function submitOrder(book: Book, around: Surroundings, draft: OrderDraft, replaces?: string): BookOrder | Refusal {
  const reserve = reserveFor(book, around, draft);
  const refusal = refuseOrder(book, around, draft, reserve);
  if (refusal !== undefined) return refusal;
  const asset = around.venue.asset(draft.symbol);
  if (asset === undefined || reserve === undefined) throw new Error(`an order for ${draft.symbol} passed without an asset and a price`);

  const isClosing = closesPosition(book, draft.symbol, draft.side);
  const serial = book.orders.size;
  const clientOrderId = draft.clientOrderId ?? deriveUuid('client order', book.accountNumber, serial);
  const day = workingDay(around, draft, book.now);
  const submittedAt = stamp(book, book.now);
  const order: BookOrder = {
    ...draft,
    id: deriveUuid('order', book.accountNumber, serial),
    clientOrderId,
    assetId: asset.id,
    submittedAt,
    workingDate: day.date,
    reservePrice: isClosing ? 0n : reserve.price,
    heldQuantity: isClosing ? reserve.quantity : 0n,
    ...(replaces === undefined ? {} : { replaces }),
    status: book.now < day.premarket ? 'accepted' : 'pending_new',
    wakesAt: Math.max(book.now + ARRIVAL_MS, day.premarket),
    isTriggered: false,
    fillCount: 0,
    filledQuantity: 0n,
    filledValue: 0n,
    updatedAt: submittedAt,
  };
  book.orders.set(order.id, order);
  book.orderIdByClientOrderId.set(clientOrderId, order.id);
  book.openOrderIds.add(order.id);
  return order;
}

/**
 * Reckoned at the limit, else at the stop, else at the far side of the quote, else at the last trade. A short sale is
 * reckoned at three percent above the ask where that is more.
 */
function reserveFor(book: Book, { venue }: Surroundings, draft: OrderDraft): OrderReserve | undefined {
  const quote = venue.quoteAt(draft.symbol, book.now);
  const far = (draft.side === 'buy' ? quote?.ask : quote?.bid) ?? 0n;
  const price: MicroUsd | undefined =
    draft.limitPrice ?? draft.stopPrice ?? (far > 0n ? far : venue.lastTradeAt(draft.symbol, book.now)?.price);
  if (price === undefined || price <= 0n) return undefined;
  const quantity = draft.quantity ?? sharesFor(draft.notional ?? 0n, price, 'floor');
  const isShortSale = draft.side === 'sell' && !closesPosition(book, draft.symbol, draft.side);
  return { price: isShortSale ? larger(price, divide((quote?.ask ?? 0n) * 103n, 100n, 'ceil')) : price, quantity };
}

/** A regular order that comes after the close is queued for the next session, not refused. */
function workingDay(around: Surroundings, draft: OrderDraft, now: EpochMs): TradingDay {
  const { sessions } = around;
  const auction = auctionOf(draft);
  const inAuction = auction === undefined ? undefined : auctionDay(auction, around, now);
  if (inAuction !== undefined) return inAuction;
  const day = tradingDayAt(sessions, now);
  return now < day.close || draft.extendedHours ? day : tradingDayAfter(sessions, day.date);
}
