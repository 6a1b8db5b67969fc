// Trades as they are made, into columns that grow.
import type { FillCosts } from './account.ts';
import type { TradeColumns } from './backtest-result.ts';

export interface TradeLog {
  add(day: number, symbol: number, units: number, price: number, notional: number, costs: FillCosts): void;
  /** @param start the day before the first bar. */
  columns(start: number): TradeColumns;
}

const FIRST_ROOM = 1_024;

export function openTradeLog(): TradeLog {
  let room = FIRST_ROOM;
  let count = 0;
  const whole = [new Int32Array(room), new Int32Array(room)] as [Int32Array, Int32Array];
  const floats = Array.from({ length: 7 }, () => new Float64Array(room));
  const grow = (): void => {
    room *= 2;
    for (const [at, column] of whole.entries()) whole[at] = withRoom(new Int32Array(room), column);
    for (const [at, column] of floats.entries()) floats[at] = withRoom(new Float64Array(room), column);
  };
  return {
    add(day, symbol, units, price, notional, { commission, spread, impact, fees }) {
      if (count === room) grow();
      const [days, symbols] = whole;
      const [unit, prices, notionals, commissions, spreads, impacts, regulators] = floats as Seven;
      days[count] = day;
      symbols[count] = symbol;
      unit[count] = units;
      prices[count] = price;
      notionals[count] = notional;
      commissions[count] = commission;
      spreads[count] = spread;
      impacts[count] = impact;
      regulators[count] = fees;
      count += 1;
    },
    columns(start) {
      const [days, symbols] = whole;
      const [units, price, notional, commission, spread, impact, fees] = floats.map((column) => column.slice(0, count)) as Seven;
      return {
        bar: days.slice(0, count).map((day) => day - start - 1),
        symbol: symbols.slice(0, count),
        units,
        price,
        notional,
        commission,
        spread,
        impact,
        fees,
      };
    },
  };
}

type Seven = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

function withRoom<Column extends Int32Array | Float64Array>(larger: Column, column: Column): Column {
  larger.set(column);
  return larger;
}
