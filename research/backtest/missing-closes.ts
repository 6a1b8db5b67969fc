// Sessions on which a symbol has no close although it has some before and after: a hole in a file, which no figure shows.
import { assetClassOf, closesBetween } from '../../shared/core/market/asset-calendar.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { PriceColumn, PriceTable } from './price-table.ts';

export interface MissingCloses {
  readonly symbol: string;
  readonly count: number;
  readonly first: NewYorkDate;
}

/** Days of the table on which the symbol's own market has a close, between its first bar and its last. Symbols without any are absent. */
export function missingCloses({ dates, columns }: PriceTable): readonly MissingCloses[] {
  return columns.flatMap((column) => {
    const missing = daysWithout(column, dates);
    return missing[0] === undefined ? [] : [{ symbol: column.symbol, count: missing.length, first: missing[0] }];
  });
}

/** Both ascend, so that one walk over the two of them finds what one lacks. */
function daysWithout({ symbol, dates: own }: PriceColumn, dates: readonly NewYorkDate[]): readonly NewYorkDate[] {
  const missing: NewYorkDate[] = [];
  let day = dates.indexOf(own[0] as NewYorkDate);
  if (day < 0) day = dates.findIndex((date) => date > (own[0] as NewYorkDate));
  for (const date of day < 0 ? [] : own) {
    for (; day < dates.length && (dates[day] as NewYorkDate) < date; day += 1) missing.push(dates[day] as NewYorkDate);
    if (dates[day] === date) day += 1;
  }
  // A table may have days of another market: a stock has no close on the Sundays of a coin.
  const assetClass = assetClassOf(symbol);
  return missing.filter((date) => closesBetween(assetClass, date, date).length > 0);
}
