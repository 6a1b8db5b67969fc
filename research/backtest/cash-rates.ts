// What cash earns over each day of a table, since the day before.
import { DAY_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import type { CashRate } from './backtest-options.ts';

const DAYS = 365;

/** Of an annual rate, compounded over the days between; of daily ones, the rate of the day or the latest before it. */
export function cashRates(cash: CashRate, dates: readonly NewYorkDate[]): Float64Array {
  const rates = new Float64Array(dates.length);
  if (cash.kind === 'daily') {
    let at = -1;
    for (let day = 0; day < dates.length; day += 1) {
      while (at + 1 < cash.dates.length && (cash.dates[at + 1] as NewYorkDate) <= (dates[day] as NewYorkDate)) at += 1;
      rates[day] = at < 0 ? 0 : (cash.rates[at] as number);
    }
    return rates;
  }
  if (cash.rate === 0) return rates;
  let before = Date.parse(dates[0] ?? '');
  for (let day = 1; day < dates.length; day += 1) {
    const now = Date.parse(dates[day] as NewYorkDate);
    rates[day] = (1 + cash.rate) ** ((now - before) / DAY_MS / DAYS) - 1;
    before = now;
  }
  return rates;
}
