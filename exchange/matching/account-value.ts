// What the account is worth, how much more it may hold, and whether it may sell short.
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import type { Side } from '../../shared/core/values/identity.ts';
import { type MicroUsd, usd } from '../../shared/core/values/money.ts';
import { divide, larger } from '../../shared/core/values/rounding.ts';
import { NANOS_PER_SHARE, type NanoShares, notional } from '../../shared/core/values/shares.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { type Book, type Holding, openOrders } from './book.ts';
import type { BookOrder } from './book-order.ts';
import { settledCash } from './settled-cash.ts';
import type { Surroundings, Venue } from './surroundings.ts';
import { sessionBefore } from './trading-day.ts';

export interface AccountValue {
  readonly cash: MicroUsd;
  /** Cash without sale proceeds under way; below zero when those were already spent. */
  readonly settledCash: MicroUsd;
  readonly longMarketValue: MicroUsd;
  /** Below zero where anything is short. */
  readonly shortMarketValue: MicroUsd;
  readonly equity: MicroUsd;
  /** Equity at the close of the session before this date. */
  readonly lastEquity: MicroUsd;
  readonly multiplier: 1 | 2 | 4;
  readonly canShort: boolean;
  readonly buyingPower: MicroUsd;
  readonly regtBuyingPower: MicroUsd;
  readonly nonMarginableBuyingPower: MicroUsd;
  /** Reg T: half of what is held, long and short. */
  readonly initialMargin: MicroUsd;
  /** 30 % of what is held, long and short. */
  readonly maintenanceMargin: MicroUsd;
}

/** Below it an account has no margin (FINRA Rule 4210(b)). */
const MARGIN_EQUITY_MIN = usd('2000');

/** All figures as of the time the book has come to. */
export function accountValue(book: Book, { venue, sessions }: Pick<Surroundings, 'venue' | 'sessions'>): AccountValue {
  const today = newYorkDate(book.now);
  const { long: longMarketValue, short: shortMarketValue } = sidesOf(book.holdings, venue, book.now);
  const equity = book.cash + longMarketValue + shortMarketValue;
  const gross = longMarketValue - shortMarketValue;
  const multiplier = equity < MARGIN_EQUITY_MIN ? 1 : book.configuration.maxMarginMultiplier;
  const reserved = openOrders(book).reduce((sum, order) => sum + reservedBy(order), 0n);
  const power = (factor: 1 | 2 | 4): MicroUsd => larger(equity * BigInt(factor) - gross - reserved, 0n);
  const before = sessionBefore(sessions, today);
  const start = book.dayStart?.date === today ? book.dayStart : book;
  return {
    cash: book.cash,
    settledCash: settledCash(book, today),
    longMarketValue,
    shortMarketValue,
    equity,
    lastEquity: before === undefined ? start.cash : start.cash + holdingsValue(start.holdings, venue, before.close),
    multiplier,
    canShort: multiplier > 1 && !book.configuration.noShorting,
    buyingPower: power(multiplier),
    regtBuyingPower: power(multiplier === 1 ? 1 : 2),
    nonMarginableBuyingPower: power(1),
    initialMargin: divide(gross, 2n, 'ceil'),
    maintenanceMargin: divide(gross * 3n, 10n, 'ceil'),
  };
}

/** What all positions are worth, short ones below zero. */
export function holdingsValue(holdings: ReadonlyMap<string, Holding>, venue: Venue, at: EpochMs): MicroUsd {
  const { long, short } = sidesOf(holdings, venue, at);
  return long + short;
}

function sidesOf(holdings: ReadonlyMap<string, Holding>, venue: Venue, at: EpochMs): { long: MicroUsd; short: MicroUsd } {
  const sides = { long: 0n, short: 0n };
  for (const [symbol, holding] of holdings) {
    const value = notional(markOf(symbol, holding, venue, at), holding.quantity, 'half-even');
    sides[holding.quantity > 0n ? 'long' : 'short'] += value;
  }
  return sides;
}

/** Dollars a share: the last trade, else the bid, else what it cost. */
export function markOf(symbol: string, holding: Holding, venue: Venue, at: EpochMs): MicroUsd {
  const last = venue.lastTradeAt(symbol, at)?.price ?? 0n;
  if (last > 0n) return last;
  const bid = venue.quoteAt(symbol, at)?.bid ?? 0n;
  return bid > 0n ? bid : averageEntryPrice(holding);
}

export function averageEntryPrice({ quantity, cost }: Holding): MicroUsd {
  return divide(cost * NANOS_PER_SHARE, quantity, 'half-even');
}

/** What an open order may still take of the buying power: a purchase, or a short sale. */
export function reservedBy(order: BookOrder): MicroUsd {
  if (order.reservePrice === 0n) return 0n;
  if (order.quantity !== undefined) return notional(order.reservePrice, order.quantity - order.filledQuantity, 'ceil');
  const spent = divide(order.filledValue, NANOS_PER_SHARE, 'floor');
  return larger((order.notional ?? 0n) - spent, 0n);
}

/** What an open order that closes a position may still take from it. */
export function heldBy(order: BookOrder): NanoShares {
  return larger(order.heldQuantity - order.filledQuantity, 0n);
}

/** Shares of a symbol that no open order has set aside; below zero those that are short. */
export function availableQuantity(book: Book, symbol: string): NanoShares {
  const held = openOrders(book).reduce((sum, order) => (order.symbol === symbol ? sum + heldBy(order) : sum), 0n);
  const quantity = book.holdings.get(symbol)?.quantity ?? 0n;
  return quantity < 0n ? quantity + held : quantity - held;
}

/** Whether an order of this side makes what is held of the symbol smaller. */
export function closesPosition(book: Book, symbol: string, side: Side): boolean {
  const quantity = book.holdings.get(symbol)?.quantity ?? 0n;
  return side === 'sell' ? quantity > 0n : quantity < 0n;
}
