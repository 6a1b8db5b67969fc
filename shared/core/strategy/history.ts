// Daily adjusted closes as columns, from a recorded anchor date. What strategies look at.
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

/** The closes of `symbol` up to and including `asOf`; undefined for a symbol that is not in the history. */
export function closesUntil(history: History, symbol: string, asOf: NewYorkDate): ClosesColumn | undefined {
  const column = history.columns.find((each) => each.symbol === symbol);
  if (column === undefined) return undefined;
  const after = column.dates.findIndex((date) => date > asOf);
  if (after === -1) return column;
  return { symbol, dates: column.dates.slice(0, after), closes: column.closes.slice(0, after) };
}
