// What a leg with an order out does next, given what the broker says of that order.
import type { MicroUsd } from '../values/money.ts';
import { type EpochMs, MINUTE_MS } from '../values/time.ts';
import { type ClosedOrder, type Leg, type LegStage, type Residual, type ResidualCode, remainingQuantity } from './leg.ts';
import { collarLimit } from './limit-price.ts';
import type { Action, Observation, SubmissionNews } from './observation.ts';
import { isTerminal, type Order, type OrderIntent } from './order.ts';
import type { ExecutionState } from './state.ts';
import type { Stop } from './stop.ts';

export interface Step {
  readonly leg: Leg;
  readonly actions: readonly Action[];
}

type Stage<Kind extends LegStage['kind']> = Extract<LegStage, { kind: Kind }>;

/** So long after the close an order that has not ended is a matter for a person. */
const GIVE_UP_AFTER_CLOSE_MS = 15 * MINUTE_MS;
/** Longest time between two attempts to learn what became of an order. */
const RETRY_MS_MAX = 60_000;
const RETRY_MS_FIRST = 2_000;

export function followOrder(leg: Leg, state: ExecutionState, seen: Observation, stop: Stop | undefined, now: EpochMs): Step {
  const { stage } = leg;
  if (stage.kind === 'waiting' || stage.kind === 'done') return { leg, actions: [] };
  const order = seen.orders.get(stage.intent.clientOrderId);
  if (order !== undefined) {
    requireSame(order, stage.intent);
    if (isTerminal(order.status)) return { leg: closeOrder(leg, order), actions: [] };
    if (now >= state.close + GIVE_UP_AFTER_CLOSE_MS) return unresolved(leg, stage, { status: order.status });
    return followLive(leg, stage, order, state, stop, now);
  }
  if (stage.kind === 'sending') return resolveSending(leg, stage, seen.news.get(stage.intent.clientOrderId), state, stop, now);
  // A known order that cannot be found this time is still out: look again on the next turn.
  return now >= state.close + GIVE_UP_AFTER_CLOSE_MS ? unresolved(leg, stage, { status: 'not-found' }) : { leg, actions: [] };
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
  stage: Stage<'sending' | 'working' | 'canceling'>,
  order: Order,
  state: ExecutionState,
  stop: Stop | undefined,
  now: EpochMs,
): Step {
  const { intent, peg } = stage;
  if (stop?.openOrders === 'keep') return { leg: keepOrder(leg, stage, order, state), actions: [] };
  const ask: Action = { kind: 'cancel', orderId: order.orderId, occasion: stop === undefined ? 'price' : 'stop' };
  const cancel = (cause: Stage<'canceling'>['cause']): Step => ({
    leg: { ...leg, stage: { kind: 'canceling', intent, peg, orderId: order.orderId, cause } },
    actions: [ask],
  });
  const isCancelingForGood = stage.kind === 'canceling' && stage.cause.kind === 'residual';
  if (stop !== undefined && !isCancelingForGood) return cancel({ kind: 'residual', code: stop.code });
  if (stage.kind === 'canceling') return { leg, actions: order.status === 'canceling' ? [] : [ask] };
  if (stage.kind === 'sending') {
    return {
      leg: { ...leg, stage: { kind: 'working', intent, peg, orderId: order.orderId, until: now + state.rules.pegWaitMs } },
      actions: [],
    };
  }
  if (now < stage.until) return { leg, actions: [] };
  return peg + 1 < state.rules.pegsMax
    ? cancel({ kind: 'next-peg' })
    : cancel({ kind: 'residual', code: whyUnfilled(leg, intent.limitPrice, state) });
}

/**
 * Left to work at its price until the deadline, also when the switch is off again by then: its leg is over with it.
 * One that is being canceled for its price may end by the request that is out; none is sent again.
 */
function keepOrder(leg: Leg, stage: Stage<'sending' | 'working' | 'canceling'>, { orderId }: Order, { deadline }: ExecutionState): Leg {
  if (stage.kind === 'canceling' || (stage.kind === 'working' && stage.until === deadline)) return leg;
  const { intent, peg } = stage;
  return { ...leg, stage: { kind: 'working', intent, peg, orderId, until: deadline } };
}

function whyUnfilled(leg: Leg, limitPrice: MicroUsd, state: ExecutionState): ResidualCode {
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
  if (stage.kind === 'canceling' && stage.cause.kind === 'next-peg' && order.status === 'canceled') {
    return { ...after, stage: { kind: 'waiting', peg: stage.peg + 1, quoteTries: 0 } };
  }
  const code =
    stage.kind === 'canceling' && stage.cause.kind === 'residual' && order.status === 'canceled' ? stage.cause.code : codeOfEnd(order);
  return finish(after, code, { status: order.status });
}

function codeOfEnd(order: Order): ResidualCode {
  switch (order.status) {
    case 'expired':
      return 'expired';
    case 'rejected':
      return 'rejected';
    case 'replaced':
      return 'replaced-elsewhere';
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

/** Ends a leg. What is left is a residual: of the given code, or for want of money. */
export function finish(leg: Leg, code?: ResidualCode, figures: Residual['figures'] = {}): Leg {
  const remaining = remainingQuantity(leg);
  const quantity = remaining + leg.unfunded;
  if (quantity <= 0n) return { ...leg, stage: { kind: 'done' } };
  const residual: Residual =
    remaining > 0n && code !== undefined ? { quantity, code, figures } : { quantity, code: 'insufficient-proceeds', figures };
  return { ...leg, stage: { kind: 'done', residual } };
}

/** The broker found another order under our id: nothing that we believe holds any more. */
function requireSame(order: Order, intent: OrderIntent): void {
  if (order.symbol === intent.symbol && order.side === intent.side && order.quantity === intent.quantity) return;
  throw new Error(
    `order ${intent.clientOrderId} at the broker is ${order.side} ${order.quantity} ${order.symbol}, expected ${intent.side} ${intent.quantity} ${intent.symbol}`,
  );
}
