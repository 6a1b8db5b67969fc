// What an owner says of one symbol, by date: each value is known at the close of its date and in force until the next one.
import { isNewYorkDate, type NewYorkDate } from '../../values/time.ts';
import type { DatedValues } from './given.ts';

export interface DatedSeries {
  /** Strictly ascending; they need not be sessions. */
  readonly dates: readonly NewYorkDate[];
  readonly values: readonly number[];
  /** How many sessions after its date a value still counts. */
  readonly ageMax: number;
}

/** Empty for a symbol of which nothing is said. @throws RangeError for a date that is none. */
export function datedSeries(symbol: string, all: DatedValues, ageMax: number): DatedSeries {
  const own = Object.entries(all)
    .flatMap(([date, bySymbol]) => {
      const value = bySymbol[symbol];
      return value === undefined ? [] : [{ date: newYorkDate(date), value }];
    })
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  return { dates: own.map(({ date }) => date), values: own.map(({ value }) => value), ageMax };
}

function newYorkDate(text: string): NewYorkDate {
  if (!isNewYorkDate(text)) throw new RangeError(`a value is dated ${text}, which is no date`);
  return text;
}
