// An order as decided (intent) and as the broker reports it (order).
import type { ClientOrderId, Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import type { NanoShares } from '../values/shares.ts';

/** `cls`: in the closing auction, or not at all. */
export type TimeInForce = 'day' | 'ioc' | 'cls';

/** Everything that goes to the broker, fixed before it is sent and the same in every repetition. */
export interface OrderIntent {
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: NanoShares;
  readonly limitPrice: MicroUsd;
  readonly timeInForce: TimeInForce;
}

/**
 * - `pending`: received, not yet working · `working`: may fill · `canceling`: asked to stop, may still fill
 * - `stopped`: a trade is promised and not yet reported · `suspended`: it may not trade now, and may again
 * - `done-for-day`: the broker expects no more fills of it today, and has not ended it
 * - terminal: `filled`, `canceled`, `expired`, `rejected`, `replaced`
 * - `unknown`: the broker used a word we do not know; treated as possibly working.
 */
export const ORDER_STATUSES = [
  'pending',
  'working',
  'stopped',
  'suspended',
  'done-for-day',
  'canceling',
  'filled',
  'canceled',
  'expired',
  'rejected',
  'replaced',
  'unknown',
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** An order as the broker reports it. */
export interface Order {
  readonly orderId: string;
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: Side;
  readonly quantity: NanoShares;
  readonly filledQuantity: NanoShares;
  /** Average price of the filled part; absent when nothing filled. */
  readonly averageFillPrice?: MicroUsd;
  readonly status: OrderStatus;
}

const TERMINAL: ReadonlySet<OrderStatus> = new Set(['filled', 'canceled', 'expired', 'rejected', 'replaced']);

/** True when the order can fill no more. */
export function isTerminal(status: OrderStatus): boolean {
  return TERMINAL.has(status);
}
