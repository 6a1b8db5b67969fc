// An intent as the bytes that are sent, and what the broker's answer to it makes certain.
import assert from 'node:assert/strict';
import { orderJson } from '../../contracts/alpaca/trading.ts';
import type { OrderIntent } from '../../core/execution/order.ts';
import { formatDecimal } from '../../core/values/decimal.ts';
import { MICROS_PER_CENT, MICROS_PER_USD, type MicroUsd } from '../../core/values/money.ts';
import { formatShares } from '../../core/values/shares.ts';
import type { SubmissionResult } from '../../ports/broker.ts';
import { badAnswer, contentOf, refusalOf } from './answers.ts';
import { orderOf } from './from-json.ts';
import type { HttpAnswer } from './http-exchange.ts';

/**
 * The same bytes for the same intent, always: a repetition is the same request.
 * @throws AssertionError for an order that must never have been decided.
 */
export function submissionBody(intent: OrderIntent): string {
  assert(intent.clientOrderId.length > 0 && intent.clientOrderId.length <= 128, 'a client order id has 1 to 128 characters');
  assert(intent.quantity > 0n, 'an order has a quantity above zero');
  assert(isOnTick(intent.limitPrice), `a limit of ${intent.limitPrice} micro-dollars is not on the price grid`);
  return JSON.stringify({
    symbol: intent.symbol,
    qty: formatShares(intent.quantity),
    side: intent.side,
    type: 'limit',
    time_in_force: intent.timeInForce,
    limit_price: formatDecimal(intent.limitPrice, 6),
    client_order_id: intent.clientOrderId,
  });
}

/** @throws BrokerError `bad-answer`, effect `unknown`, when the answer does not say what became of the order. */
export function submissionResult(intent: OrderIntent, answer: HttpAnswer): SubmissionResult {
  if (answer.status < 300) {
    const order = orderOf(contentOf(answer, orderJson, 'unknown'));
    if (
      order === undefined ||
      order.clientOrderId !== intent.clientOrderId ||
      order.symbol !== intent.symbol ||
      order.side !== intent.side
    ) {
      throw badAnswer('it accepts another order than was sent', 'unknown', answer);
    }
    return { kind: 'accepted', order };
  }
  const refusal = refusalOf(answer);
  if (refusal === undefined) throw badAnswer(`a ${answer.status} without a message`, 'unknown', answer);
  if (saysDuplicate(refusal.message)) return { kind: 'duplicate' };
  return { kind: 'rejected', code: refusal.code === undefined ? `http-${answer.status}` : `${refusal.code}`, message: refusal.message };
}

/**
 * "client_order_id must be unique". The code with it (40010001) stands for other causes too, so the wording decides,
 * and is read widely: to take a duplicate for a rejection would be to forget an order that is alive.
 */
function saysDuplicate(message: string): boolean {
  return /client[_ ]?order[_ ]?id/i.test(message) && /unique|duplicate|already|exist/i.test(message);
}

/** Cents from a dollar up, hundredths of a cent below. */
function isOnTick(price: MicroUsd): boolean {
  const tick = price >= MICROS_PER_USD ? MICROS_PER_CENT : MICROS_PER_CENT / 100n;
  return price > 0n && price % tick === 0n;
}
