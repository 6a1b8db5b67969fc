// What the account holds, as the broker says it.
import type { MicroUsd } from '../values/money.ts';
import type { NanoShares } from '../values/shares.ts';
import type { CashSettlement } from './cash-settlement.ts';

export interface Position {
  readonly symbol: string;
  /** Negative when short. */
  readonly quantity: NanoShares;
  /** What may be sold now: the quantity less what open orders hold; nothing of a short position. */
  readonly available: NanoShares;
}

export interface Account {
  readonly accountNumber: string;
  readonly equity: MicroUsd;
  readonly cash: MicroUsd;
  readonly buyingPower: MicroUsd;
  readonly isBlocked: boolean;
  /** What the broker holds against the account, in its own words; some of it may leave trading as it is. */
  readonly restrictions?: readonly string[];
  /** Equity at the close of the session before. Left out: the broker did not say. */
  readonly lastEquity?: MicroUsd;
  /** Whether the broker lets this account sell short. Left out: nothing is known of it, so it may not. */
  readonly canShort?: boolean;
  /** How many times its equity the broker lets the account hold; 1 is an account without margin. */
  readonly multiplier?: number;
  /**
   * What all short positions are worth, without the minus. The cash holds what their sale brought, which is not ours to
   * spend. Left out: the broker did not say.
   */
  readonly shortValue?: MicroUsd;
}

/** A position that no sleeve names. */
export interface UnownedPosition {
  readonly symbol: string;
  /** Why it is left alone all the same; absent where it is to be sold. */
  readonly kept?: 'not-understood' | 'not-tradable' | 'quantity-held';
}

export interface Portfolio {
  readonly account: Account;
  /** By symbol, ascending; no zero quantities. */
  readonly positions: readonly Position[];
  /** Left out where the broker's buying power alone decides what may be spent and sold. */
  readonly settlement?: CashSettlement;
  /** Deposits that no run has bought with yet; left out where there are none. */
  readonly uninvested?: MicroUsd;
  /** What no sleeve names, where such positions are to be sold; left out where they are left alone. */
  readonly unowned?: readonly UnownedPosition[];
}
