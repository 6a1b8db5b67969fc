// An order as the exchange keeps it. Only the files of this folder change one.
import type { Side } from '../../shared/core/values/identity.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { NanoShares } from '../../shared/core/values/shares.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import type { EpochNs } from './stamp.ts';

export type OrderType = 'market' | 'limit' | 'stop' | 'stop_limit';

/** `opg` and `cls` trade in the opening and the closing auction of one session, or not at all. */
export type OrderTimeInForce = 'day' | 'gtc' | 'ioc' | 'fok' | 'opg' | 'cls';

/**
 * - `accepted`: waits for 04:00 of its session · `pending_new`: on its way to the book
 * - `new`, `partially_filled`: may fill · `held`: the symbol is halted · `done_for_day`: rests until tomorrow
 * - `pending_cancel`: asked to stop · terminal: `filled`, `canceled`, `expired`, `replaced`, `rejected`
 */
export type BookOrderStatus =
  | 'accepted'
  | 'pending_new'
  | 'new'
  | 'partially_filled'
  | 'held'
  | 'done_for_day'
  | 'pending_cancel'
  | 'filled'
  | 'canceled'
  | 'expired'
  | 'replaced'
  | 'rejected';

/** What a client asks for, numbers already exact. */
export interface OrderDraft {
  readonly clientOrderId?: string;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly timeInForce: OrderTimeInForce;
  /** Exactly one of quantity and notional. */
  readonly quantity?: NanoShares;
  readonly notional?: MicroUsd;
  readonly limitPrice?: MicroUsd;
  readonly stopPrice?: MicroUsd;
  readonly extendedHours: boolean;
}

export interface BookOrder extends OrderDraft {
  readonly id: string;
  readonly clientOrderId: string;
  readonly assetId: string;
  readonly submittedAt: EpochNs;
  /** The session in which it works first; a day order expires at its close. */
  readonly workingDate: NewYorkDate;
  /** Dollars a share set aside by an order that opens a position; 0 where it closes one. */
  readonly reservePrice: MicroUsd;
  /** Shares of the position set aside before any fill, by an order that closes it; 0 where it opens one. */
  readonly heldQuantity: NanoShares;
  readonly replaces?: string;
  status: BookOrderStatus;
  /** When something happens to it by itself: it starts working, or its cancel takes effect. */
  wakesAt?: EpochMs | undefined;
  isTriggered: boolean;
  fillCount: number;
  filledQuantity: NanoShares;
  /** Σ price × quantity, in micro-dollars × nano-shares, exact. */
  filledValue: bigint;
  updatedAt: EpochNs;
  filledAt?: EpochNs;
  canceledAt?: EpochNs;
  expiredAt?: EpochNs;
  failedAt?: EpochNs;
  replacedAt?: EpochNs;
  replacedBy?: string;
}

const TERMINAL: ReadonlySet<BookOrderStatus> = new Set(['filled', 'canceled', 'expired', 'replaced', 'rejected']);

/** True when the order can fill no more. */
export function isTerminal(status: BookOrderStatus): boolean {
  return TERMINAL.has(status);
}
