// An execution state of which a test states only what matters.
import type { ClosedOrder, Leg } from '../../shared/core/execution/leg.ts';
import type { ExecutionRules } from '../../shared/core/execution/rules.ts';
import type { ExecutionState } from '../../shared/core/execution/state.ts';
import { usd } from '../../shared/core/values/money.ts';
import { shares } from '../../shared/core/values/shares.ts';

/** 2026-11-20, a regular session: its close at 16:00 in New York. */
export const CLOSE_AT = Date.UTC(2026, 10, 20, 21);

export function someExecutionRules(stated: Partial<ExecutionRules> = {}): ExecutionRules {
  return {
    style: 'marketable',
    pegsMax: 3,
    pegWaitMs: 30_000,
    collarBps: 20,
    deadlineBeforeCloseMs: 300_000,
    quote: { quoteAgeMsMax: 30_000, spreadBpsMax: 50 },
    ...stated,
  };
}

/** Ten shares of SPY to buy at an arrival of 100 dollars, not begun. */
export function aLeg(stated: Partial<Leg> = {}): Leg {
  return {
    symbol: 'SPY',
    side: 'buy',
    quantity: shares('10'),
    arrival: usd('100'),
    unfunded: 0n,
    closedOrders: [],
    stage: { kind: 'waiting', peg: 0, quoteTries: 0 },
    ...stated,
  };
}

/** `aFilledOrder('10', '100.02')`: all of it, at that average. */
export function aFilledOrder(quantity: string, averageFillPrice: string, stated: Partial<ClosedOrder> = {}): ClosedOrder {
  return {
    clientOrderId: 'sixty-forty_2026-11-20_month-end_SPY_buy_0_0',
    status: 'filled',
    limitPrice: usd(averageFillPrice),
    quantity: shares(quantity),
    filledQuantity: shares(quantity),
    averageFillPrice: usd(averageFillPrice),
    ...stated,
  };
}

export function anExecutionState(legs: readonly Leg[] = [aLeg()], stated: Partial<ExecutionState> = {}): ExecutionState {
  return {
    runId: 'sixty-forty/2026-11-20/month-end',
    rules: someExecutionRules(),
    shareUnit: 'whole',
    deadline: CLOSE_AT - 300_000,
    close: CLOSE_AT,
    legs,
    ...stated,
  };
}
