// An order that is about to be decided, held against the limits once more. Nothing is asked of a run whose record has no guard:
// it was begun by a release that had none.
import type { Denied, SubmissionDenialCode } from '../risk/denial.ts';
import { reviewSubmission } from '../risk/review-submission.ts';
import { spendable } from '../risk/submission-guard.ts';
import type { MicroUsd } from '../values/money.ts';
import { notional } from '../values/shares.ts';
import { filledQuantity, type Leg, ordersDecided, reduces, remainingQuantity } from './leg.ts';
import type { Observation } from './observation.ts';
import { isTerminal, type OrderIntent } from './order.ts';
import type { ExecutionState } from './state.ts';

export function reviewOrder(
  intent: OrderIntent,
  leg: Leg,
  state: ExecutionState,
  seen: Observation,
): Denied<SubmissionDenialCode> | undefined {
  const { guard, legs, rules } = state;
  if (guard === undefined) return undefined;
  const { symbol, side, quantity, limitPrice } = intent;
  const { arrival, position } = leg;
  const own = new Set(legs.flatMap(({ stage }) => (stage.kind === 'waiting' || stage.kind === 'done' ? [] : [stage.intent.clientOrderId])));
  const opposite = seen.openOrders?.find(
    (order) => order.symbol === symbol && order.side !== side && !isTerminal(order.status) && !own.has(order.clientOrderId),
  );
  return reviewSubmission({ symbol, side, quantity, limitPrice, arrival, ...(position === undefined ? {} : { position }) }, guard, {
    collarBps: rules.collarBps,
    equity: seen.account.equity,
    spendable: spendable(seen.account, guard),
    orders: ordersOf(legs),
    opposite: opposite?.clientOrderId,
    held: seen.positions === undefined ? undefined : (seen.positions.get(symbol) ?? 0n),
    valueAfter: (each) => valueAfter(each, guard.values, legs),
  });
}

/** Those that were decided, and one for each leg that waits: together what may have been sent when this one is. */
function ordersOf(legs: readonly Leg[]): number {
  return legs.reduce((sum, leg) => sum + ordersDecided(leg) + (leg.stage.kind === 'waiting' ? 1 : 0), 0);
}

/** Purchases and short sales are counted whole, what makes a position smaller as far as it has filled. */
function valueAfter(symbol: string, values: Readonly<Record<string, MicroUsd>>, legs: readonly Leg[]): MicroUsd {
  const before = Object.hasOwn(values, symbol) ? (values[symbol] ?? 0n) : 0n;
  return legs.reduce((sum, leg) => {
    if (leg.symbol !== symbol) return sum;
    const quantity = filledQuantity(leg) + (reduces(leg) || leg.stage.kind === 'done' ? 0n : remainingQuantity(leg));
    const amount = notional(leg.arrival, quantity, 'half-even');
    return leg.side === 'buy' ? sum + amount : sum - amount;
  }, before);
}
