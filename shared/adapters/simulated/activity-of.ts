// What happened in the book, in the words of the core.
import type { Activity as BookActivity } from '../../../exchange/matching/activity.ts';
import type { Book } from '../../../exchange/matching/book.ts';
import { NANOS_PER_MS } from '../../../exchange/matching/stamp.ts';
import type { Activity } from '../../core/ledger/activity.ts';
import { newYorkInstant } from '../../core/market/new-york-time.ts';

/** The same as the Alpaca adapter makes of what the exchange tells: a fill has a time, all else a date. */
export function activityOf(activity: BookActivity, { orders }: Pick<Book, 'orders'>): Activity {
  const { id } = activity;
  if (activity.kind === 'FILL') {
    const { symbol, side, quantity, price } = activity;
    const clientOrderId = orders.get(activity.orderId)?.clientOrderId;
    const named = clientOrderId === undefined ? {} : { clientOrderId };
    return { kind: 'fill', id, at: Number(activity.at / NANOS_PER_MS), word: 'FILL', ...named, symbol, side, quantity, price };
  }
  const kind = activity.kind === 'FEE' ? 'fee' : 'transfer';
  return { kind, id, at: newYorkInstant(activity.date, 0, 0), word: activity.kind, amount: activity.cashChange };
}
