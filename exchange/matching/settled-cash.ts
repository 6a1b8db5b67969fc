// How much of the cash has arrived.
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { Book } from './book.ts';

/** Proceeds of sales that have not arrived on `date`. They are part of `cash`, and may be traded with. */
export function unsettledProceeds(book: Book, date: NewYorkDate): MicroUsd {
  return book.unsettled.filter(({ settlesOn }) => settlesOn > date).reduce((sum, { amount }) => sum + amount, 0n);
}

/** Cash without the proceeds under way; below zero when those were already spent. */
export function settledCash(book: Book, date: NewYorkDate): MicroUsd {
  return book.cash - unsettledProceeds(book, date);
}
