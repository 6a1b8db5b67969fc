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
  /** The trade makes or ends a short position: a short sale, or a purchase that covers. Left out: a long one. */
  readonly position?: 'short';
  readonly quantity: NanoShares;
  /** Mid when the plan was made. */
  readonly arrival: MicroUsd;
  /** quantity × arrival. */
  readonly notional: MicroUsd;
  /** Sold because no sleeve names it. Left out: the targets ask for it. */
  readonly reason?: 'unowned';
}

export const SKIP_CODES = [
  'inside-band',
  'at-target',
  'below-minimum-trade',
  'below-one-share',
  'insufficient-cash',
  /** Paid for by proceeds that have not arrived: bought by the next run after they have. */
  'unsettled-cash',
  /** Bought while proceeds were under way: not sold before those arrive. */
  'unsettled-purchase',
  /** New cash is invested without a sale, and does not reach so far. */
  'beyond-deposit',
  'turnover-cap',
  /** The breaker lets positions grow by less, or not at all. */
  'breaker',
  'quantity-held',
  /** A position is brought to zero in one run and to its other side in the next: no order may go through zero. */
  'through-zero',
  'not-tradable',
  'not-fractionable',
  'quote-missing',
  'quote-zero',
  'quote-crossed',
  'quote-stale',
  'quote-wide',
  /** Held, but no sleeve names it: left alone, and not counted as the portfolio's. */
  'not-in-portfolio',
  /** Nor is it sold where the file says that such positions are: it is short, an option, crypto, or not known. */
  'not-understood',
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
  /** Sells of what is held, covers, buys, short sales, each by symbol; at most one a symbol. */
  readonly trades: readonly Trade[];
  readonly skipped: readonly Skipped[];
  readonly cashBefore: MicroUsd;
  /** What the sells of what is held bring at the worst limit they may get. Short sales bring nothing that may be spent. */
  readonly proceedsAtLeast: MicroUsd;
  /**
   * What the buys cost at the worst limit they may get, and what the short sales bind of our own money; together with
   * `coversAtMost` never more than cash before + proceeds.
   */
  readonly costAtMost: MicroUsd;
  /** What buying back short positions costs at the worst limit; left out where none is bought back. */
  readonly coversAtMost?: MicroUsd;
  /** What there was when only settled cash may be spent: the buys then cost no more than it. Left out where more may. */
  readonly settled?: SettledMoney;
  /** What the buys may cost where nothing but new cash is invested; left out in an ordinary plan. */
  readonly deposit?: MicroUsd;
}

export interface SettledMoney {
  /** Below zero where proceeds under way are spent already. */
  readonly cash: MicroUsd;
  /** Proceeds that count as cash and have not arrived. */
  readonly unsettled: MicroUsd;
}
