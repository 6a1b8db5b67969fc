// A position as the broker writes it: every figure a string.
import { newYorkDate } from '../../shared/core/market/new-york-time.ts';
import { formatDecimal } from '../../shared/core/values/decimal.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { absolute, divide } from '../../shared/core/values/rounding.ts';
import { formatShares, notional } from '../../shared/core/values/shares.ts';
import { availableQuantity, averageEntryPrice, markOf } from '../matching/account-value.ts';
import { intradayBasis } from '../matching/intraday-basis.ts';
import { sessionBefore } from '../matching/trading-day.ts';
import { EXCHANGE } from './asset-json.ts';
import type { TradingDesk } from './trading-desk.ts';

/** @throws Error when the account does not hold the symbol. */
export function positionJson({ book, market, sessions }: TradingDesk, symbol: string): Record<string, unknown> {
  const holding = book.holdings.get(symbol);
  if (holding === undefined) throw new Error(`no position in ${symbol}`);
  const { quantity, cost } = holding;
  const current = markOf(symbol, holding, market, book.now);
  const before = sessionBefore(sessions, newYorkDate(book.now));
  const lastDay = before === undefined ? current : markOf(symbol, holding, market, before.close);
  const marketValue = notional(current, quantity, 'half-even');
  const basis = intradayBasis(book, symbol, lastDay);
  return {
    asset_id: market.asset(symbol)?.id ?? '',
    symbol,
    exchange: EXCHANGE,
    asset_class: 'us_equity',
    asset_marginable: true,
    qty: formatShares(quantity),
    qty_available: formatShares(availableQuantity(book, symbol)),
    avg_entry_price: formatUsd(averageEntryPrice(holding)),
    side: quantity > 0n ? 'long' : 'short',
    market_value: formatUsd(marketValue),
    cost_basis: formatUsd(cost),
    unrealized_pl: formatUsd(marketValue - cost),
    unrealized_plpc: ratio(marketValue - cost, cost),
    unrealized_intraday_pl: formatUsd(marketValue - basis),
    unrealized_intraday_plpc: ratio(marketValue - basis, basis),
    current_price: formatUsd(current),
    lastday_price: formatUsd(lastDay),
    change_today: ratio(current - lastDay, lastDay),
  };
}

/** A fraction of the size, with ten decimals; "0" where there is nothing to compare with. */
function ratio(part: bigint, whole: bigint): string {
  return whole === 0n ? '0' : formatDecimal(divide(part * 10_000_000_000n, absolute(whole), 'half-even'), 10);
}
