// A price table, opened: what strategies look at, and what positions are valued and filled at, on the days of the table. Each
// column is made when it is first asked for and kept for all backtests on the table.
import type { PriceAdjustment } from '../../shared/core/market/bar.ts';
import { type BarFields, type Grid, onGrid, type PlacedBars, placesOf } from '../../shared/core/strategy/evaluator/grid.ts';
import { dividendsBetween } from './dividends.ts';
import type { PriceColumn, PriceTable } from './price-table.ts';

export interface Market {
  readonly table: PriceTable;
  /** As a run sees its history, in the prices that the strategy names. */
  grid(prices: PriceAdjustment): Grid;
  /** undefined for a symbol without prices. */
  valued(symbol: string, dividends: 'reinvested' | 'paid'): ValuedColumn | undefined;
}

/** Of one symbol, by day of the table. */
export interface ValuedColumn {
  /** The latest close; NaN before the first. */
  readonly marks: Float64Array;
  /** NaN on a day without a bar: nothing can be traded then. */
  readonly closes: Float64Array;
  /** In the same prices; absent where the source has none. */
  readonly opens?: Float64Array;
  /** Cash for each unit on its ex-date; absent where dividends are in the prices. */
  readonly dividends?: Float64Array;
  /** The price of one share of the day, by which shares are counted. */
  readonly shareCloses: Float64Array;
  /** Shares of the day; absent where the source has none. */
  readonly volumes?: Float64Array;
}

const opened = new WeakMap<PriceTable, Market>();

export function marketOf(table: PriceTable): Market {
  const known = opened.get(table);
  if (known !== undefined) return known;
  const market = open(table);
  opened.set(table, market);
  return market;
}

function open(table: PriceTable): Market {
  const columns = new Map(table.columns.map((column) => [column.symbol, column]));
  // Most symbols of a market share their dates.
  const places = new Map<PriceColumn['dates'], Int32Array>();
  const days = new Map(
    table.columns.map(({ symbol, dates }) => {
      const known = places.get(dates) ?? placesOf(dates, table.dates);
      places.set(dates, known);
      return [symbol, known];
    }),
  );
  const grids = new Map<PriceAdjustment, Grid>();
  const valued = new Map<string, ValuedColumn>();
  return {
    table,
    grid(prices) {
      const known = grids.get(prices) ?? gridOf(table, days, prices);
      grids.set(prices, known);
      return known;
    },
    valued(symbol, dividends) {
      const column = columns.get(symbol);
      const placed = days.get(symbol);
      if (column === undefined || placed === undefined) return undefined;
      const key = `${dividends} ${symbol}`;
      const known = valued.get(key) ?? valuedColumn(column, placed, table, dividends);
      valued.set(key, known);
      return known;
    },
  };
}

function gridOf({ dates, columns }: PriceTable, days: ReadonlyMap<string, Int32Array>, prices: PriceAdjustment): Grid {
  const none: PlacedBars = { dates: [], days: new Int32Array(0), closes: new Float64Array(0), fields: {} };
  const placed = new Map(
    columns.map((column): [string, PlacedBars] => [
      column.symbol,
      {
        dates: column.dates,
        days: days.get(column.symbol) ?? none.days,
        closes: prices === 'adjusted' ? column.adjusted : column.closes,
        fields: fieldsOf(column, prices),
      },
    ]),
  );
  return { dates, placed: (symbol) => placed.get(symbol) ?? none };
}

/** Adjusted by the factor of the close of their day, as a run's are; a bar still contains its own open and close. */
function fieldsOf({ closes, adjusted, opens, highs, lows, volumes }: PriceColumn, prices: PriceAdjustment): BarFields {
  const edge = (values: Float64Array, pick: (...all: number[]) => number): Float64Array =>
    values.map((value, bar) => {
      if (prices === 'split-adjusted') return value;
      const close = adjusted[bar] as number;
      const ratio = close / (closes[bar] as number);
      const opening = opens?.[bar] ?? Number.NaN;
      const within = Number.isNaN(opening) ? close : pick(close, opening * ratio);
      return Number.isNaN(value) ? value : pick(value * ratio, within);
    });
  return {
    ...(highs === undefined ? {} : { high: edge(highs, Math.max) }),
    ...(lows === undefined ? {} : { low: edge(lows, Math.min) }),
    ...(volumes === undefined ? {} : { volume: volumes }),
  };
}

function valuedColumn(column: PriceColumn, days: Int32Array, { dates }: PriceTable, dividends: 'reinvested' | 'paid'): ValuedColumn {
  const { opens, volumes } = column;
  const own = dividends === 'reinvested' ? column.adjusted : column.closes;
  const length = dates.length;
  const closes = onGrid(own, days, length);
  const scaled =
    opens === undefined || dividends === 'paid'
      ? opens
      : opens.map((each, bar) => (each * (own[bar] as number)) / (column.closes[bar] as number));
  return {
    closes,
    marks: marksOf(column, own, closes, dates),
    shareCloses: onGrid(column.closes, days, length),
    ...(scaled === undefined ? {} : { opens: onGrid(scaled, days, length) }),
    ...(volumes === undefined ? {} : { volumes: onGrid(volumes, days, length) }),
    ...(dividends === 'paid' ? { dividends: dividendsBetween(column, dates) } : {}),
  };
}

/** Bars between the days of the table count too: a position is worth its latest close, whenever that was. */
function marksOf({ dates: own }: PriceColumn, values: Float64Array, closes: Float64Array, dates: PriceTable['dates']): Float64Array {
  if (!closes.some(Number.isNaN)) return closes;
  const marks = new Float64Array(dates.length);
  let bar = -1;
  for (let day = 0; day < dates.length; day += 1) {
    const date = dates[day] as string;
    while (bar + 1 < own.length && (own[bar + 1] as string) <= date) bar += 1;
    marks[day] = bar < 0 ? Number.NaN : (values[bar] as number);
  }
  return marks;
}
