// Every symbol that a subject may ever hold, with the columns by which it is valued.
import { symbolsOf } from '../../shared/core/strategy/evaluate.ts';
import type { Market, ValuedColumn } from './market.ts';
import type { Subject } from './subject.ts';

export interface SubjectColumns {
  /** Ascending. */
  readonly symbols: readonly string[];
  readonly placeOf: ReadonlyMap<string, number>;
  /** Of each symbol, undefined where the table has no prices of it. */
  readonly columns: readonly (ValuedColumn | undefined)[];
  /** Whether all of them have opens. */
  readonly hasOpens: boolean;
}

export function subjectColumns({ sleeves }: Subject, market: Market, dividends: 'reinvested' | 'paid'): SubjectColumns {
  const symbols = [...new Set(sleeves.flatMap(({ strategy }) => symbolsOf(strategy)))].sort();
  const columns = symbols.map((symbol) => market.valued(symbol, dividends));
  return {
    symbols,
    placeOf: new Map(symbols.map((symbol, place) => [symbol, place])),
    columns,
    hasOpens: columns.every((column) => column?.opens !== undefined),
  };
}
