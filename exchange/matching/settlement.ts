// When the cash of a trade arrives.
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { Book } from './book.ts';
import type { Sessions } from './surroundings.ts';
import { sessionAfter } from './trading-day.ts';

/** Sessions from trade to settlement (SEC Rule 15c6-1 as amended in 2017 and 2023). */
export function settlementLag(tradeDate: NewYorkDate): number {
  if (tradeDate < '2017-09-05') return 3;
  return tradeDate < '2024-05-28' ? 2 : 1;
}

/** undefined when the calendar ends first. */
export function settlementDate(sessions: Sessions, tradeDate: NewYorkDate): NewYorkDate | undefined {
  let date: NewYorkDate | undefined = tradeDate;
  for (let lag = settlementLag(tradeDate); lag > 0 && date !== undefined; lag--) date = sessionAfter(sessions, date)?.date;
  return date;
}

/** Proceeds of sales that have not arrived on `date`. They are part of `cash`, and may be traded with. */
export function unsettledProceeds(book: Book, date: NewYorkDate): MicroUsd {
  return book.unsettled.filter(({ settlesOn }) => settlesOn > date).reduce((sum, { amount }) => sum + amount, 0n);
}

/** Cash without the proceeds under way; below zero when those were already spent. */
export function settledCash(book: Book, date: NewYorkDate): MicroUsd {
  return book.cash - unsettledProceeds(book, date);
}
