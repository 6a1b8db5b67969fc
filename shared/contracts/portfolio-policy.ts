// What the owner asked for: the portfolio file after parsing, in the core's own types.
import type { ExecutionRules } from '../core/execution/rules.ts';
import type { Auction } from '../core/market/auction.ts';
import type { Schedule } from '../core/market/schedule.ts';
import type { SettlementRule } from '../core/portfolio/cash-settlement.ts';
import type { Limits } from '../core/risk/limits.ts';
import type { ExitRules } from '../core/strategy/exits/exit-rules.ts';
import type { StrategyOptions } from '../core/strategy/options.ts';
import type { DecideOn, RebalanceRule, Tree } from '../core/strategy/tree.ts';
import type { MicroUsd } from '../core/values/money.ts';
import type { ShareUnit } from '../core/values/shares.ts';
import type { Ppm } from '../core/values/weight.ts';

export interface Sleeve {
  readonly name: string;
  /** Share of the portfolio's capital; all sleeves sum to one million. */
  readonly capital: Ppm;
  readonly strategy: Tree;
  /** In which runs it takes its new weights; in the others it holds. */
  readonly rebalance: RebalanceRule;
  readonly decideOn: DecideOn;
  readonly options: StrategyOptions;
  /** When a position is ended whatever the strategy says; absent where the strategy alone decides. */
  readonly exits?: ExitRules;
}

/**
 * Of positions that the portfolio does not own: left alone; taken over once the file names their symbol; or that, and sold
 * where no sleeve does.
 */
export const UNOWNED = ['leave', 'adopt', 'sell'] as const;
export type Unowned = (typeof UNOWNED)[number];

/** Of new cash while nothing else is to be rebalanced: bought with at once, without a sale, or left for a rebalance. */
export const INVEST_DEPOSITS = ['under-weights', 'on-rebalance'] as const;
export type InvestDeposits = (typeof INVEST_DEPOSITS)[number];

/** A message after each session with what happened in it, or none. */
export const DIGESTS = ['daily', 'none'] as const;
export type Digest = (typeof DIGESTS)[number];

/** Said again in everything that is told of the portfolio. */
export interface LiveOverride {
  readonly by: string;
  readonly reason: string;
}

export interface PortfolioPolicy {
  readonly name: string;
  /** A line for people; nothing reads it. */
  readonly description?: string;
  readonly account: {
    /** Names the secret that holds the keys. */
    readonly name: string;
    readonly mode: 'paper' | 'live';
    /** Must equal the broker's answer; required for live. */
    readonly number?: string;
    /** The part of the account that the portfolio uses; the rest stays in cash. Left out: all of it. */
    readonly capital?: Ppm;
    /** In which the broker fills orders of the account; none where left out. */
    readonly auctions?: readonly Auction[];
    /** Who lets it trade live without what it would need, and why. */
    readonly override?: LiveOverride;
  };
  readonly schedules: readonly Schedule[];
  readonly sleeves: readonly Sleeve[];
  /** Weight that stays in cash whatever the sleeves say. */
  readonly cashReserve: Ppm;
  readonly minimumTrade: MicroUsd;
  readonly shareUnit: ShareUnit;
  /** Left alone unless the file says otherwise. */
  readonly unowned?: Unowned;
  /** By the kind of account unless the file says otherwise. */
  readonly settlement?: SettlementRule;
  /** `under-weights` unless the file says otherwise. */
  readonly investDeposits?: InvestDeposits;
  readonly limits: Limits;
  readonly execution: ExecutionRules;
  /** No address, and a daily digest, unless the file says otherwise. */
  readonly notify?: { readonly email: readonly string[]; readonly digest: Digest };
}
