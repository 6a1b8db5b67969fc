// What the broker says has happened to the account, one thing after the other.
import type { ClientOrderId, Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import type { NanoShares } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';

interface Happened {
  /** The broker's own id, once and for ever. */
  readonly id: string;
  readonly at: EpochMs;
  /** The broker's word for it, such as "FILL" or "DIVNRA". */
  readonly word: string;
}

export interface FillActivity extends Happened {
  readonly kind: 'fill';
  /** Absent where the broker does not know the order any more: it is then nobody's of us. */
  readonly clientOrderId?: ClientOrderId;
  readonly symbol: string;
  readonly side: Side;
  /** Of this fill alone, above zero. */
  readonly quantity: NanoShares;
  readonly price: MicroUsd;
}

export const CASH_KINDS = ['dividend', 'fee', 'interest', 'transfer'] as const;
export type CashKind = (typeof CASH_KINDS)[number];

/** Money alone. */
export interface CashActivity extends Happened {
  readonly kind: CashKind;
  readonly symbol?: string;
  /** What it added to the cash. */
  readonly amount: MicroUsd;
}

/** What changes holdings without a trade: a split, a spin-off, a merger. */
export interface CorporateActivity extends Happened {
  readonly kind: 'corporate-action';
  readonly symbol: string;
  /** What it added to the position; negative where it took away. */
  readonly quantity: NanoShares;
  readonly amount: MicroUsd;
}

/** A word that we do not know. It may have touched the holdings. */
export interface UnknownActivity extends Happened {
  readonly kind: 'unknown';
  readonly symbol?: string;
  /** 0 when the broker names none. */
  readonly quantity: NanoShares;
  readonly amount: MicroUsd;
}

export type Activity = FillActivity | CashActivity | CorporateActivity | UnknownActivity;

/** What an activity says it added to the position of its symbol. */
export function quantityChange(activity: Activity): NanoShares {
  switch (activity.kind) {
    case 'fill':
      return activity.side === 'buy' ? activity.quantity : -activity.quantity;
    case 'corporate-action':
    case 'unknown':
      return activity.quantity;
    default:
      return 0n;
  }
}
