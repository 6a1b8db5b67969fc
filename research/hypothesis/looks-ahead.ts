// Whether decisions know what comes after them: each is asked again on prices that end with its day, and on prices that go on in
// other ways. Whatever differs then came from the future.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { marketOf } from '../backtest/market.ts';
import { type PriceColumn, type PriceTable, tableOf } from '../backtest/price-table.ts';
import type { DecisionsOf } from '../backtest/sleeve-decisions.ts';
import type { Subject } from '../backtest/subject.ts';
import { lineOf } from './decision-line.ts';

/** Days that are asked, spread over the record. */
const DAYS_ASKED = 12;
/** How many days other futures go on: the whole one tells of longer sight. */
const FUTURE_DAYS = 260;
/** All rise at once, the later in the alphabet the more, or all fall so: each trend, and each rank of two, is turned round in one. */
const FUTURES = [1, -1] as const;
const STEP_MAX = Math.log(3);
const FACTOR_MAX = Math.log(1e6);

/** The first day asked whose decision is another one in another future; undefined where there is none. */
export function looksAhead({ sleeves, calendar }: Subject, prices: PriceTable, decisionsOf: DecisionsOf): NewYorkDate | undefined {
  const days = prices.dates.length;
  const step = Math.min(STEP_MAX, FACTOR_MAX / prices.columns.length);
  const asked = Math.min(DAYS_ASKED, days - 1);
  const known = sleeves.map((sleeve) => decisionsOf(sleeve, marketOf(prices)));
  for (let each = 1; each <= asked; each += 1) {
    const day = Math.floor((each * (days - 1)) / (asked + 1));
    const [date, session] = [prices.dates[day] as NewYorkDate, prices.dates[day + 1] as NewYorkDate];
    const until = prices.dates[Math.min(day + FUTURE_DAYS, days - 1)] as NewYorkDate;
    const cut = prices.columns.map((column) => columnUntil(column, date));
    const others = FUTURES.map((sign) =>
      prices.columns.map((column, place) => columnTimes(columnUntil(column, until), date, Math.exp(sign * step * (place + 1)))),
    );
    for (const market of [cut, ...others].map((columns) => marketOf(tableOf(columns, calendar)))) {
      const sameDay = market.table.dates.indexOf(date);
      // Of a day without any price the cut ends earlier.
      if (sameDay === -1) continue;
      for (const [place, sleeve] of sleeves.entries()) {
        const other = decisionsOf(sleeve, market).decide(undefined, sameDay, session);
        const seen = known[place]?.decide(undefined, day, session);
        if (seen !== undefined && lineOf(seen) !== lineOf(other)) return date;
      }
    }
  }
  return undefined;
}

function columnUntil(column: PriceColumn, last: NewYorkDate): PriceColumn {
  const bars = column.dates.findLastIndex((date) => date <= last) + 1;
  return { ...mapped(column, (values) => values.subarray(0, bars)), dates: column.dates.slice(0, bars) };
}

function columnTimes(column: PriceColumn, after: NewYorkDate, factor: number): PriceColumn {
  const known = column.dates.findLastIndex((date) => date <= after) + 1;
  return mapped(column, (values) => values.map((value, bar) => (bar < known ? value : value * factor)));
}

function mapped(column: PriceColumn, change: (values: Float64Array) => Float64Array): PriceColumn {
  const { opens, highs, lows, volumes } = column;
  const optional = Object.entries({ opens, highs, lows, volumes }).flatMap(([name, values]) =>
    values === undefined ? [] : [[name, change(values)] as const],
  );
  return { ...column, closes: change(column.closes), adjusted: change(column.adjusted), ...Object.fromEntries(optional) };
}
