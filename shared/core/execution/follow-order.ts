// What a leg with an order out does next, given what the broker says of that order: the moves of `order-transition.ts`.
import { type Quote, refuseQuote } from '../market/quote.ts';
import type { MicroUsd } from '../values/money.ts';
import { formatShares } from '../values/shares.ts';
import { type EpochMs, MINUTE_MS } from '../values/time.ts';
import {
  type ClosedOrder,
  hasNextSlice,
  type Leg,
  type LegStage,
  nextSlice,
  type Residual,
  type ResidualCode,
  remainingQuantity,
  sliceQuantity,
} from './leg.ts';
import { collarLimit, isBetterLimit, limitPriceOf } from './limit-price.ts';
import type { Action, Observation, SubmissionNews } from './observation.ts';
import type { Order, OrderIntent } from './order.ts';
import { type Move, sightOf, TRANSITIONS } from './order-transition.ts';
import { pegWaitOf } from './peg-wait.ts';
import type { ExecutionState } from './state.ts';
import type { Stop } from './stop.ts';

export interface Step {
  readonly leg: Leg;
  readonly actions: readonly Action[];
}

type Stage<Kind extends LegStage['kind']> = Extract<LegStage, { kind: Kind }>;
type LiveStage = Stage<'sending' | 'working' | 'canceling'>;

/** So long after the close an order that has not ended is a matter for a person. */
export const GIVE_UP_AFTER_CLOSE_MS = 15 * MINUTE_MS;
/** Longest time between two attempts to learn what became of an order. */
const RETRY_MS_MAX = 60_000;
const RETRY_MS_FIRST = 2_000;

export function followOrder(leg: Leg, state: ExecutionState, seen: Observation, stop: Stop | undefined, now: EpochMs): Step {
  const { stage } = leg;
  if (stage.kind === 'waiting' || stage.kind === 'done') return { leg, actions: [] };
  const order = seen.orders.get(stage.intent.clientOrderId);
  const sight = sightOf(order, stage.intent);
  const move = TRANSITIONS[stage.kind][sight];
  if (order === undefined) {
    if (stage.kind === 'sending') return resolveSending(leg, stage, seen.news.get(stage.intent.clientOrderId), state, stop, now);
    return isGivenUp(state, now) ? unresolved(leg, stage, { status: sight }) : { leg, actions: [] };
  }
  if (move === 'disown') return done(leg, 'foreign-order', figuresOf(order));
  if (move === 'close') return { leg: closeOrder(leg, order), actions: [] };
  // What is done for the day cannot fill once the day is over: that it was not ended is no doubt about its fills.
  if (isGivenUp(state, now))
    return sight === 'done-for-day' ? { leg: closeOrder(leg, order), actions: [] } : unresolved(leg, stage, { status: sight });
  return move === 'look-again'
    ? { leg: stopAfter(leg, stage, order, stop), actions: [] }
    : followLive(leg, stage, order, move, seen, state, stop, now);
}

function isGivenUp({ close }: ExecutionState, now: EpochMs): boolean {
  return now >= close + GIVE_UP_AFTER_CLOSE_MS;
}

/**
 * The broker does not (yet) know the order. That proves nothing while a request may be in flight, so the intent is
 * closed only when every attempt is known to have left nothing there; it never makes room for another id.
 */
function resolveSending(
  leg: Leg,
  stage: Stage<'sending'>,
  news: SubmissionNews | undefined,
  state: ExecutionState,
  stop: Stop | undefined,
  now: EpochMs,
): Step {
  const withoutEffect = stage.withoutEffect + (news === undefined || news.kind === 'lost' ? 0 : 1);
  // A rejection speaks for its own attempt alone: an earlier one may hold the very shares that this one lacked.
  if (withoutEffect === stage.attempts) {
    if (news?.kind === 'rejected') return done(leg, 'rejected', { code: news.code, message: news.message });
    if (news?.kind === 'withheld') return done(leg, news.because, {});
    if (stop !== undefined) return done(leg, stop.code, {});
  }
  if (now >= state.close) return unresolved(leg, stage, { attempts: `${stage.attempts}`, withoutEffect: `${withoutEffect}` });
  if (stop !== undefined || news !== undefined || now < stage.retryAt) {
    return { leg: withoutEffect === stage.withoutEffect ? leg : { ...leg, stage: { ...stage, withoutEffect } }, actions: [] };
  }
  const attempts = stage.attempts + 1;
  return {
    leg: { ...leg, stage: { ...stage, attempts, retryAt: now + retryDelay(attempts) } },
    actions: [{ kind: 'submit', intent: stage.intent }],
  };
}

/** 2 s, doubled with every attempt, at most a minute. */
export function retryDelay(attempts: number): number {
  return Math.min(RETRY_MS_FIRST * 2 ** (attempts - 1), RETRY_MS_MAX);
}

function followLive(
  leg: Leg,
  stage: LiveStage,
  order: Order,
  move: Move,
  seen: Observation,
  state: ExecutionState,
  stop: Stop | undefined,
  now: EpochMs,
): Step {
  const { intent, peg } = stage;
  // Nothing more may be sent by then; what is in the auction has its turn at the close.
  if (intent.timeInForce === 'cls' && stage.kind !== 'canceling' && stop?.code === 'deadline')
    return { leg: awaitAuction(leg, stage, order, state), actions: [] };
  if (stop?.openOrders === 'keep') return { leg: keepOrder(leg, stage, order, state), actions: [] };
  const ask: Action = { kind: 'cancel', orderId: order.orderId, occasion: stop === undefined ? 'price' : 'stop' };
  const cancel = (cause: Stage<'canceling'>['cause']): Step => ({
    leg: { ...leg, stage: { kind: 'canceling', intent, peg, orderId: order.orderId, cause } },
    actions: [ask],
  });
  if (stage.kind === 'canceling') return { leg: stopAfter(leg, stage, order, stop), actions: [ask] };
  if (stop !== undefined) return cancel({ kind: 'residual', code: stop.code });
  if (move === 'give-up') return cancel({ kind: 'residual', code: order.status === 'done-for-day' ? 'done-for-day' : 'unknown-status' });
  if (intent.timeInForce === 'cls') return { leg: awaitAuction(leg, stage, order, state), actions: [] };
  const quote = usableQuote(leg, seen, state, now);
  const workAt = (step: number): Step => ({
    leg: {
      ...leg,
      stage: {
        kind: 'working',
        intent,
        peg: step,
        orderId: order.orderId,
        until: now + pegWaitOf(step, quote, leg.volatility, state.rules),
      },
    },
    actions: [],
  });
  if (stage.kind === 'sending') return workAt(peg);
  if (now < stage.until) return { leg, actions: [] };
  if (peg + 1 >= state.rules.pegsMax) {
    return cancel(
      hasNextSlice(leg) ? { kind: 'next-slice' } : { kind: 'residual', code: whyUnfilled(leg, order, intent.limitPrice, state) },
    );
  }
  const next = quote === undefined ? undefined : limitPriceOf(leg.side, quote, leg.arrival, peg + 1, state.rules);
  const isWorthIt = move === 'work' && next !== undefined && isBetterLimit(leg.side, next, intent.limitPrice);
  // The step is over either way. An order that works keeps its place in the queue unless another price is better.
  return isWorthIt ? cancel({ kind: 'next-peg' }) : workAt(peg + 1);
}

/** It has one price, and all the time until the auction is over. */
function awaitAuction(leg: Leg, stage: LiveStage, { orderId }: Order, { close }: ExecutionState): Leg {
  if (stage.kind !== 'sending') return leg;
  const { intent, peg } = stage;
  return { ...leg, stage: { kind: 'working', intent, peg, orderId, until: close } };
}

/** What is canceled for its price is canceled for good once something says stop. */
function stopAfter(leg: Leg, stage: LiveStage, { orderId }: Order, stop: Stop | undefined): Leg {
  const isForGood = stage.kind !== 'canceling' || stage.cause.kind === 'residual';
  if (stop === undefined || stop.openOrders === 'keep' || isForGood) return leg;
  const { intent, peg } = stage;
  return { ...leg, stage: { kind: 'canceling', intent, peg, orderId, cause: { kind: 'residual', code: stop.code } } };
}

function usableQuote({ symbol }: Leg, { quotes }: Observation, { rules }: ExecutionState, now: EpochMs): Quote | undefined {
  const quote = quotes.get(symbol);
  return refuseQuote(quote, now, rules.quote) === undefined ? quote : undefined;
}

/**
 * Left to work at its price until the deadline, also when the switch is off again by then: its leg is over with it.
 * One that is being canceled for its price may end by the request that is out; none is sent again.
 */
function keepOrder(leg: Leg, stage: LiveStage, { orderId }: Order, { deadline }: ExecutionState): Leg {
  if (stage.kind === 'canceling' || (stage.kind === 'working' && stage.until === deadline)) return leg;
  const { intent, peg } = stage;
  return { ...leg, stage: { kind: 'working', intent, peg, orderId, until: deadline } };
}

function whyUnfilled(leg: Leg, { status }: Order, limitPrice: MicroUsd, state: ExecutionState): ResidualCode {
  if (status === 'suspended') return 'suspended';
  return limitPrice === collarLimit(leg.side, leg.arrival, state.rules.collarBps) ? 'outside-collar' : 'unfilled-at-limit';
}

/** Takes the fills of an order that can fill no more, and goes on with the remainder. */
function closeOrder(leg: Leg, order: Order): Leg {
  const { stage } = leg;
  if (stage.kind === 'waiting' || stage.kind === 'done') return leg;
  const closed: ClosedOrder = {
    clientOrderId: stage.intent.clientOrderId,
    status: order.status,
    limitPrice: stage.intent.limitPrice,
    quantity: stage.intent.quantity,
    filledQuantity: order.filledQuantity,
    ...(order.averageFillPrice === undefined ? {} : { averageFillPrice: order.averageFillPrice }),
  };
  const after: Leg = { ...leg, closedOrders: [...leg.closedOrders, closed] };
  if (remainingQuantity(after) <= 0n) return finish(after);
  if (sliceQuantity(after) <= 0n) return nextSlice(after);
  if (stage.kind === 'canceling' && stage.cause.kind === 'next-slice' && order.status === 'canceled') return nextSlice(after);
  if (stage.kind === 'canceling' && stage.cause.kind === 'next-peg' && order.status === 'canceled') {
    return { ...after, stage: { kind: 'waiting', peg: stage.peg + 1, quoteTries: 0 } };
  }
  const isAsAsked = order.status === 'canceled' || order.status === 'done-for-day';
  const code =
    stage.kind === 'canceling' && stage.cause.kind === 'residual' && isAsAsked ? stage.cause.code : codeOfEnd(order, stage.intent);
  return finish(after, code, { status: order.status });
}

function codeOfEnd(order: Order, { timeInForce }: OrderIntent): ResidualCode {
  if (timeInForce === 'cls' && (order.status === 'canceled' || order.status === 'expired')) return 'unfilled-in-auction';
  switch (order.status) {
    case 'expired':
      return 'expired';
    case 'rejected':
      return 'rejected';
    case 'replaced':
      return 'replaced-elsewhere';
    case 'done-for-day':
      return 'done-for-day';
    default:
      return 'canceled-by-broker';
  }
}

function unresolved(leg: Leg, stage: Exclude<LegStage, { kind: 'waiting' | 'done' }>, figures: Residual['figures']): Step {
  return done(leg, 'unresolved', { clientOrderId: stage.intent.clientOrderId, ...figures });
}

function done(leg: Leg, code: ResidualCode, figures: Residual['figures']): Step {
  return { leg: finish(leg, code, figures), actions: [] };
}

/** What a slice could not do is for the next one; of the last, it is a residual. */
export function leaveSlice(leg: Leg, code: ResidualCode, figures: Residual['figures']): Leg {
  return hasNextSlice(leg) ? nextSlice(leg) : finish(leg, code, figures);
}

/** Ends a leg. What is left is a residual: of the given code, or for want of money. */
export function finish(leg: Leg, code?: ResidualCode, figures: Residual['figures'] = {}): Leg {
  const remaining = remainingQuantity(leg);
  const quantity = remaining + leg.unfunded;
  if (quantity <= 0n) return { ...leg, stage: { kind: 'done' } };
  const residual: Residual =
    remaining > 0n && code !== undefined ? { quantity, code, figures } : { quantity, code: 'insufficient-proceeds', figures };
  return { ...leg, stage: { kind: 'done', residual } };
}

function figuresOf({ orderId, side, symbol, quantity, status }: Order): Residual['figures'] {
  return { orderId, side, symbol, quantity: formatShares(quantity), status };
}
