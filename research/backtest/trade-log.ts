// Trades as they are made, into columns that grow.
import type { FillCosts } from './account.ts';
import type { TradeColumns } from './backtest-result.ts';

export interface TradeLog {
  add(day: number, symbol: number, units: number, price: number, notional: number, costs: FillCosts): void;
  /** @param barOf the bar of a day of the table. */
  columns(barOf: (day: number) => number): TradeColumns;
}

const FIELDS = 9;

export function openTradeLog(): TradeLog {
  let rows = new Float64Array(FIELDS * 1_024);
  let count = 0;
  const column = (field: number): Float64Array => Float64Array.from({ length: count }, (_, row) => rows[row * FIELDS + field] as number);
  return {
    add(day, symbol, units, price, notional, { commission, spread, impact, fees }) {
      const at = count * FIELDS;
      if (at + FIELDS > rows.length) {
        const larger = new Float64Array(rows.length * 2);
        larger.set(rows);
        rows = larger;
      }
      rows[at] = day;
      rows[at + 1] = symbol;
      rows[at + 2] = units;
      rows[at + 3] = price;
      rows[at + 4] = notional;
      rows[at + 5] = commission;
      rows[at + 6] = spread;
      rows[at + 7] = impact;
      rows[at + 8] = fees;
      count += 1;
    },
    columns: (barOf) => ({
      bar: Int32Array.from(column(0), barOf),
      symbol: Int32Array.from(column(1)),
      units: column(2),
      price: column(3),
      notional: column(4),
      commission: column(5),
      spread: column(6),
      impact: column(7),
      fees: column(8),
    }),
  };
}
