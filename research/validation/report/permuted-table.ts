// A table of prices with its days in another order, for strategies that are to be priced again. What a day had of open, high, low
// and volume goes with it.
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { type PriceColumn, type PriceTable, tableOf } from '../../backtest/price-table.ts';
import type { Chance } from '../statistics/chance.ts';
import { permutedDays } from '../statistics/permuted-days.ts';

/**
 * On the days of the table, in the order of `permutedDays`, closes and adjusted closes alike. A day on which a symbol has no bar
 * between two of its bars counts as one without a change.
 * @param lived the days after the first date, up to the last, change places with each other; left out, all of them.
 */
export function permutedTable(
  table: PriceTable,
  chance: Chance,
  lived?: { readonly start: NewYorkDate; readonly last: NewYorkDate },
): PriceTable {
  const filled = table.columns.map((column) => onDays(column, table.dates));
  const order = permutedDays(
    filled.map(({ closes }) => closes),
    chance,
    lived && { after: table.dates.indexOf(lived.start), last: table.dates.indexOf(lived.last) },
  );
  return { ...tableOf(filled.map((column) => permuted(column, order, table.dates))), anchor: table.anchor, dates: table.dates };
}

/** NaN before the first and after the last bar. */
interface FilledColumn {
  readonly symbol: string;
  readonly closes: Float64Array;
  readonly adjusted: Float64Array;
  readonly others: Readonly<Partial<Record<Other, Float64Array>>>;
}

/** Of a bar, beside its closes. */
const OTHERS = ['opens', 'highs', 'lows', 'volumes'] as const;
type Other = (typeof OTHERS)[number];

function onDays(column: PriceColumn, days: readonly NewYorkDate[]): FilledColumn {
  const places = new Map(column.dates.map((date, place) => [date, place]));
  const last = days.findLastIndex((day) => places.has(day));
  let bar: number | undefined;
  const bars = Int32Array.from(days, (day, at) => {
    bar = places.get(day) ?? bar;
    return bar === undefined || at > last ? -1 : bar;
  });
  const of = (values: Float64Array): Float64Array =>
    Float64Array.from(bars, (place) => (place < 0 ? Number.NaN : (values[place] as number)));
  const others: Partial<Record<Other, Float64Array>> = {};
  for (const name of OTHERS) {
    const values = column[name];
    if (values !== undefined) others[name] = of(values);
  }
  return { symbol: column.symbol, closes: of(column.closes), adjusted: of(column.adjusted), others };
}

function permuted({ symbol, closes, adjusted, others }: FilledColumn, order: Int32Array, days: readonly NewYorkDate[]): PriceColumn {
  const first = closes.findIndex((close) => !Number.isNaN(close));
  const last = closes.findLastIndex((close) => !Number.isNaN(close));
  const own = first < 0 ? [] : Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const chained = (column: Float64Array): Float64Array => {
    let price = column[first] as number;
    return Float64Array.from(own, (day) => {
      const from = order[day] as number;
      if (day > first) price *= (column[from] as number) / (column[from - 1] as number);
      return price;
    });
  };
  const moved = chained(closes);
  const besides = Object.entries(others).map(([name, values]) => {
    const relative = (day: number, at: number): number =>
      name === 'volumes' ? 1 : (moved[at] as number) / (closes[order[day] as number] as number);
    return [name, Float64Array.from(own, (day, at) => (values[order[day] as number] as number) * relative(day, at))];
  });
  return {
    symbol,
    dates: own.map((day) => days[day] as NewYorkDate),
    closes: moved,
    adjusted: chained(adjusted),
    ...(Object.fromEntries(besides) as Partial<Record<Other, Float64Array>>),
  };
}
