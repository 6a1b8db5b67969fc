// The tables of a result: named columns of equal length, as CSV and Parquet write them.
import { type BacktestResult, COST_KINDS } from '../backtest/backtest-result.ts';
import { dailyWeights } from '../backtest/daily-weights.ts';
import { marketOf } from '../backtest/market.ts';
import type { PriceTable } from '../backtest/price-table.ts';

export type TableColumn =
  | { readonly name: string; readonly kind: 'date' | 'text'; readonly values: readonly string[] }
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array };

export type Table = readonly TableColumn[];

/** @param dividends how they were taken in the backtest. */
export function outputTables(
  result: BacktestResult,
  prices: PriceTable,
  dividends: 'reinvested' | 'paid',
): Readonly<Record<'equity' | 'trades' | 'positions' | 'weights', Table>> {
  const weights = dailyWeights(result, prices, dividends);
  return {
    equity: equityTable(result),
    trades: tradeTable(result),
    positions: positionTable(result, prices, dividends),
    weights: [
      dates(result.dates),
      ...result.symbols.map((symbol, place) => numbers(symbol, weights[place] as Float64Array)),
      numbers(
        'cash',
        result.cash.map((cash, bar) => cash / (result.equity[bar] as number)),
      ),
    ],
  };
}

function equityTable({ dates: bars, equity, returns, cash, exposure, riskFree, earned, paid }: BacktestResult): Table {
  return [
    dates(bars),
    numbers('equity', equity),
    numbers('return', returns),
    numbers('cash', cash),
    numbers('exposure', exposure),
    numbers('risk_free', riskFree),
    numbers('gains', earned.gains),
    numbers('dividends', earned.dividends),
    numbers('interest', earned.interest),
    ...COST_KINDS.map((kind) => numbers(kind, paid[kind])),
  ];
}

function tradeTable({ trades, symbols, dates: bars, start }: BacktestResult): Table {
  const { units } = trades;
  return [
    dates(Array.from(trades.bar, (bar) => (bar < 0 ? start.date : (bars[bar] as string)))),
    texts(
      'symbol',
      Array.from(trades.symbol, (place) => symbols[place] as string),
    ),
    texts(
      'side',
      Array.from(units, (quantity) => (quantity < 0 ? 'sell' : 'buy')),
    ),
    numbers('units', units),
    numbers('price', trades.price),
    numbers('notional', trades.notional),
    numbers('commission', trades.commission),
    numbers('spread', trades.spread),
    numbers('impact', trades.impact),
    numbers('fees', trades.fees),
  ];
}

function positionTable(
  { holdings, symbols, dates: bars, start, equity, paid }: BacktestResult,
  prices: PriceTable,
  dividends: 'reinvested' | 'paid',
): Table {
  const market = marketOf(prices);
  const first = prices.dates.indexOf(start.date) + 1;
  const marks = symbols.map((symbol) => market.valued(symbol, dividends)?.marks);
  const rows: { date: string; symbol: string; units: number; price: number; whole: number }[] = [];
  for (const [change, bar] of holdings.fromBar.entries()) {
    const date = bar < 0 ? start.date : (bars[bar] as string);
    // At the start the costs of getting in are paid, and count in the first bar.
    const whole = bar < 0 ? start.equity - COST_KINDS.reduce((sum, kind) => sum + (paid[kind][0] as number), 0) : (equity[bar] as number);
    for (const [place, symbol] of symbols.entries()) {
      const units = holdings.units[change * symbols.length + place] as number;
      if (units !== 0) rows.push({ date, symbol, units, price: marks[place]?.[first + bar] as number, whole });
    }
  }
  return [
    dates(rows.map(({ date }) => date)),
    texts(
      'symbol',
      rows.map(({ symbol }) => symbol),
    ),
    numbers(
      'units',
      Float64Array.from(rows, ({ units }) => units),
    ),
    numbers(
      'price',
      Float64Array.from(rows, ({ price }) => price),
    ),
    numbers(
      'value',
      Float64Array.from(rows, ({ units, price }) => units * price),
    ),
    numbers(
      'weight',
      Float64Array.from(rows, ({ units, price, whole }) => (units * price) / whole),
    ),
  ];
}

function dates(values: readonly string[]): TableColumn {
  return { name: 'date', kind: 'date', values };
}

function texts(name: string, values: readonly string[]): TableColumn {
  return { name, kind: 'text', values };
}

function numbers(name: string, values: Float64Array): TableColumn {
  return { name, kind: 'number', values };
}
