// The prices of the demo: adjusted month-end closes of five large US stocks, from the package vega-datasets.
// A row dated "Aug 1 2004" is the close of August; the last month, March 2010, is partial and is dropped.
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import type { DailyBar, DailySeries } from '../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { addDays, type NewYorkDate } from '../../shared/core/values/time.ts';

/** From here on all five trade. */
export const DEMO_FROM: NewYorkDate = '2004-08-01';
const PARTIAL_MONTH = '2010-03';

export function readVegaPrices(): DailySeries[] {
  const file = new URL('../data/stocks.csv', import.meta.resolve('vega-datasets'));
  const rows = parse(readFileSync(file, 'utf8'), { columns: true, trim: true }) as { symbol: string; date: string; price: string }[];
  const bySymbol = new Map<string, DailyBar[]>();
  for (const { symbol, date, price } of rows) {
    const month = monthOf(date);
    if (month < DEMO_FROM.slice(0, 7) || month === PARTIAL_MONTH) continue;
    const bars = bySymbol.get(symbol) ?? [];
    const close = Number(price);
    // Before the first close there is nothing to bridge from: that day starts where it ends.
    bars.push(bars.length === 0 ? { date: lastSessionOf(month), open: close, close } : { date: lastSessionOf(month), close });
    bySymbol.set(symbol, bars);
  }
  return [...bySymbol].sort(([a], [b]) => (a < b ? -1 : 1)).map(([symbol, bars]) => ({ symbol, bars }));
}

/** "Aug 1 2004" → "2004-08". */
function monthOf(text: string): string {
  const month = 'JanFebMarAprMayJunJulAugSepOctNovDec'.indexOf(text.slice(0, 3)) / 3 + 1;
  return `${text.slice(-4)}-${String(month).padStart(2, '0')}`;
}

function lastSessionOf(month: string): NewYorkDate {
  const first = `${month}-01` as NewYorkDate;
  const nextMonth = addDays(first, 31).slice(0, 7);
  const last = sessionsBetween(first, addDays(`${nextMonth}-01` as NewYorkDate, -1)).at(-1);
  if (last === undefined) throw new Error(`no session in ${month}`);
  return last.date;
}
