// Symbols whose closes end before a backtest does, and how long they were held after that: at the last close for ever, of which
// no figure tells.
import { assetClassOf, closesBetween } from '../../shared/core/market/asset-calendar.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { BacktestResult } from './backtest-result.ts';
import type { PriceTable } from './price-table.ts';

export interface EndedSymbol {
  readonly symbol: string;
  /** Its last close. */
  readonly last: NewYorkDate;
  /** Bars after it, on whose close it was still held. */
  readonly heldSince: number;
}

/** Whether its own market had a close after its last one: a stock is not over on the Sunday of a coin. */
export function closesEndBefore(symbol: string, last: NewYorkDate, end: NewYorkDate): boolean {
  return closesBetween(assetClassOf(symbol), last, end).some((date) => date > last);
}

/** Those that were held after their last close. */
export function endedHoldings(
  { symbols, holdings, dates }: Pick<BacktestResult, 'symbols' | 'holdings' | 'dates'>,
  { columns }: PriceTable,
): readonly EndedSymbol[] {
  const end = dates.at(-1);
  return symbols.flatMap((symbol, place) => {
    const last = columns.find((column) => column.symbol === symbol)?.dates.at(-1);
    if (end === undefined || last === undefined || last >= end || !closesEndBefore(symbol, last, end)) return [];
    const first = dates.findIndex((date) => date > last);
    let heldSince = 0;
    for (const [change, from] of holdings.fromBar.entries()) {
      const until = holdings.fromBar[change + 1] ?? dates.length;
      if (holdings.units[change * symbols.length + place] !== 0) heldSince += Math.max(0, until - Math.max(from, first));
    }
    return heldSince === 0 ? [] : [{ symbol, last, heldSince }];
  });
}
