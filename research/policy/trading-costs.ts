// What trading a portfolio costs, by a backtest with the usual costs: a year, as a part of the equity, and of each dollar traded.

import { backtest } from '../backtest/backtest.ts';
import { USUAL_COSTS, USUAL_OPTIONS } from '../backtest/backtest-options.ts';
import { type BacktestResult, COST_KINDS } from '../backtest/backtest-result.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import type { Subject } from '../backtest/subject.ts';
import { yearsBetween } from '../metrics/years.ts';

export interface TradingCosts {
  readonly years: number;
  /** Of all kinds, as a part of the equity before each bar; the first funding is in it. */
  readonly aYear: number;
  /** The part of that which slippage does not change: commission, fees, borrowing. */
  readonly otherAYear: number;
  /** All that was bought and sold, as a part of the equity. */
  readonly tradedAYear: number;
  /** One-way, without the first funding. */
  readonly turnoverAYear: number | null;
  /** Spread and impact of what was traded, in basis points; null where nothing was. */
  readonly assumedBps: number | null;
  /** Of the runs. */
  readonly refusedPart: number;
}

export type Costed = { readonly kind: 'costs' } & TradingCosts;
export interface NotCosted {
  readonly kind: 'unknown';
  readonly why: string;
}

export function tradingCosts(subject: Subject, prices: PriceTable, slippage: 1 | 2): Costed | NotCosted {
  const result = backtest(subject, prices, { ...USUAL_OPTIONS, costs: { ...USUAL_COSTS, slippage } });
  return result.kind === 'refused' ? { kind: 'unknown', why: `${result.code}: ${result.detail}` } : costsOf(result);
}

export function costsOf(
  result: Pick<BacktestResult, 'start' | 'dates' | 'equity' | 'paid' | 'trades' | 'turnover' | 'runs' | 'refused'>,
): Costed | NotCosted {
  const { start, dates, equity, paid, trades, turnover, runs, refused } = result;
  const years = yearsBetween(start.date, dates.at(-1) ?? start.date);
  if (!(years > 0) || runs === 0) return { kind: 'unknown', why: 'no-bars: nothing was lived' };
  const before = (bar: number): number => (bar <= 0 ? start.equity : (equity[bar - 1] as number));
  const partOf = (column: Float64Array): number => column.reduce((sum, each, bar) => sum + each / before(bar), 0) / years;
  const aYear = COST_KINDS.reduce((sum, kind) => sum + partOf(paid[kind]), 0);
  const traded = trades.notional.reduce((sum, each) => sum + each, 0);
  const slipped = trades.spread.reduce((sum, each, at) => sum + each + (trades.impact[at] as number), 0);
  return {
    kind: 'costs',
    years,
    aYear,
    otherAYear: aYear - partOf(paid.spread) - partOf(paid.impact),
    tradedAYear: trades.notional.reduce((sum, each, at) => sum + each / before(trades.bar[at] as number), 0) / years,
    turnoverAYear: turnover.perYear,
    assumedBps: traded > 0 ? (BPS * slipped) / traded : null,
    refusedPart: refused.length / runs,
  };
}

const BPS = 10_000;
