// The conventions of a backtest: what a fill is priced at, what cash earns, what trading costs. Each has one place here.
import type { NewYorkDate } from '../../shared/core/values/time.ts';

/**
 * When a decision is filled, at the earliest. `same-close`: at the close that decided. `next-open`, `next-close`: in the
 * session after it. Nothing is ever filled at a price before its decision.
 */
export const FILLS = ['same-close', 'next-open', 'next-close'] as const;
export type Fill = (typeof FILLS)[number];

/** What idle cash earns: an annual rate by the days between bars, or the rate of each day (what it earned since the day before). */
export type CashRate =
  | { readonly kind: 'annual'; readonly rate: number }
  | { readonly kind: 'daily'; readonly dates: readonly NewYorkDate[]; readonly rates: Float64Array };

export interface CostRules {
  /** Of the traded value, whatever the slippage. */
  readonly commissionBps: number;
  /** Half of what bid and ask are apart, in parts of the mid. */
  readonly halfSpreadBps: number;
  /** Y in Y · σ · √(Q / ADV); 0 leaves impact out. σ and ADV are of what is known of the 20 sessions before the fill. */
  readonly impact: number;
  /** The fees of regulators by trade date, as the ledger knows them. */
  readonly fees: 'dated' | 'none';
  /** Annual, of what is short. */
  readonly borrowBps: number;
  /** By how much spread and impact are taken. */
  readonly slippage: 1 | 2 | 3;
}

export interface BacktestOptions {
  /** The first session with a run; left out: the first whose decision is defined. */
  readonly from?: NewYorkDate;
  /** The last bar; left out: the last of the prices. */
  readonly to?: NewYorkDate;
  /** Left out: as the strategy and its schedule say. */
  readonly fill?: Fill;
  /** At the start, in dollars. */
  readonly equity: number;
  readonly costs: CostRules;
  readonly cash: CashRate;
  /** `reinvested`: positions are valued by adjusted closes. `paid`: by closes, and dividends come in as cash on their ex-date. */
  readonly dividends: 'reinvested' | 'paid';
  /**
   * `whole`: parts per million, as a run trades them. `exact`: the strategy's own floats, for comparing with software that
   * does not round. Which of the two is taken never changes what is decided, only how exactly it is met.
   */
  readonly weights: 'whole' | 'exact';
  /** Left out: as the portfolio says, and else proceeds are spent at once, as with margin. */
  readonly settlement?: 'immediate' | 'settled-only';
}

export const NO_COSTS: CostRules = { commissionBps: 0, halfSpreadBps: 0, impact: 0, fees: 'none', borrowBps: 0, slippage: 1 };

/**
 * No commission, as with the broker that is traded through; half of a spread of four basis points, that of liquid funds;
 * an impact of one daily deviation for a day's volume.
 */
export const USUAL_COSTS: CostRules = { commissionBps: 0, halfSpreadBps: 2, impact: 1, fees: 'dated', borrowBps: 50, slippage: 1 };

export const USUAL_OPTIONS = {
  equity: 100_000,
  costs: USUAL_COSTS,
  cash: { kind: 'annual', rate: 0 },
  dividends: 'reinvested',
  weights: 'whole',
} satisfies BacktestOptions;
