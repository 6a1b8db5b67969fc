// What Alpaca's words for the life of an order mean to us.
import type { OrderStatus } from '../../core/execution/order.ts';

// Where a word leaves it open whether the order may still fill, the answer is that it may.
const STATUSES: ReadonlyMap<string, OrderStatus> = new Map([
  ['accepted', 'pending'],
  ['pending_new', 'pending'],
  ['accepted_for_bidding', 'pending'],
  ['new', 'working'],
  ['partially_filled', 'working'],
  // The old order fills on until the replacement is confirmed.
  ['pending_replace', 'working'],
  ['stopped', 'stopped'],
  ['suspended', 'suspended'],
  // As of a symbol that is halted.
  ['held', 'suspended'],
  ['done_for_day', 'done-for-day'],
  // Done for the day, with figures of its settlement still to come.
  ['calculated', 'done-for-day'],
  ['pending_cancel', 'canceling'],
  ['filled', 'filled'],
  ['canceled', 'canceled'],
  ['expired', 'expired'],
  ['rejected', 'rejected'],
  ['replaced', 'replaced'],
]);

/** `unknown` for a word that is not in the table. */
export function orderStatusOf(word: string): OrderStatus {
  return STATUSES.get(word) ?? 'unknown';
}
