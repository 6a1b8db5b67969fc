// What a broker makes of day trades, by date. Alpaca's: FINRA's rule of four day trades in five sessions below 25,000 dollars
// (Rule 4210(f)(8)(B)) ended on 2026-06-04 (SEC 34-105226), and Alpaca stopped counting on 2026-07-06; until then it may
// have counted, so we do.
import { type MicroUsd, usd } from '../values/money.ts';
import type { NewYorkDate } from '../values/time.ts';

export type DayTradeRule =
  | { readonly kind: 'pattern-day-trader'; readonly dayTradesMax: number; readonly equityMin: MicroUsd }
  /** Nothing is counted: what may be lost within a day is held to the margin there is. */
  | { readonly kind: 'intraday-margin' };

const COUNTED_UNTIL: NewYorkDate = '2026-07-06';

export function dayTradeRule(date: NewYorkDate): DayTradeRule {
  if (date >= COUNTED_UNTIL) return { kind: 'intraday-margin' };
  return { kind: 'pattern-day-trader', dayTradesMax: 3, equityMin: usd('25000') };
}
