// What a backtest says: columns over its bars, and what was traded. Plain values that can be sent to another thread; walk-
// forward, statistics, reports and files all start from here. It refuses to know how any of it was computed.
import type { ResidualCode } from '../../shared/core/execution/leg.ts';
import type { FeeType } from '../../shared/core/ledger/fee-table.ts';
import type { SkipCode } from '../../shared/core/rebalance/plan.ts';
import type { Turn } from '../../shared/core/strategy/turn.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { RefusalCode } from '../../shared/workflow/refusals.ts';

/**
 * All columns that say "a bar" have one value for each of `dates`. Money is in dollars, returns and weights are parts of one.
 * On every bar: equity = equity before + gains + dividends + interest − borrow − costs.
 */
export interface BacktestResult {
  readonly kind: 'result';
  readonly name: string;
  /** The close before the first bar: what was there before anything was earned or paid. */
  readonly start: { readonly date: NewYorkDate; readonly equity: number };
  /** The bars, ascending: every day of the calendar on which anything may have been held. */
  readonly dates: readonly NewYorkDate[];
  /** At the close of each bar, after what was traded at it. */
  readonly equity: Float64Array;
  /** equity / equity before − 1; of the first bar, to the equity of the start. */
  readonly returns: Float64Array;
  /** At the close of each bar; with short positions it holds what their sale brought. */
  readonly cash: Float64Array;
  /** All positions at the close without their signs, as a part of the equity. */
  readonly exposure: Float64Array;
  /** What cash earned or could have earned over each bar: the risk-free return of the metrics. */
  readonly riskFree: Float64Array;
  readonly earned: EarnedColumns;
  readonly paid: CostColumns;
  /** Every symbol that was ever a target, ascending; the numbers of trades and holdings are places in it. */
  readonly symbols: readonly string[];
  readonly holdings: Holdings;
  readonly trades: TradeColumns;
  /** One for each run that traded, ascending. */
  readonly rebalances: readonly Rebalance[];
  readonly turnover: Turnover;
  /** How many runs there were, whatever became of them. */
  readonly runs: number;
  /** Runs in which nothing was traded because something was wrong, ascending. */
  readonly refused: readonly RefusedRun[];
  /** Trades that were wanted and not made, by reason. */
  readonly skipped: readonly SkippedTrade[];
  /** Sells and buys of a date for which a table of fees has no rate, by kind: unknown, and counted as nothing. */
  readonly unpriced: Readonly<Record<FeeType, number>>;
  /** Fills whose impact could not be known, and was counted as nothing; 0 where none is asked for. */
  readonly withoutImpact: number;
}

/** Why there is nothing to tell. */
export interface BacktestRefused {
  readonly kind: 'refused';
  readonly code: 'no-prices' | 'no-opens' | 'no-dividends' | 'no-cash-rates' | 'never-defined' | 'no-bars' | 'not-in-full-mode';
  readonly detail: string;
}

/** A bar; what came in. Gains are of prices. */
export interface EarnedColumns {
  readonly gains: Float64Array;
  readonly dividends: Float64Array;
  readonly interest: Float64Array;
}

export const COST_KINDS = ['commission', 'spread', 'impact', 'fees', 'borrow'] as const;
export type CostKind = (typeof COST_KINDS)[number];

/**
 * A bar; what went out. What is traded at the close of the start is paid in the first bar: there is no bar before it.
 */
export type CostColumns = { readonly [Kind in CostKind]: Float64Array };

/**
 * What is held after each change, until the next: change `i` is held at the close of bar `fromBar[i]`, −1 for the start. Units are shares in the prices of valuation, `symbols.length` of them for each change, one after another.
 */
export interface Holdings {
  readonly fromBar: Int32Array;
  readonly units: Float64Array;
}

/** One value for each trade, by bar and symbol. */
export interface TradeColumns {
  /** The bar, −1 for the close of the start. */
  readonly bar: Int32Array;
  readonly symbol: Int32Array;
  /** Negative for a sell. */
  readonly units: Float64Array;
  /** Before costs, in the prices of valuation. */
  readonly price: Float64Array;
  /** units · price without the sign. */
  readonly notional: Float64Array;
  readonly commission: Float64Array;
  readonly spread: Float64Array;
  readonly impact: Float64Array;
  readonly fees: Float64Array;
}

export interface Rebalance {
  /** The session in which it was traded, and its bar, −1 for the start. */
  readonly date: NewYorkDate;
  readonly bar: number;
  /** By sleeve: why it took its new weights, or that it held. */
  readonly turns: Readonly<Record<string, Turn>>;
  readonly trades: number;
  /** ½ Σ |Δw|: half of all that was bought and sold, as a part of the equity. */
  readonly turnover: number;
}

export interface Turnover {
  /** All of it, the first funding too. */
  readonly total: number;
  /** Without the first funding; null for less than a day. */
  readonly perYear: number | null;
}

export interface RefusedRun {
  readonly date: NewYorkDate;
  /** The fast mode knows the first four; the full mode every refusal of a run. */
  readonly code: 'undefined-data' | 'no-price' | 'leveraged-decision' | 'no-equity' | RefusalCode;
  readonly detail: string;
}

export interface SkippedTrade {
  readonly date: NewYorkDate;
  readonly symbol: string;
  /**
   * `no-price`: no bar to fill at · `unsettled-cash`: bought in part, or not at all, as proceeds had not arrived. In full mode the
   * reasons of plan and execution.
   */
  readonly code: 'no-price' | 'below-minimum-trade' | 'turnover-cap' | 'unsettled-cash' | SkipCode | ResidualCode;
  /** In dollars. */
  readonly leftOut: number;
}
