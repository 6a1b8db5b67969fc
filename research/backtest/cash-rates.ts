// What cash earns over each day of a table, since the day before.
import { DAY_MS, type NewYorkDate } from '../../shared/core/values/time.ts';
import type { CashRate } from './backtest-options.ts';

const DAYS = 365;
/** A file with a rate for each month will do. */
const CARRIED_DAYS_MAX = 35;

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

/** The first of the days of which nothing is known: before the first rate, or so long after one that nobody could say it still held. */
export function dayWithoutRate(cash: CashRate, days: readonly NewYorkDate[]): NewYorkDate | undefined {
  if (cash.kind === 'annual') return undefined;
  let at = -1;
  return days.find((day) => {
    while (at + 1 < cash.dates.length && (cash.dates[at + 1] as NewYorkDate) <= day) at += 1;
    const latest = cash.dates[at];
    return latest === undefined || Date.parse(day) - Date.parse(latest) > CARRIED_DAYS_MAX * DAY_MS;
  });
}
