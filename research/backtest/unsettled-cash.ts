// What sales brought that may not be spent yet, by the settlement cycle of their date.
import { settlementDate } from '../../shared/core/market/settlement.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';

export interface UnsettledCash {
  /** Proceeds of sales before a date that arrive after it. */
  on(date: NewYorkDate): number;
  add(date: NewYorkDate, proceeds: number): void;
}

export function unsettledCash(): UnsettledCash {
  let underWay: { readonly arrives: NewYorkDate; readonly proceeds: number }[] = [];
  return {
    on(date) {
      underWay = underWay.filter(({ arrives }) => arrives > date);
      return underWay.reduce((sum, { proceeds }) => sum + proceeds, 0);
    },
    add(date, proceeds) {
      if (proceeds > 0) underWay.push({ arrives: settlementDate(date), proceeds });
    },
  };
}
