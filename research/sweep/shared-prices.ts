// A price table whose columns lie in memory that threads share: one copy, whatever the number of workers.
import type { PriceColumn, PriceTable } from '../backtest/price-table.ts';

const FIELDS = ['closes', 'adjusted', 'opens', 'highs', 'lows', 'volumes'] as const;

/** Nobody may write to them: a thread would change what another reads. */
export function sharedPrices(table: PriceTable): PriceTable {
  return { ...table, columns: table.columns.map(sharedColumn) };
}

function sharedColumn(column: PriceColumn): PriceColumn {
  const shared = FIELDS.flatMap((field) => {
    const values = column[field];
    if (values === undefined) return [];
    const copy = new Float64Array(new SharedArrayBuffer(values.byteLength));
    copy.set(values);
    return [[field, copy] as const];
  });
  return { ...column, ...Object.fromEntries(shared) };
}
