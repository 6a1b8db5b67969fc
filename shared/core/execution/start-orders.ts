// The next order of each leg that waits: priced on a fresh quote, held against the position it is for, and cut to the
// money there is where it takes some.
import { midOf, refuseQuote } from '../market/quote.ts';
import { clientOrderIdOf } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { divide, larger, smaller } from '../values/rounding.ts';
import { formatShares, type NanoShares, truncateShares } from '../values/shares.ts';
import type { EpochMs } from '../values/time.ts';
import { isForAuction } from './auction-order.ts';
import { finish, leaveSlice, retryDelay, type Step } from './follow-order.ts';
import { type Leg, reduces, remainingQuantity, sliceQuantity } from './leg.ts';
import { collarLimit, limitPriceOf } from './limit-price.ts';
import { costOf, freeMoney, laterSlicesCost, liveOrdersOf } from './money.ts';
import type { Observation } from './observation.ts';
import type { OrderIntent } from './order.ts';
import { reviewOrder } from './review-order.ts';
import { settledMoney } from './settled-money.ts';
import type { ExecutionState } from './state.ts';

/** A quote that may not be traded on is asked for again this many times before the symbol is left. */
const QUOTE_TRIES_MAX = 6;

interface Prices {
  readonly limitPrice: MicroUsd;
  readonly mid: MicroUsd;
}

type Priced =
  | (Prices & { readonly kind: 'priced'; readonly leg: Leg; readonly cost: MicroUsd })
  | { readonly kind: 'not-yet'; readonly leg: Leg };

/**
 * What makes positions smaller starts at once. Sells need no money. Covers are paid from all the cash there is, collateral
 * too; where it does not reach, they wait for the sells, and what is missing then is cut.
 */
export function startReductions(
  waiting: readonly Leg[],
  legs: readonly Leg[],
  state: ExecutionState,
  seen: Observation,
  now: EpochMs,
): Step[] {
  const sells = legs.filter((leg) => reduces(leg) && leg.side === 'sell');
  const allCovers = legs.filter((leg) => reduces(leg) && leg.side === 'buy');
  const live = liveOrdersOf(allCovers, state, seen, now);
  const mayGrow = live.areWorking || sells.some(({ stage }) => stage.kind !== 'done');
  const covers = waiting.filter(({ side }) => side === 'buy');
  const money: Money = { free: seen.account.cash - live.cost, mayGrow, others: allCovers };
  const started = new Map(startWithin(covers, money, state, seen, now).map((step, place) => [covers[place], step]));
  return waiting.map((leg) => started.get(leg) ?? startSell(leg, state, seen, now));
}

/**
 * Buys and short sales start when everything that frees money is over, with the money that the broker confirms: what they
 * would take beyond it is cut from all alike and recorded as unfunded. A cut is for good, so while others of them work it
 * is waited for: a fill between the two looks is counted twice, and one below its limit leaves money over.
 */
export function startOpenings(
  waiting: readonly Leg[],
  legs: readonly Leg[],
  state: ExecutionState,
  seen: Observation,
  now: EpochMs,
): Step[] {
  const openings = legs.filter((leg) => !reduces(leg));
  const live = liveOrdersOf(openings, state, seen, now);
  const free = freeMoney(seen.account, legs, live, state.guard);
  const spendable = state.settled === undefined ? free : smaller(free, settledMoney(state.settled, legs, seen, live));
  return startWithin(waiting, { free: spendable, mayGrow: live.areWorking, others: openings }, state, seen, now);
}

function startSell(leg: Leg, state: ExecutionState, seen: Observation, now: EpochMs): Step {
  const priced = price(leg, state, seen, now);
  return priced.kind === 'priced' ? send(priced.leg, priced, state, seen, now) : { leg: priced.leg, actions: [] };
}

interface Money {
  readonly free: MicroUsd;
  /** It may yet become more. */
  readonly mayGrow: boolean;
  /** All legs that are paid for from it. */
  readonly others: readonly Leg[];
}

/** A leg asks for all that is left of it: its later slices are to find their money too, and are cut with it. */
function startWithin(
  legs: readonly Leg[],
  { free, mayGrow, others }: Money,
  state: ExecutionState,
  seen: Observation,
  now: EpochMs,
): Step[] {
  const priced = legs.map((leg) => price(leg, state, seen, now));
  const later = others.reduce(
    (sum, leg) => (leg.slicing?.slices === undefined || legs.includes(leg) ? sum : sum + laterSlicesCost(leg, state, seen, now)),
    0n,
  );
  const wanted = priced.reduce((sum, each) => sum + (each.kind === 'priced' ? each.cost : 0n), later);
  const available = larger(free, 0n);
  // A micro-dollar an order less: each cost is rounded up, and together they must not pass what there is.
  const spendable = larger(free - BigInt(priced.length), 0n);
  return priced.map((each) => {
    if (each.kind === 'not-yet' || (wanted > available && mayGrow)) return { leg: each.leg, actions: [] };
    const leg = wanted <= available ? each.leg : cutToMoney(each.leg, spendable, wanted, state);
    return send(leg, each, state, seen, now);
  });
}

function price(leg: Leg, state: ExecutionState, seen: Observation, now: EpochMs): Priced {
  if (leg.stage.kind !== 'waiting') return { kind: 'not-yet', leg };
  const remaining = remainingQuantity(leg);
  const held = seen.positions?.get(leg.symbol) ?? 0n;
  const isChecked = seen.positions !== undefined || leg.position === 'short';
  if (isChecked && !staysOnItsSide(leg, remaining, held)) {
    return { kind: 'not-yet', leg: finish(leg, 'position-changed', { held: formatShares(held), remaining: formatShares(remaining) }) };
  }
  const quote = seen.quotes.get(leg.symbol);
  const refusal = refuseQuote(quote, now, state.rules.quote);
  if (quote !== undefined && refusal === undefined) {
    // The steps of a slice are its own: the first of them stands where the market is.
    const last = leg.stage.peg === 0 ? undefined : leg.closedOrders.at(-1)?.limitPrice;
    const limitPrice = isForAuction(leg, remaining, state, now)
      ? collarLimit(leg.side, leg.arrival, state.rules.collarBps)
      : limitPriceOf(leg.side, quote, leg.arrival, leg.stage.peg, state.rules, last);
    return { kind: 'priced', leg, limitPrice, mid: midOf(quote), cost: costOf(leg, remaining, limitPrice, state, seen, now) };
  }
  const quoteTries = leg.stage.quoteTries + 1;
  if (refusal === undefined || quoteTries < QUOTE_TRIES_MAX)
    return { kind: 'not-yet', leg: { ...leg, stage: { ...leg.stage, quoteTries } } };
  return { kind: 'not-yet', leg: leaveSlice(leg, refusal.code, refusal.figures) };
}

/** An order that was sized to another position could sell short what was to be sold, or the other way round. */
function staysOnItsSide(leg: Leg, remaining: NanoShares, held: NanoShares): boolean {
  const ours = leg.position === 'short' ? -held : held;
  return reduces(leg) ? ours >= remaining : ours >= 0n;
}

function cutToMoney(leg: Leg, spendable: MicroUsd, wanted: MicroUsd, state: ExecutionState): Leg {
  const remaining = remainingQuantity(leg);
  const unit = leg.position === 'short' ? 'whole' : state.shareUnit;
  const affordable = truncateShares(divide(remaining * spendable, wanted, 'floor'), unit);
  return { ...leg, unfunded: leg.unfunded + (remaining - affordable) };
}

/** The intent is now part of the state: it is persisted before anything is sent. One that the risk review denies never exists. */
function send(leg: Leg, { limitPrice, mid }: Prices, state: ExecutionState, seen: Observation, now: EpochMs): Step {
  const quantity = sliceQuantity(leg);
  if (quantity <= 0n) return { leg: finish(leg), actions: [] };
  const peg = leg.stage.kind === 'waiting' ? leg.stage.peg : 0;
  const { symbol, side } = leg;
  const intent: OrderIntent = {
    clientOrderId: clientOrderIdOf({ runId: state.runId, symbol, side, slice: leg.slice ?? 0, peg }),
    symbol,
    side,
    quantity,
    limitPrice,
    timeInForce: isForAuction(leg, quantity, state, now) ? 'cls' : 'day',
  };
  const denial = reviewOrder(intent, leg, state, seen);
  if (denial !== undefined) return { leg: finish(leg, denial.code, denial.figures), actions: [] };
  return {
    leg: {
      ...leg,
      entry: leg.entry ?? mid,
      stage: { kind: 'sending', intent, peg, attempts: 1, withoutEffect: 0, retryAt: now + retryDelay(1) },
    },
    actions: [{ kind: 'submit', intent }],
  };
}
