// What a rebalance would do, and everything that it leaves alone with the reason.
import type { Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import type { NanoShares } from '../values/shares.ts';
import type { Ppm } from '../values/weight.ts';

/** How one symbol stands before the plan. `cash` has a line of its own with the symbol `cash`. */
export interface DriftLine {
  readonly symbol: string;
  readonly value: MicroUsd;
  readonly weight: Ppm;
  readonly target: Ppm;
  /** weight − target. */
  readonly drift: Ppm;
  readonly isInside: boolean;
}

export interface Trade {
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: NanoShares;
  /** Mid when the plan was made. */
  readonly arrival: MicroUsd;
  /** quantity × arrival. */
  readonly notional: MicroUsd;
}

export const SKIP_CODES = [
  'inside-band',
  'at-target',
  'below-minimum-trade',
  'below-one-share',
  'insufficient-cash',
  'turnover-cap',
  'quantity-held',
  'not-tradable',
  'not-fractionable',
  'quote-missing',
  'quote-zero',
  'quote-crossed',
  'quote-stale',
  'quote-wide',
  /** Held, but no sleeve names it: left alone, and not counted as the portfolio's. */
  'not-in-portfolio',
] as const;
export type SkipCode = (typeof SKIP_CODES)[number];

/** A trade, or part of one, that was not planned. */
export interface Skipped {
  readonly symbol: string;
  readonly code: SkipCode;
  readonly figures: Readonly<Record<string, string>>;
}

export interface RebalancePlan {
  /** Cash and the portfolio's own positions. */
  readonly equity: MicroUsd;
  /** Whether anything is to be traded: a weight is outside its band, or the rules force it. */
  readonly isTriggered: boolean;
  /** By symbol, then cash. */
  readonly lines: readonly DriftLine[];
  /** Sells before buys, each by symbol; at most one a symbol. */
  readonly trades: readonly Trade[];
  readonly skipped: readonly Skipped[];
  readonly cashBefore: MicroUsd;
  /** What the sells bring at the worst limit they may get. */
  readonly proceedsAtLeast: MicroUsd;
  /** What the buys cost at the worst limit they may get; never more than cash before + proceeds. */
  readonly costAtMost: MicroUsd;
}
