// Whether the exchange takes an order: one ladder of rules, the first that matches refuses.
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { formatUsd, MICROS_PER_CENT, type MicroUsd, roundToCents, usd } from '../../shared/core/values/money.ts';
import { absolute } from '../../shared/core/values/rounding.ts';
import { formatShares, isWhole, type NanoShares, notional } from '../../shared/core/values/shares.ts';
import { accountValue, availableQuantity, closesPosition, heldBy } from './account-value.ts';
import { auctionDay, auctionOf } from './auction.ts';
import { type Book, openOrders } from './book.ts';
import type { BookOrder, OrderDraft } from './book-order.ts';
import { type Refusal, refuse } from './refusal.ts';
import type { Surroundings } from './surroundings.ts';
import { isOnTick } from './tick-size.ts';

/** What an order sets aside while it is open. */
export interface OrderReserve {
  /** Dollars a share that the order is reckoned at: its limit, else the far side of the quote. */
  readonly price: MicroUsd;
  /** Shares it is about; for a notional order as many as the price gives. */
  readonly quantity: NanoShares;
}

const COST_MIN = usd('1');

/** undefined when the order may be taken. The reserve is undefined when the symbol has no price at all. */
export function refuseOrder(book: Book, around: Surroundings, draft: OrderDraft, reserve: OrderReserve | undefined): Refusal | undefined {
  return refuseAccount(book, draft) ?? refuseTerms(book, around, draft) ?? refuseFunds(book, around, draft, reserve);
}

function refuseAccount(book: Book, { clientOrderId }: OrderDraft): Refusal | undefined {
  // First of all: whoever repeats a request must learn that it landed, whatever has happened to the account since.
  if (clientOrderId !== undefined && book.orderIdByClientOrderId.has(clientOrderId))
    return refuse('client-order-id-taken', { clientOrderId });
  if (book.isBlocked) return refuse('account-blocked');
  if (book.configuration.suspendTrade) return refuse('trading-suspended');
  return undefined;
}

function refuseTerms(book: Book, around: Surroundings, draft: OrderDraft): Refusal | undefined {
  const { venue } = around;
  const { symbol, type, timeInForce, quantity, limitPrice, stopPrice } = draft;
  const asset = venue.asset(symbol);
  if (asset === undefined) return refuse('asset-not-found', { symbol });
  if (!asset.isTradable) return refuse('asset-not-tradable', { symbol });

  const date = newYorkDate(book.now);
  if (limitPrice !== undefined && !isOnTick(limitPrice, date))
    return refuse('sub-penny-price', { field: 'limit_price', price: formatUsd(limitPrice) });
  if (stopPrice !== undefined && !isOnTick(stopPrice, date))
    return refuse('sub-penny-price', { field: 'stop_price', price: formatUsd(stopPrice) });
  if (draft.notional !== undefined && draft.notional % MICROS_PER_CENT !== 0n) return refuse('notional-decimals');

  const isFractional = quantity === undefined || !isWhole(quantity);
  if (isFractional && timeInForce !== 'day') return refuse('fractional-not-day');
  if (draft.notional !== undefined && type !== 'market') return refuse('notional-not-market');
  if (isFractional && !asset.isFractionable) return refuse('asset-not-fractionable', { symbol });
  if (isFractional && !book.configuration.fractionalTrading) return refuse('fractional-trading-off');

  const auction = auctionOf(draft);
  if (auction !== undefined && auctionDay(auction, around, book.now) === undefined) return refuse('auction-closed', { timeInForce });
  const isExtendedOk = type === 'limit' && (timeInForce === 'day' || timeInForce === 'gtc');
  if (draft.extendedHours && !isExtendedOk) return refuse('extended-hours-not-limit');
  return undefined;
}

function refuseFunds(book: Book, around: Surroundings, draft: OrderDraft, reserve: OrderReserve | undefined): Refusal | undefined {
  const { symbol, side } = draft;
  if (reserve === undefined) return refuse('price-unknown', { symbol });

  const isClosing = closesPosition(book, symbol, side);
  const available = isClosing ? absolute(availableQuantity(book, symbol)) : 0n;
  const cost = draft.notional ?? notional(reserve.price, reserve.quantity, 'ceil');
  const isFractional = draft.quantity === undefined || !isWhole(draft.quantity);
  // Dust may always be sold off whole.
  const isLastOfIt = isClosing && reserve.quantity === available;
  if (isFractional && cost < COST_MIN && !isLastOfIt) return refuse('cost-below-minimum', { cost: formatUsd(cost) });

  const opposite = openOrders(book).find((order) => order.symbol === symbol && order.side !== side && mayCross(order, draft));
  if (opposite !== undefined) return refuse('wash-trade', {}, [opposite.id]);

  if (isClosing) return reserve.quantity <= available ? undefined : refuseQuantity(book, symbol, reserve.quantity, available);
  if (side === 'sell') {
    const refusal = refuseShortSale(book, around, draft);
    if (refusal !== undefined) return refusal;
  }
  // An account is never long and short of one symbol at once.
  const other = openOrders(book).find((order) => order.symbol === symbol && order.side !== side && order.reservePrice > 0n);
  if (other !== undefined) return refuse(side === 'sell' ? 'long-buy-open' : 'short-sell-open', { symbol }, [other.id]);
  const { buyingPower } = accountValue(book, around);
  if (cost <= buyingPower) return undefined;
  const figures = { buyingPower: formatUsd(roundToCents(buyingPower, 'floor')), costBasis: formatUsd(roundToCents(cost, 'ceil')) };
  return refuse('buying-power', figures);
}

/** Also where a position would be turned to its other side: no order goes through zero. */
function refuseQuantity(book: Book, symbol: string, requested: NanoShares, available: NanoShares): Refusal {
  const existing = absolute(book.holdings.get(symbol)?.quantity ?? 0n);
  const holders = openOrders(book).filter((order) => order.symbol === symbol && heldBy(order) > 0n);
  const figures = {
    symbol,
    requested: formatShares(requested),
    available: formatShares(available),
    existing: formatShares(existing),
    held: formatShares(existing - available),
  };
  return refuse(
    'quantity-unavailable',
    figures,
    holders.map(({ id }) => id),
  );
}

/** Only whole shares that are easy to borrow, and only in an account with margin. */
function refuseShortSale(book: Book, around: Surroundings, { symbol, quantity }: OrderDraft): Refusal | undefined {
  const asset = around.venue.asset(symbol);
  if (quantity === undefined || !isWhole(quantity)) return refuse('fractional-short', { symbol });
  if (!accountValue(book, around).canShort) return refuse('shorting-off');
  return asset?.isShortable === true && asset.isEasyToBorrow === true ? undefined : refuse('asset-not-shortable', { symbol });
}

/** An account must not trade with itself: only two limits that cannot meet may rest on both sides. */
function mayCross(resting: BookOrder, draft: OrderDraft): boolean {
  if (resting.type !== 'limit' || draft.type !== 'limit') return true;
  const [bid, ask] = draft.side === 'buy' ? [draft.limitPrice, resting.limitPrice] : [resting.limitPrice, draft.limitPrice];
  return bid === undefined || ask === undefined || bid >= ask;
}
