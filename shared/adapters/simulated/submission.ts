// An intent as the book takes it, and what its answer makes certain.
import type { BookOrder, OrderDraft } from '../../../exchange/matching/book-order.ts';
import type { Refusal } from '../../../exchange/matching/refusal.ts';
import { isOnTick } from '../../../exchange/matching/tick-size.ts';
import type { OrderIntent } from '../../core/execution/order.ts';
import { newYorkDate } from '../../core/market/new-york-time.ts';
import { formatUsd } from '../../core/values/money.ts';
import type { EpochMs } from '../../core/values/time.ts';
import type { SubmissionResult } from '../../ports/broker.ts';
import { orderOf } from './order-of.ts';
import { rejectionOf } from './rejection.ts';

/** @throws RangeError for an order that must never have been decided. */
export function draftOf({ clientOrderId, symbol, side, quantity, limitPrice, timeInForce }: OrderIntent, at: EpochMs): OrderDraft {
  if (clientOrderId.length < 1 || clientOrderId.length > 128) throw new RangeError('a client order id has 1 to 128 characters');
  if (quantity <= 0n) throw new RangeError('an order has a quantity above zero');
  if (limitPrice <= 0n || !isOnTick(limitPrice, newYorkDate(at))) {
    throw new RangeError(`a limit of ${formatUsd(limitPrice)} is not on the price grid`);
  }
  return { clientOrderId, symbol, side, type: 'limit', timeInForce, quantity, limitPrice, extendedHours: false };
}

export function submissionResult(answer: BookOrder | Refusal): SubmissionResult {
  if (!('kind' in answer)) return { kind: 'accepted', order: orderOf(answer) };
  return answer.code === 'client-order-id-taken' ? { kind: 'duplicate' } : rejectionOf(answer);
}
