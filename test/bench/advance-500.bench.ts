// How long one turn of the crank takes with 500 orders open, against the least that any turn must do: valuing what the
// 500 of them may still take in exact integers.
import { advance } from '../../shared/core/execution/advance.ts';
import type { Leg } from '../../shared/core/execution/leg.ts';
import type { Observation } from '../../shared/core/execution/observation.ts';
import type { Order, OrderIntent, OrderStatus } from '../../shared/core/execution/order.ts';
import type { ExecutionState } from '../../shared/core/execution/state.ts';
import { usd } from '../../shared/core/values/money.ts';
import { notional, shares } from '../../shared/core/values/shares.ts';
import { aLeg, anExecutionState, CLOSE_AT } from '../builders/execution.ts';
import type { Bench } from './bench.ts';

const ORDERS = 500;
/** A single turn is too short for the clock; one measurement is the mean of this many. */
const REPEATS = 20;
const NOW = CLOSE_AT - 1_200_000;
const PRICE = usd('100');
const QUANTITY = shares('10');

export const bench: Bench = {
  name: 'advance',
  unit: 'ms',
  floor: 'valuing the 500 orders',
  rounds: 25,
  limits: { subjectMax: 5 },
  prepare: async () => {
    const waiting = anExecutionState(symbols().map((symbol) => aLeg({ symbol })));
    const working = anExecutionState(symbols().map((symbol) => workingLeg(symbol)));
    const expectActions = (state: ExecutionState, seen: Observation, count: number) => {
      const { actions } = advance(state, seen, NOW);
      if (actions.length !== count) throw new Error(`${actions.length} actions, expected ${count}: this measures something else`);
      return async () => meanMs(() => advance(state, seen, NOW));
    };
    return {
      subjects: [
        { name: 'sends 500', measure: expectActions(waiting, sightOf([], '1000000'), ORDERS) },
        { name: 'cuts 500 to the money', measure: expectActions(waiting, sightOf([], '300000'), ORDERS) },
        { name: 'prices 500 again', measure: expectActions(working, sightOf(ordersOf('working')), ORDERS) },
        { name: 'closes 500', measure: expectActions(working, sightOf(ordersOf('filled')), 0) },
      ],
      floor: async () => meanMs(() => symbols().reduce((sum) => sum + notional(PRICE, QUANTITY, 'ceil'), 0n)),
    };
  },
};

function symbols(): string[] {
  return Array.from({ length: ORDERS }, (_, index) => `S${String(index).padStart(3, '0')}`);
}

function intentOf(symbol: string): OrderIntent {
  const clientOrderId = `p_2026-11-20_daily_${symbol}_buy_0_0`;
  return { clientOrderId, symbol, side: 'buy', quantity: QUANTITY, limitPrice: PRICE, timeInForce: 'day' };
}

/** Its first price step is over. */
function workingLeg(symbol: string): Leg {
  return aLeg({ symbol, stage: { kind: 'working', intent: intentOf(symbol), peg: 0, orderId: symbol, until: NOW } });
}

function ordersOf(status: OrderStatus): Order[] {
  return symbols().map((symbol) => {
    const { clientOrderId, side, quantity } = intentOf(symbol);
    const filledQuantity = status === 'filled' ? quantity : 0n;
    return { orderId: symbol, clientOrderId, symbol, side, quantity, filledQuantity, averageFillPrice: PRICE, status };
  });
}

/** The ask has gone two cents beyond the orders. */
function sightOf(orders: readonly Order[], dollars = '1000000'): Observation {
  const cash = usd(dollars);
  return {
    killSwitch: 'off',
    account: { accountNumber: 'PA0BENCH', equity: cash, cash, buyingPower: cash, isBlocked: false },
    orders: new Map(orders.map((order) => [order.clientOrderId, order])),
    quotes: new Map(symbols().map((symbol) => [symbol, { symbol, bid: usd('99.98'), ask: usd('100.02'), at: NOW }])),
    news: new Map(),
  };
}

function meanMs(work: () => unknown): number {
  const from = performance.now();
  for (let repeat = 0; repeat < REPEATS; repeat += 1) work();
  return (performance.now() - from) / REPEATS;
}
