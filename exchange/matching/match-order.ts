// Whether an order fills against the quote of this moment, at what price, and how much of it.
import type { MicroUsd } from '../../shared/core/values/money.ts';
import { absolute, divide, larger, smaller } from '../../shared/core/values/rounding.ts';
import { isWhole, NANOS_PER_SHARE, type NanoShares, sharesFor, truncateShares } from '../../shared/core/values/shares.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { availableQuantity, heldBy } from './account-value.ts';
import { type Book, enterStatus } from './book.ts';
import { type BookOrder, isTerminal } from './book-order.ts';
import { becomeCanceled } from './cancel-order.ts';
import { dice } from './chance.ts';
import { recordFill } from './record-fill.ts';
import type { Surroundings, Venue } from './surroundings.ts';

/** Fills the order as far as the market of this moment lets it; an `ioc` or `fok` is over afterwards. */
export function matchOrder(book: Book, around: Surroundings, order: BookOrder, at: EpochMs): void {
  if (around.mischief.isHalted(order.symbol)) {
    if (order.status === 'new') enterStatus(book, order, 'held', at);
  } else {
    if (order.status === 'held') enterStatus(book, order, order.fillCount === 0 ? 'new' : 'partially_filled', at);
    const price = fillPrice(around.venue, order, at);
    if (price !== undefined) fillAt(book, around, order, price, at);
  }
  // In a halt too: what must fill now or never must not wait for the halt to end.
  const isImmediate = order.timeInForce === 'ioc' || order.timeInForce === 'fok';
  if (isImmediate && !isTerminal(order.status)) becomeCanceled(book, order, at);
}

/** At the price of the auction, the last trade of its moment; a halted symbol has none. */
export function matchAuction(book: Book, around: Surroundings, order: BookOrder, at: EpochMs): void {
  const price = around.mischief.isHalted(order.symbol) ? undefined : around.venue.lastTradeAt(order.symbol, at)?.price;
  const isStop = order.stopPrice !== undefined;
  if (price !== undefined && !isStop && isWithinLimit(order, price)) fillAt(book, around, order, price, at);
}

/** The fill that comes after a cancel was asked for: at the quote if that is no worse than the limit, else at the limit. */
export function fillLate(book: Book, around: Surroundings, order: BookOrder, at: EpochMs): void {
  const quote = around.venue.quoteAt(order.symbol, at);
  const near = (order.side === 'buy' ? quote?.ask : quote?.bid) ?? 0n;
  const price = near > 0n && isWithinLimit(order, near) ? near : (order.limitPrice ?? around.venue.lastTradeAt(order.symbol, at)?.price);
  if (price === undefined || price <= 0n) return;
  const want = openQuantity(book, order, price);
  if (want > 0n) recordFill(book, order, { quantity: want, price, leaves: 0n }, at);
}

function fillAt(book: Book, around: Surroundings, order: BookOrder, price: MicroUsd, at: EpochMs): void {
  const want = openQuantity(book, order, price);
  if (want <= 0n) {
    becomeCanceled(book, order, at);
    return;
  }
  const part = order.timeInForce === 'fok' ? want : partOf(around, order, want);
  recordFill(book, order, { quantity: part, price, leaves: want - part }, at);
}

/** undefined while the order does not meet the market. */
function fillPrice(venue: Venue, order: BookOrder, at: EpochMs): MicroUsd | undefined {
  const quote = venue.quoteAt(order.symbol, at);
  if (quote === undefined) return undefined;
  const { bid, ask } = quote;
  if (bid > 0n && ask > 0n && bid > ask) return undefined;
  if (order.stopPrice !== undefined && !order.isTriggered) {
    const last = venue.lastTradeAt(order.symbol, at)?.price ?? (order.side === 'buy' ? ask : bid);
    order.isTriggered = last > 0n && (order.side === 'buy' ? last >= order.stopPrice : last <= order.stopPrice);
    if (!order.isTriggered) return undefined;
  }
  const price = order.side === 'buy' ? ask : bid;
  return price > 0n && isWithinLimit(order, price) ? price : undefined;
}

function isWithinLimit({ side, limitPrice }: BookOrder, price: MicroUsd): boolean {
  if (limitPrice === undefined) return true;
  return side === 'buy' ? price <= limitPrice : price >= limitPrice;
}

/** What is left to fill at this price. An order by amount that closes a position gets no share that another has set aside. */
function openQuantity(book: Book, order: BookOrder, price: MicroUsd): NanoShares {
  if (order.quantity !== undefined) return order.quantity - order.filledQuantity;
  const open = (order.notional ?? 0n) - divide(order.filledValue, NANOS_PER_SHARE, 'ceil');
  const quantity = larger(sharesFor(open, price, 'floor'), 0n);
  return order.heldQuantity === 0n ? quantity : smaller(quantity, absolute(availableQuantity(book, order.symbol)) + heldBy(order));
}

/** Partial by order, else by the seed and then of any size. */
function partOf({ mischief, seed, partialFillPpm }: Surroundings, order: BookOrder, want: NanoShares): NanoShares {
  const isForced = mischief.take('partial-fill', order.symbol);
  if (isForced) return larger(truncated(want / 2n, want), 1n);
  if (dice(seed, order.clientOrderId, order.fillCount, 'is partial') >= partialFillPpm) return want;
  const share = BigInt(dice(seed, order.clientOrderId, order.fillCount, 'size'));
  const part = truncateShares((want * share) / 1_000_000n, 'whole');
  return part > 0n ? part : want;
}

/** Whole shares come in whole parts where there are at least two of them. */
function truncated(part: NanoShares, want: NanoShares): NanoShares {
  return isWhole(want) && part >= NANOS_PER_SHARE ? truncateShares(part, 'whole') : part;
}
