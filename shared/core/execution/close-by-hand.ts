// The end of an execution that nobody drives any more: what the broker says of every order of it, put into the legs.
// It decides nothing about trading; it refuses while any order may still fill.
import type { ClientOrderId } from '../values/identity.ts';
import { finish } from './follow-order.ts';
import type { ClosedOrder, Leg } from './leg.ts';
import { isTerminal, type Order, type OrderIntent } from './order.ts';
import type { ExecutionState } from './state.ts';

export interface StillPossible {
  readonly clientOrderId: ClientOrderId;
  /** The broker's status, or why nothing can be said. */
  readonly status: string;
}

export type ClosedByHand =
  | { readonly kind: 'closed'; readonly state: ExecutionState }
  | { readonly kind: 'still-possible'; readonly orders: readonly StillPossible[] };

/** Every order that this execution sent, or may have sent. */
export function ordersOf({ legs }: ExecutionState): readonly ClientOrderId[] {
  return legs.flatMap((leg) => [...leg.closedOrders.map(({ clientOrderId }) => clientOrderId), ...lastOrderOf(leg)]);
}

/**
 * @param orders what the broker has of `ordersOf`, read when nothing can be in flight any more.
 */
export function closeByHand(state: ExecutionState, orders: ReadonlyMap<ClientOrderId, Order>): ClosedByHand {
  const possible = state.legs.flatMap((leg) => stillPossible(leg, orders));
  if (possible.length > 0) return { kind: 'still-possible', orders: possible };
  return { kind: 'closed', state: { ...state, legs: state.legs.map((leg) => closeLeg(leg, orders)) } };
}

/** Where nobody can be asked any more: nothing is known of what was out, and what was done already stays as it was recorded. */
export function closeUnasked(state: ExecutionState): ExecutionState {
  return { ...state, legs: state.legs.map((leg) => closeLeg(leg, new Map())) };
}

function stillPossible(leg: Leg, orders: ReadonlyMap<ClientOrderId, Order>): StillPossible[] {
  const ids = [...leg.closedOrders.map(({ clientOrderId }) => clientOrderId), ...lastOrderOf(leg)];
  return ids.flatMap((clientOrderId): StillPossible[] => {
    const order = orders.get(clientOrderId);
    if (order === undefined) return mayBeUnknown(leg, clientOrderId) ? [] : [{ clientOrderId, status: 'not found' }];
    if (order.symbol !== leg.symbol || order.side !== leg.side) return [{ clientOrderId, status: 'another order' }];
    return isTerminal(order.status) ? [] : [{ clientOrderId, status: order.status }];
  });
}

/** The broker was never heard to have it. By now it never will. */
function mayBeUnknown({ stage }: Leg, clientOrderId: ClientOrderId): boolean {
  if (stage.kind === 'sending') return stage.intent.clientOrderId === clientOrderId;
  return stage.kind === 'done' && stage.residual?.figures['clientOrderId'] === clientOrderId;
}

/** The order that the leg has out, or whose fate it gave up on. */
function lastOrderOf({ stage }: Leg): ClientOrderId[] {
  if (stage.kind === 'waiting') return [];
  if (stage.kind !== 'done') return [stage.intent.clientOrderId];
  const doubted = stage.residual?.code === 'unresolved' ? stage.residual.figures['clientOrderId'] : undefined;
  return doubted === undefined ? [] : [doubted];
}

/** What was done already stays as it was recorded. */
function closeLeg(leg: Leg, orders: ReadonlyMap<ClientOrderId, Order>): Leg {
  const { stage } = leg;
  if (stage.kind === 'done') return leg;
  if (stage.kind === 'waiting') return finish(leg, 'unresolved', { closed: 'by hand' });
  const order = orders.get(stage.intent.clientOrderId);
  const status = order?.status ?? 'not-found';
  const closed = order === undefined ? [] : [closedOrderOf(stage.intent, order)];
  return finish({ ...leg, closedOrders: [...leg.closedOrders, ...closed] }, 'unresolved', { closed: 'by hand', status });
}

function closedOrderOf({ clientOrderId, limitPrice, quantity }: OrderIntent, order: Order): ClosedOrder {
  const { status, filledQuantity, averageFillPrice } = order;
  return { clientOrderId, status, limitPrice, quantity, filledQuantity, ...(averageFillPrice === undefined ? {} : { averageFillPrice }) };
}
