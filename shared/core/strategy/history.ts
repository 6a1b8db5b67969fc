// Daily bars as columns, from a recorded anchor date. What strategies look at. All prices of a history are adjusted
// alike, as the options of the strategy say: for splits and dividends, or for splits alone.
import type { AssetClass } from '../market/asset-calendar.ts';
import { adjustedBar, type DailySeries } from '../market/bar.ts';
import type { NewYorkDate } from '../values/time.ts';

/** The fields of a bar beside its close, in the order in which they are named everywhere. */
export const BAR_FIELDS = ['high', 'low', 'volume'] as const;
export type BarField = (typeof BAR_FIELDS)[number];

/** One value for each date; null where that bar has none. */
type Field = readonly (number | null)[];

/**
 * The closes of one symbol: `closes[i]` is the adjusted close of `dates[i]`, dates strictly ascending. Highs and lows
 * are adjusted by the same factor as the close of their day. Volumes are the shares that changed hands on the day, not
 * adjusted for splits. What no strategy looks at, or no bar has, is absent.
 */
export interface ClosesColumn {
  readonly symbol: string;
  readonly dates: readonly NewYorkDate[];
  readonly closes: readonly number[];
  readonly highs?: Field;
  readonly lows?: Field;
  readonly volumes?: Field;
}

export interface History {
  /** The first date that was asked for: path-dependent indicators depend on it, so it is part of the decision. */
  readonly anchor: NewYorkDate;
  /** On whose days the strategy is decided, from the anchor on. Absent: on every date that any column has. */
  readonly calendar?: AssetClass;
  readonly columns: readonly ClosesColumn[];
}

/** The bars as a column: closes, and of the other fields those that are asked for. */
export function columnOf({ symbol, bars }: DailySeries, fields: readonly BarField[] = []): ClosesColumn {
  const adjusted = bars.map(adjustedBar);
  const valuesOf = (field: BarField): Field | undefined => {
    if (!fields.includes(field) || adjusted.every((bar) => bar[field] === undefined)) return undefined;
    return adjusted.map((bar) => bar[field] ?? null);
  };
  const others = { highs: valuesOf('high'), lows: valuesOf('low'), volumes: valuesOf('volume') };
  return { symbol, dates: bars.map(({ date }) => date), closes: adjusted.map(({ close }) => close), ...present(others) };
}

/** The same history as it was known at the end of `asOf`. */
export function historyUntil(asOf: NewYorkDate, { columns, ...history }: History): History {
  return {
    ...history,
    columns: columns.map((column) => {
      const after = column.dates.findIndex((date) => date > asOf);
      if (after === -1) return column;
      const { symbol, dates, closes, highs, lows, volumes } = column;
      const others = { highs: highs?.slice(0, after), lows: lows?.slice(0, after), volumes: volumes?.slice(0, after) };
      return { symbol, dates: dates.slice(0, after), closes: closes.slice(0, after), ...present(others) };
    }),
  };
}

type Others = Pick<ClosesColumn, 'highs' | 'lows' | 'volumes'>;

interface Fields {
  readonly highs: Field | undefined;
  readonly lows: Field | undefined;
  readonly volumes: Field | undefined;
}

function present({ highs, lows, volumes }: Fields): Others {
  return {
    ...(highs === undefined ? {} : { highs }),
    ...(lows === undefined ? {} : { lows }),
    ...(volumes === undefined ? {} : { volumes }),
  };
}
