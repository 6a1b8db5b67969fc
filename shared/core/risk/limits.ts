// What a plan, and each order of it, may not exceed. Each is a named denial of the risk review.
import type { MicroUsd } from '../values/money.ts';
import type { NanoShares } from '../values/shares.ts';
import type { Ppm } from '../values/weight.ts';

export interface Limits {
  readonly orderNotionalMax: MicroUsd;
  readonly ordersMax: number;
  /** Largest share of equity in one position after the plan. */
  readonly positionMax: Ppm;
  /** Largest sum of all short positions after the plan, as a share of equity; 0: none is held. */
  readonly shortMax: Ppm;
  /** One-way turnover of one run; larger plans are scaled down to it. The first funding is exempt. */
  readonly turnoverMax: Ppm;

  // What is left out from here on is not in force. A portfolio file that was read leaves out nothing but what it turns off,
  // and what has no default.

  readonly orderSharesMax?: NanoShares;
  /** Orders of all runs of a session, those for another price included. */
  readonly sessionOrdersMax?: number;
  /** Instead of `positionMax`, for symbols that the file itself gives more. */
  readonly positionMaxOf?: Readonly<Record<string, Ppm>>;
  /** Largest distance between what is long and what is short, as a share of equity. */
  readonly netMax?: Ppm;
  readonly groups?: readonly GroupLimit[];
  readonly cluster?: ClusterLimit;
  /** Largest part of the average volume of a session in one order. */
  readonly volumeMax?: Ppm;
  /** One-way turnover of all runs of a session. */
  readonly dayTurnoverMax?: Ppm;
  /** How far a price may be from the close of the session before, as a part of that close. */
  readonly priceMoveMax?: Ppm;
  /** Buying power that is kept free, as a share of equity. */
  readonly marginBuffer?: Ppm;
  readonly dayTrades?: DayTradeLimit;
  readonly breaker?: BreakerLimits;
  readonly stress?: StressLimits;
}

/** Symbols that together may not be more than a share of equity, long and short added up. */
export interface GroupLimit {
  readonly name: string;
  readonly of: readonly string[];
  readonly max: Ppm;
}

/** Symbols whose daily returns go together belong to one cluster, and so does what goes together with any of them. */
export interface ClusterLimit {
  /** The least correlation that counts as together, as parts per million. */
  readonly correlation: Ppm;
  /** Daily returns that are compared. */
  readonly window: number;
  readonly max: Ppm;
}

/** `by-date`: as the rules of the broker were on that date. `refuse`: none at all. */
export const DAY_TRADE_LIMITS = ['by-date', 'refuse', 'allow'] as const;
export type DayTradeLimit = (typeof DAY_TRADE_LIMITS)[number];

/** The losses, as parts of what there was, from which on a level is reached. Ascending. */
export interface LossLimits {
  readonly caution: Ppm;
  readonly restricted: Ppm;
  readonly stopped: Ppm;
}

export interface BreakerLimits {
  /** Against the equity at the close of the session before. Left out: off. */
  readonly dayLoss?: LossLimits;
  /** Against the high-water mark. Left out: off. */
  readonly drawdown?: LossLimits;
}

/** The largest loss, as a share of equity, that each scenario may bring. Left out: reported and not held to. */
export interface StressLimits {
  readonly day?: Ppm;
  readonly week?: Ppm;
  readonly shock?: Ppm;
  readonly correlated?: Ppm;
}
