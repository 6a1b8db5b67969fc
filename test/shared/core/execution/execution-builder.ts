// Legs, states and sights of the world of which a test states only what matters. The clock of a test starts at 0,
// the deadline is at 20 minutes and the close at 25.
import type { Leg, LegStage } from '../../../../shared/core/execution/leg.ts';
import type { Observation, SubmissionNews } from '../../../../shared/core/execution/observation.ts';
import type { Order, OrderIntent, OrderStatus } from '../../../../shared/core/execution/order.ts';
import type { ExecutionRules } from '../../../../shared/core/execution/rules.ts';
import type { ExecutionState } from '../../../../shared/core/execution/state.ts';
import type { Quote } from '../../../../shared/core/market/quote.ts';
import type { Side } from '../../../../shared/core/values/identity.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { MINUTE_MS } from '../../../../shared/core/values/time.ts';

export const DEADLINE = 20 * MINUTE_MS;
export const CLOSE = 25 * MINUTE_MS;

export const RULES: ExecutionRules = {
  style: 'marketable',
  pegsMax: 3,
  pegWaitMs: 30_000,
  collarBps: 20,
  deadlineBeforeCloseMs: 5 * MINUTE_MS,
  quote: { quoteAgeMsMax: 30_000, spreadBpsMax: 50 },
};

export function aState(legs: readonly Leg[], stated: Partial<ExecutionState> = {}): ExecutionState {
  return { runId: 'p/2026-11-20/daily', rules: RULES, shareUnit: 'whole', deadline: DEADLINE, close: CLOSE, legs, ...stated };
}

export function aLeg(side: Side, symbol: string, quantity: string, stated: Partial<Leg> = {}): Leg {
  const stage: LegStage = { kind: 'waiting', peg: 0, quoteTries: 0 };
  return { symbol, side, quantity: shares(quantity), arrival: usd('100'), unfunded: 0n, closedOrders: [], stage, ...stated };
}

export function anIntent(side: Side, symbol: string, quantity: string, stated: Partial<OrderIntent> = {}): OrderIntent {
  return {
    clientOrderId: `p_2026-11-20_daily_${symbol}_${side}_0_0`,
    symbol,
    side,
    quantity: shares(quantity),
    limitPrice: usd('100'),
    timeInForce: 'day',
    ...stated,
  };
}

/** A leg whose one intent is for all of it. */
export function aSendingLeg(
  side: Side,
  symbol: string,
  quantity: string,
  stated: Partial<Extract<LegStage, { kind: 'sending' }>> = {},
): Leg {
  const stage: LegStage = {
    kind: 'sending',
    intent: anIntent(side, symbol, quantity),
    peg: 0,
    attempts: 1,
    withoutEffect: 0,
    retryAt: 2_000,
    ...stated,
  };
  return aLeg(side, symbol, quantity, { stage });
}

export function aWorkingLeg(
  side: Side,
  symbol: string,
  quantity: string,
  stated: Partial<Extract<LegStage, { kind: 'working' }>> = {},
): Leg {
  const stage: LegStage = {
    kind: 'working',
    intent: anIntent(side, symbol, quantity),
    peg: 0,
    orderId: `order-${symbol}`,
    until: 30_000,
    ...stated,
  };
  return aLeg(side, symbol, quantity, { stage });
}

export function aCancelingLeg(
  side: Side,
  symbol: string,
  quantity: string,
  stated: Partial<Extract<LegStage, { kind: 'canceling' }>> = {},
): Leg {
  const stage: LegStage = {
    kind: 'canceling',
    intent: anIntent(side, symbol, quantity),
    peg: 0,
    orderId: `order-${symbol}`,
    cause: { kind: 'next-peg' },
    ...stated,
  };
  return aLeg(side, symbol, quantity, { stage });
}

/** The broker's word on the order of a leg. */
export function orderOf({ stage }: Leg, status: OrderStatus, filled = '0', averageFillPrice = '100'): Order {
  if (stage.kind === 'waiting' || stage.kind === 'done') throw new RangeError('this leg has no order');
  const { clientOrderId, symbol, side, quantity } = stage.intent;
  const order: Order = { orderId: `order-${symbol}`, clientOrderId, symbol, side, quantity, filledQuantity: shares(filled), status };
  return filled === '0' ? order : { ...order, averageFillPrice: usd(averageFillPrice) };
}

export function aQuote(symbol: string, bid: string, ask: string, at = 0): Quote {
  return { symbol, bid: usd(bid), ask: usd(ask), at };
}

interface Sight {
  readonly orders?: readonly Order[];
  readonly quotes?: readonly Quote[];
  readonly news?: Readonly<Record<string, SubmissionNews>>;
  readonly cash?: string;
  readonly buyingPower?: string;
  readonly killSwitch?: Observation['killSwitch'];
  readonly isBlocked?: boolean;
}

/** News by symbol; the orders are by their own ids. */
export function aSight(
  legs: readonly Leg[],
  { orders = [], quotes = [], news = {}, cash = '100000', buyingPower = cash, killSwitch = 'off', isBlocked = false }: Sight = {},
): Observation {
  const idOf = (symbol: string): string => {
    const stage = legs.find((leg) => leg.symbol === symbol)?.stage;
    if (stage === undefined || stage.kind === 'waiting' || stage.kind === 'done') throw new RangeError(`${symbol} has no order`);
    return stage.intent.clientOrderId;
  };
  return {
    killSwitch,
    account: { accountNumber: 'PA1', equity: usd('100000'), cash: usd(cash), buyingPower: usd(buyingPower), isBlocked },
    orders: new Map(orders.map((order) => [order.clientOrderId, order])),
    quotes: new Map(quotes.map((quote) => [quote.symbol, quote])),
    news: new Map(Object.entries(news).map(([symbol, told]) => [idOf(symbol), told])),
  };
}
