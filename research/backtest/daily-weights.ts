// The weights of each symbol at the close of each bar, out of what was held. Made when it is asked for: of many symbols over many
// years it is the largest part of a result.
import type { BacktestResult } from './backtest-result.ts';
import { marketOf } from './market.ts';
import type { PriceTable } from './price-table.ts';

/**
 * One column for each of the result's symbols; what they lack to one is cash.
 * @param prices the table of the backtest, and how dividends were taken in it.
 */
export function dailyWeights(
  { symbols, dates, start, equity, holdings }: Pick<BacktestResult, 'symbols' | 'dates' | 'start' | 'equity' | 'holdings'>,
  prices: PriceTable,
  dividends: 'reinvested' | 'paid',
): readonly Float64Array[] {
  const market = marketOf(prices);
  const first = prices.dates.indexOf(start.date) + 1;
  return symbols.map((symbol, place) => {
    const weights = new Float64Array(dates.length);
    const marks = market.valued(symbol, dividends)?.marks;
    for (let change = 0; marks !== undefined && change < holdings.fromBar.length; change += 1) {
      const units = holdings.units[change * symbols.length + place] as number;
      const from = holdings.fromBar[change] as number;
      const until = holdings.fromBar[change + 1] ?? dates.length;
      // Held from the close of that bar on, and worth its mark there already.
      for (let bar = Math.max(from, 0); bar < until; bar += 1) {
        weights[bar] = units === 0 ? 0 : (units * (marks[first + bar] as number)) / (equity[bar] as number);
      }
    }
    return weights;
  });
}
