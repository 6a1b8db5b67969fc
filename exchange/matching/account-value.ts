// What the account is worth, and how much more it may buy.
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
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
  readonly equity: MicroUsd;
  /** Equity at the close of the session before this date. */
  readonly lastEquity: MicroUsd;
  readonly multiplier: 1 | 2 | 4;
  readonly buyingPower: MicroUsd;
  readonly regtBuyingPower: MicroUsd;
  readonly nonMarginableBuyingPower: MicroUsd;
  /** Reg T: half of what is held. */
  readonly initialMargin: MicroUsd;
  /** 30 % of what is held. */
  readonly maintenanceMargin: MicroUsd;
}

/** Below it an account has no margin (FINRA Rule 4210(b)). */
const MARGIN_EQUITY_MIN = usd('2000');

/** All figures as of the time the book has come to. */
export function accountValue(book: Book, { venue, sessions }: Pick<Surroundings, 'venue' | 'sessions'>): AccountValue {
  const today = newYorkDate(book.now);
  const longMarketValue = holdingsValue(book.holdings, venue, book.now);
  const equity = book.cash + longMarketValue;
  const multiplier = equity < MARGIN_EQUITY_MIN ? 1 : book.configuration.maxMarginMultiplier;
  const reserved = openOrders(book).reduce((sum, order) => sum + reservedBy(order), 0n);
  const power = (factor: 1 | 2 | 4): MicroUsd => larger(equity * BigInt(factor) - longMarketValue - reserved, 0n);
  const before = sessionBefore(sessions, today);
  const start = book.dayStart?.date === today ? book.dayStart : book;
  return {
    cash: book.cash,
    settledCash: settledCash(book, today),
    longMarketValue,
    equity,
    lastEquity: before === undefined ? start.cash : start.cash + holdingsValue(start.holdings, venue, before.close),
    multiplier,
    buyingPower: power(multiplier),
    regtBuyingPower: power(multiplier === 1 ? 1 : 2),
    nonMarginableBuyingPower: power(1),
    initialMargin: divide(longMarketValue, 2n, 'ceil'),
    maintenanceMargin: divide(longMarketValue * 3n, 10n, 'ceil'),
  };
}

export function holdingsValue(holdings: ReadonlyMap<string, Holding>, venue: Venue, at: EpochMs): MicroUsd {
  let value = 0n;
  for (const [symbol, holding] of holdings) value += notional(markOf(symbol, holding, venue, at), holding.quantity, 'half-even');
  return value;
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

/** What an open buy may still cost. */
export function reservedBy(order: BookOrder): MicroUsd {
  if (order.side === 'sell') return 0n;
  if (order.quantity !== undefined) return notional(order.reservePrice, order.quantity - order.filledQuantity, 'ceil');
  const spent = divide(order.filledValue, NANOS_PER_SHARE, 'floor');
  return larger((order.notional ?? 0n) - spent, 0n);
}

/** What an open sell may still take from the position. */
export function heldBy(order: BookOrder): NanoShares {
  return order.side === 'buy' ? 0n : larger(order.heldQuantity - order.filledQuantity, 0n);
}

/** Shares of a symbol that no open sell has set aside. */
export function availableQuantity(book: Book, symbol: string): NanoShares {
  const held = openOrders(book).reduce((sum, order) => (order.symbol === symbol ? sum + heldBy(order) : sum), 0n);
  return (book.holdings.get(symbol)?.quantity ?? 0n) - held;
}
