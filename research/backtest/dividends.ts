// Dividends out of two columns of closes: one that is adjusted for them and one that is not. It refuses to know what a
// dividend is for.
//
// Source: the adjustment that vendors make, after CRSP: all closes before an ex-date are multiplied by 1 − D / (the close before it).
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { PriceColumn } from './price-table.ts';

/** Adjusted closes are rounded by their vendors: less than half a hundredth of a percent is no dividend. */
const LEAST = 5e-5;

export interface DividendFlaw {
  readonly date: NewYorkDate;
  /** Negative: the part of the price that would have to be paid in. */
  readonly part: number;
}

/** What one unit pays on each ex-date of the table, by day of the table; what falls between two days comes with the later one. */
export function dividendsBetween({ dates: own, closes, adjusted }: PriceColumn, dates: readonly NewYorkDate[]): Float64Array {
  const paid = new Float64Array(dates.length);
  let day = 0;
  for (let bar = 1; bar < own.length; bar += 1) {
    const part = partPaid(closes, adjusted, bar);
    if (part < LEAST) continue;
    while (day < dates.length && (dates[day] as NewYorkDate) < (own[bar] as NewYorkDate)) day += 1;
    if (day < dates.length) paid[day] = (paid[day] as number) + part * (closes[bar - 1] as number);
  }
  return paid;
}

/** The first day on which the adjusted closes would mean that holders paid: then nobody knows what they were. */
export function dividendFlaw({ dates, closes, adjusted }: PriceColumn): DividendFlaw | undefined {
  for (let bar = 1; bar < dates.length; bar += 1) {
    const part = partPaid(closes, adjusted, bar);
    if (part < -LEAST) return { date: dates[bar] as NewYorkDate, part };
  }
  return undefined;
}

function partPaid(closes: Float64Array, adjusted: Float64Array, bar: number): number {
  const before = (adjusted[bar - 1] as number) / (closes[bar - 1] as number);
  const after = (adjusted[bar] as number) / (closes[bar] as number);
  return 1 - before / after;
}
