// What a regulator would ask about the orders of a session: did they meet each other, and were they meant to trade? It looks at
// orders as the records hold them and judges nobody.
import type { OrderStatus } from '../execution/order.ts';
import type { ClientOrderId, RunId, Side } from '../values/identity.ts';
import type { NanoShares } from '../values/shares.ts';
import type { NewYorkDate } from '../values/time.ts';

export interface RecordedOrder {
  readonly runId: RunId;
  readonly session: NewYorkDate;
  /** The account that it was sent to; undefined where the record does not say. */
  readonly accountNumber: string | undefined;
  readonly clientOrderId: ClientOrderId;
  readonly symbol: string;
  readonly side: Side;
  readonly filledQuantity: NanoShares;
  readonly status: OrderStatus;
}

export const SURVEILLANCE_CODES = [
  /** Orders of one account bought and sold a symbol in one session: they may have met, and nothing changed hands. */
  'self-cross',
  /** More orders of a symbol were canceled unfilled in one session than re-pricing explains. */
  'excessive-cancels',
] as const;

export interface SurveillanceFinding {
  readonly code: (typeof SURVEILLANCE_CODES)[number];
  readonly session: NewYorkDate;
  readonly symbol: string;
  readonly orders: readonly ClientOrderId[];
}

/** The most price steps that a portfolio file allows a trade: more cancels than that are not the re-pricing of one. */
export const CANCELS_MAX = 20;

/** By session, then symbol. Orders of an account that nobody told are held against each other. */
export function surveil(orders: readonly RecordedOrder[]): readonly SurveillanceFinding[] {
  const groups = new Map<string, RecordedOrder[]>();
  for (const order of orders) {
    const key = `${order.session} ${order.symbol} ${order.accountNumber ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), order]);
  }
  return [...groups.keys()].sort().flatMap((key) => findingsOf(groups.get(key) ?? []));
}

function findingsOf(orders: readonly RecordedOrder[]): SurveillanceFinding[] {
  const [first] = orders;
  if (first === undefined) return [];
  const { session, symbol } = first;
  const found = (code: SurveillanceFinding['code'], named: readonly RecordedOrder[]): SurveillanceFinding[] => [
    { code, session, symbol, orders: named.map(({ clientOrderId }) => clientOrderId).sort() },
  ];
  const filled = orders.filter(({ filledQuantity }) => filledQuantity > 0n);
  const isBothSides = filled.some(({ side }) => side === 'buy') && filled.some(({ side }) => side === 'sell');
  const canceled = orders.filter(({ status, filledQuantity }) => status === 'canceled' && filledQuantity === 0n);
  return [
    ...(isBothSides ? found('self-cross', filled) : []),
    ...(canceled.length > CANCELS_MAX ? found('excessive-cancels', canceled) : []),
  ];
}
