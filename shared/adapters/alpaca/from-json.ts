// The broker's JSON in the words of the core.
import type { AccountJson, AssetJson, CalendarDayJson, OrderJson, PositionJson } from '../../contracts/alpaca/trading.ts';
import type { Order } from '../../core/execution/order.ts';
import { newYorkInstant } from '../../core/market/new-york-time.ts';
import type { Account, Position } from '../../core/portfolio/portfolio.ts';
import type { Side } from '../../core/values/identity.ts';
import { absolute } from '../../core/values/rounding.ts';
import type { EpochMs, NewYorkDate } from '../../core/values/time.ts';
import type { Asset, BrokerSession } from '../../ports/broker.ts';
import { orderStatusOf } from './order-status.ts';

export function accountOf(json: AccountJson): Account {
  const isBlocked = json.trading_blocked === true || json.account_blocked === true || json.trade_suspended_by_user === true;
  const restrictions = restrictionsOf(json);
  return {
    accountNumber: json.account_number,
    equity: json.equity,
    cash: json.cash,
    buyingPower: json.buying_power,
    isBlocked: isBlocked || json.status !== 'ACTIVE',
    ...(restrictions.length === 0 ? {} : { restrictions }),
    ...(json.last_equity == null ? {} : { lastEquity: json.last_equity }),
    ...(json.shorting_enabled == null ? {} : { canShort: json.shorting_enabled }),
    ...(json.multiplier == null ? {} : { multiplier: json.multiplier }),
    // Rounded down, away from zero: at least as much is bound as the broker says.
    ...(json.short_market_value == null ? {} : { shortValue: absolute(json.short_market_value) }),
  };
}

const FLAGS = ['trading_blocked', 'account_blocked', 'trade_suspended_by_user', 'transfers_blocked', 'pattern_day_trader'] as const;

function restrictionsOf(json: AccountJson): string[] {
  return [...(json.status === 'ACTIVE' ? [] : [json.status]), ...FLAGS.filter((flag) => json[flag] === true)];
}

export function positionOf({ symbol, side, qty, qty_available }: PositionJson): Position {
  // The sign is taken from the side alone: whether a short quantity is written with a minus is not promised.
  if (side === 'short') return { symbol, quantity: -absolute(qty), available: 0n };
  return { symbol, quantity: qty, available: qty_available };
}

/** @returns undefined for a side that is neither a buy nor a sell. */
export function orderOf(json: OrderJson): Order | undefined {
  const side = sideOf(json.side);
  if (side === undefined) return undefined;
  return {
    orderId: json.id,
    clientOrderId: json.client_order_id,
    symbol: json.symbol,
    side,
    // An order by amount, never one of ours, names no quantity: what it got so far stands in.
    quantity: json.qty ?? json.filled_qty,
    filledQuantity: json.filled_qty,
    ...(json.filled_qty > 0n && json.filled_avg_price != null ? { averageFillPrice: json.filled_avg_price } : {}),
    status: orderStatusOf(json.status),
  };
}

export function sessionOf({ date, open, close, settlement_date }: CalendarDayJson): BrokerSession {
  return {
    date,
    open: instantAt(date, open),
    close: instantAt(date, close),
    ...(settlement_date == null ? {} : { settlementDate: settlement_date }),
  };
}

export function assetOf(json: AssetJson): Asset {
  return {
    symbol: json.symbol,
    isTradable: json.tradable && json.status === 'active',
    isFractionable: json.fractionable,
    ...(json.shortable == null ? {} : { isShortable: json.shortable }),
    ...(json.borrow_status == null && json.easy_to_borrow == null ? {} : { isEasyToBorrow: isEasyToBorrow(json) }),
    ...(json.class === 'us_equity' ? {} : { class: 'other' as const }),
  };
}

/** Where both fields are there, both must say so. */
function isEasyToBorrow({ easy_to_borrow: isEasy, borrow_status: status }: AssetJson): boolean {
  if (status == null) return isEasy === true;
  return status === 'easy_to_borrow' && isEasy !== false;
}

/** undefined for a word that is neither a buy nor a sell. */
export function sideOf(word: string): Side | undefined {
  if (word === 'buy' || word === 'buy_minus') return 'buy';
  return word === 'sell' || word === 'sell_plus' || word === 'sell_short' || word === 'sell_short_exempt' ? 'sell' : undefined;
}

function instantAt(date: NewYorkDate, wallTime: string): EpochMs {
  return newYorkInstant(date, Number(wallTime.slice(0, 2)), Number(wallTime.slice(3)));
}
