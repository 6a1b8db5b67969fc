// Daily closes as columns, from a recorded anchor date. What strategies look at. All columns of a history are adjusted
// alike, as the options of the strategy say: for splits and dividends, or for splits alone.
import type { NewYorkDate } from '../values/time.ts';

/** The closes of one symbol: `closes[i]` is the adjusted close of `dates[i]`, dates strictly ascending. */
export interface ClosesColumn {
  readonly symbol: string;
  readonly dates: readonly NewYorkDate[];
  readonly closes: readonly number[];
}

export interface History {
  /** The first date that was asked for: path-dependent indicators depend on it, so it is part of the decision. */
  readonly anchor: NewYorkDate;
  readonly columns: readonly ClosesColumn[];
}

/** The same history as it was known at the end of `asOf`. */
export function historyUntil(asOf: NewYorkDate, { anchor, columns }: History): History {
  return {
    anchor,
    columns: columns.map((column) => {
      const after = column.dates.findIndex((date) => date > asOf);
      return after === -1 ? column : { symbol: column.symbol, dates: column.dates.slice(0, after), closes: column.closes.slice(0, after) };
    }),
  };
}
