// A symbol that is held throughout: what it earned on the bars of a result.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { marketOf } from './market.ts';
import type { PriceTable } from './price-table.ts';

/** With dividends, without costs. Undefined where it has no close by the start. */
export function benchmarkReturns(
  symbol: string,
  prices: PriceTable,
  { start, dates }: { readonly start: { readonly date: NewYorkDate }; readonly dates: readonly NewYorkDate[] },
): Float64Array | undefined {
  const marks = marketOf(prices).valued(symbol, 'reinvested')?.marks;
  const first = prices.dates.indexOf(start.date);
  if (marks === undefined || !((marks[first] as number) > 0)) return undefined;
  return Float64Array.from(dates, (_, bar) => (marks[first + bar + 1] as number) / (marks[first + bar] as number) - 1);
}
