// The money that orders may take: what is free, and what a leg takes of it. Nothing is ever borrowed: all positions
// together are never worth more than the equity, so a short position binds what its sale brought and as much again.
import { type QuoteRules, refuseQuote } from '../market/quote.ts';
import type { Account } from '../portfolio/portfolio.ts';
import { collarPrice } from '../rebalance/collar.ts';
import { spendable } from '../risk/submission-guard.ts';
import type { MicroUsd } from '../values/money.ts';
import { larger, smaller } from '../values/rounding.ts';
import { type NanoShares, notional } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import { type Leg, remainingQuantity } from './leg.ts';
import { collarLimit } from './limit-price.ts';
import type { Observation } from './observation.ts';
import type { ExecutionState } from './state.ts';

/** Our own orders that are out. */
export interface LiveOrders {
  /** What they may still take. */
  readonly cost: MicroUsd;
  /** Some are at the broker, and will end. */
  readonly areWorking: boolean;
}

/** What the live orders of these legs may still take. The account was read later: it has paid for every fill that we see. */
export function liveOrdersOf(legs: readonly Leg[], state: ExecutionState, seen: Observation, now: EpochMs): LiveOrders {
  let cost: MicroUsd = 0n;
  let areWorking = false;
  for (const leg of legs) {
    const { stage } = leg;
    if (stage.kind === 'waiting' || stage.kind === 'done') continue;
    const filled = seen.orders.get(stage.intent.clientOrderId)?.filledQuantity ?? 0n;
    // A broker that says it filled more than there was frees no money by that.
    const unfilled = larger(stage.intent.quantity - filled, 0n);
    cost += costOf(leg, unfilled, stage.intent.limitPrice, state, seen, now);
    // Before the auction nothing of it ends, and after it nothing is sent.
    areWorking ||= stage.kind !== 'sending' && stage.intent.timeInForce !== 'cls';
  }
  return { cost, areWorking };
}

/** What the slices of a leg that are not out yet may take, at the worst limit that they may get. */
export function laterSlicesCost(leg: Leg, state: ExecutionState, seen: Observation, now: EpochMs): MicroUsd {
  const { stage, side, arrival } = leg;
  if (stage.kind === 'done') return 0n;
  const later = remainingQuantity(leg) - (stage.kind === 'waiting' ? 0n : stage.intent.quantity);
  return costOf(leg, later, collarLimit(side, arrival, state.rules.collarBps), state, seen, now);
}

/** Cash that is not collateral, and no more than the broker lets us use. Below zero where positions have outgrown the equity. */
export function freeMoney(
  { cash, buyingPower, shortValue }: Account,
  legs: readonly Leg[],
  live: LiveOrders,
  guard: ExecutionState['guard'],
): MicroUsd {
  // A broker that does not say what the short positions are worth leaves nothing that is certainly free.
  const isUnknown = shortValue === undefined && legs.some(({ position }) => position === 'short');
  const own = isUnknown ? 0n : cash - 2n * (shortValue ?? 0n);
  return smaller(own - live.cost, spendable({ buyingPower }, guard));
}

/**
 * What `quantity` of a leg takes at a limit, rounded up: a buy its price, and a short sale what it binds beyond its own
 * proceeds, at the highest price at which it may stand when it is filled.
 */
export function costOf(
  leg: Leg,
  quantity: NanoShares,
  limitPrice: MicroUsd,
  state: ExecutionState,
  seen: Observation,
  now: EpochMs,
): MicroUsd {
  if (leg.side === 'buy') return notional(limitPrice, quantity, 'ceil');
  const collared = larger(limitPrice, collarPrice('buy', leg.arrival, state.rules.collarBps));
  const mark = larger(collared, usableAsk(leg.symbol, seen, state.rules.quote, now));
  return notional(2n * mark - limitPrice, quantity, 'ceil');
}

function usableAsk(symbol: string, { quotes }: Observation, rules: QuoteRules, now: EpochMs): MicroUsd {
  const quote = quotes.get(symbol);
  return quote === undefined || refuseQuote(quote, now, rules) !== undefined ? 0n : quote.ask;
}
