// The next order of each leg that waits: priced on a fresh quote, and for buys cut to the money there is.
import { refuseQuote } from '../market/quote.ts';
import { clientOrderIdOf } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { divide, larger, smaller } from '../values/rounding.ts';
import { notional, truncateShares } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import { finish, retryDelay, type Step } from './follow-order.ts';
import { type Leg, remainingQuantity } from './leg.ts';
import { limitPriceOf } from './limit-price.ts';
import type { Observation } from './observation.ts';
import type { OrderIntent } from './order.ts';
import type { ExecutionState } from './state.ts';

/** A quote that may not be traded on is asked for again this many times before the symbol is left. */
const QUOTE_TRIES_MAX = 6;

type Priced =
  | { readonly kind: 'priced'; readonly leg: Leg; readonly limitPrice: MicroUsd }
  | { readonly kind: 'not-yet'; readonly leg: Leg };

/** Sells start at once; no money is waited for. */
export function startSells(legs: readonly Leg[], state: ExecutionState, seen: Observation, now: EpochMs): Step[] {
  return legs.map((leg) => {
    const priced = price(leg, state, seen, now);
    return priced.kind === 'priced' ? send(priced.leg, priced.limitPrice, state, now) : { leg: priced.leg, actions: [] };
  });
}

/** Our own buys that are out. */
export interface OpenBuys {
  /** What they may still cost. */
  readonly cost: MicroUsd;
  /** Some are at the broker, and will end. */
  readonly areWorking: boolean;
}

/**
 * Buys start when every sell is over, with the money that the broker confirms: what they would cost beyond it is
 * cut from all alike and recorded as unfunded. A cut is for good, so while other buys work it is waited for: a fill
 * between the two looks is counted twice, and one below its limit leaves money over.
 */
export function startBuys(legs: readonly Leg[], open: OpenBuys, state: ExecutionState, seen: Observation, now: EpochMs): Step[] {
  const priced = legs.map((leg) => price(leg, state, seen, now));
  const wanted = priced.reduce((sum, each) => sum + (each.kind === 'priced' ? costOf(each.leg, each.limitPrice) : 0n), 0n);
  const free = smaller(seen.account.cash - open.cost, seen.account.buyingPower);
  const available = larger(free, 0n);
  // A micro-dollar an order less: each cost is rounded up, and together they must not pass what there is.
  const spendable = larger(free - BigInt(priced.length), 0n);
  return priced.map((each) => {
    if (each.kind === 'not-yet' || (wanted > available && open.areWorking)) return { leg: each.leg, actions: [] };
    const leg = wanted <= available ? each.leg : cutToMoney(each.leg, spendable, wanted, state);
    return send(leg, each.limitPrice, state, now);
  });
}

function price(leg: Leg, state: ExecutionState, seen: Observation, now: EpochMs): Priced {
  if (leg.stage.kind !== 'waiting') return { kind: 'not-yet', leg };
  const quote = seen.quotes.get(leg.symbol);
  const refusal = refuseQuote(quote, now, state.rules.quote);
  if (quote !== undefined && refusal === undefined) {
    return { kind: 'priced', leg, limitPrice: limitPriceOf(leg.side, quote, leg.arrival, leg.stage.peg, state.rules) };
  }
  const quoteTries = leg.stage.quoteTries + 1;
  if (refusal === undefined || quoteTries < QUOTE_TRIES_MAX)
    return { kind: 'not-yet', leg: { ...leg, stage: { ...leg.stage, quoteTries } } };
  return { kind: 'not-yet', leg: finish(leg, refusal.code, refusal.figures) };
}

function cutToMoney(leg: Leg, spendable: MicroUsd, wanted: MicroUsd, state: ExecutionState): Leg {
  const remaining = remainingQuantity(leg);
  const affordable = truncateShares(divide(remaining * spendable, wanted, 'floor'), state.shareUnit);
  return { ...leg, unfunded: leg.unfunded + (remaining - affordable) };
}

/** The intent is now part of the state: it is persisted before anything is sent. */
function send(leg: Leg, limitPrice: MicroUsd, state: ExecutionState, now: EpochMs): Step {
  const quantity = remainingQuantity(leg);
  if (quantity <= 0n) return { leg: finish(leg), actions: [] };
  const peg = leg.stage.kind === 'waiting' ? leg.stage.peg : 0;
  const { symbol, side } = leg;
  const intent: OrderIntent = {
    clientOrderId: clientOrderIdOf({ runId: state.runId, symbol, side, slice: 0, peg }),
    symbol,
    side,
    quantity,
    limitPrice,
    timeInForce: 'day',
  };
  return {
    leg: { ...leg, stage: { kind: 'sending', intent, peg, attempts: 1, withoutEffect: 0, retryAt: now + retryDelay(1) } },
    actions: [{ kind: 'submit', intent }],
  };
}

/** What a leg's remainder costs at a limit, rounded up. */
export function costOf(leg: Leg, limitPrice: MicroUsd): MicroUsd {
  return notional(limitPrice, remainingQuantity(leg), 'ceil');
}
