// A symbol that is held throughout: what it earned on the bars of a result.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { closesEndBefore } from './ended.ts';
import { marketOf } from './market.ts';
import type { PriceTable } from './price-table.ts';

interface BenchmarkBars {
  readonly start: { readonly date: NewYorkDate };
  readonly dates: readonly NewYorkDate[];
}

/** With dividends, without costs. Undefined where its closes do not reach from the start to the last bar: see `benchmarkFlaw`. */
export function benchmarkReturns(symbol: string, prices: PriceTable, bars: BenchmarkBars): Float64Array | undefined {
  return benchmarkFlaw(symbol, prices, bars) === undefined ? carriedReturns(symbol, prices, bars) : undefined;
}

/** Why it cannot stand beside the bars, and which bars it could; undefined where it can. */
export function benchmarkFlaw(symbol: string, prices: PriceTable, { start, dates }: BenchmarkBars): string | undefined {
  const column = prices.columns.find((each) => each.symbol === symbol);
  const [first, last] = [column?.dates[0], column?.dates.at(-1)];
  if (first === undefined || last === undefined || first > start.date) return `it has no close by ${start.date}; --from a later date`;
  const end = dates.at(-1) ?? start.date;
  // At its last close it would earn nothing any more, and be easy to beat.
  return closesEndBefore(symbol, last, end) ? `its closes end on ${last}, and the backtest on ${end}; --to an earlier date` : undefined;
}

/** The same of what is held: where its closes end, at the last of them. Undefined where it has no close by the start. */
export function carriedReturns(symbol: string, prices: PriceTable, { start, dates }: BenchmarkBars): Float64Array | undefined {
  const marks = marketOf(prices).valued(symbol, 'reinvested')?.marks;
  const first = prices.dates.indexOf(start.date);
  if (marks === undefined || !((marks[first] as number) > 0)) return undefined;
  return Float64Array.from(dates, (_, bar) => (marks[first + bar + 1] as number) / (marks[first + bar] as number) - 1);
}
