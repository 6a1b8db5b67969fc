// What the account holds, as the broker says it.
import type { MicroUsd } from '../values/money.ts';
import type { NanoShares } from '../values/shares.ts';

export interface Position {
  readonly symbol: string;
  /** Negative when short. */
  readonly quantity: NanoShares;
  /** What may be sold now: the quantity less what open orders hold. */
  readonly available: NanoShares;
}

export interface Account {
  readonly accountNumber: string;
  readonly equity: MicroUsd;
  readonly cash: MicroUsd;
  readonly buyingPower: MicroUsd;
  readonly isBlocked: boolean;
}

export interface Portfolio {
  readonly account: Account;
  /** By symbol, ascending; no zero quantities. */
  readonly positions: readonly Position[];
}
