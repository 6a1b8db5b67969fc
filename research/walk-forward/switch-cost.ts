// What it costs to go from what one variant holds to what another does, where a fold chooses otherwise than the one before it.
import type { CostRules } from '../backtest/backtest-options.ts';
import { marketOf } from '../backtest/market.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import { tradeCosts } from '../backtest/trade-costs.ts';
import type { HeldWeights } from './live-variant.ts';

export interface Switched {
  /** ½ Σ |Δw|. */
  readonly turnover: number;
  /** Commission, spread, impact and fees, a part of the equity. */
  readonly cost: number;
}

/** @param day of the table, at whose close it is traded; a symbol without a price then is left as it is. @param equity in dollars. */
export function switchCost(
  prices: PriceTable,
  rules: CostRules,
  { from, to, day, equity }: { readonly from: HeldWeights; readonly to: HeldWeights; readonly day: number; readonly equity: number },
): Switched {
  const market = marketOf(prices);
  const costs = tradeCosts(rules, prices.dates);
  let [traded, paid] = [0, 0];
  for (const symbol of [...new Set([...Object.keys(from), ...Object.keys(to)])].sort()) {
    const change = (to[symbol] ?? 0) - (from[symbol] ?? 0);
    const column = market.valued(symbol, 'reinvested');
    if (change === 0 || column === undefined || Number.isNaN(column.closes[day])) continue;
    const { commission, spread, impact, fees } = costs.of(change > 0 ? 'buy' : 'sell', Math.abs(change) * equity, column, day);
    traded += Math.abs(change);
    paid += commission + spread + impact + fees;
  }
  return { turnover: traded / 2, cost: paid / equity };
}
