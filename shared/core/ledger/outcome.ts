// What a run came to: every trade with its fills, its cost and what was left of it, and the drift that remains.
import type { ClosedOrder, Leg, Residual } from '../execution/leg.ts';
import { filledQuantity } from '../execution/leg.ts';
import type { ExecutionState } from '../execution/state.ts';
import type { DriftLine, Skipped } from '../rebalance/plan.ts';
import type { Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { type NanoShares, notional } from '../values/shares.ts';

export interface TradeOutcome {
  readonly symbol: string;
  readonly side: Side;
  /** It made or ended a short position. Left out: a long one. */
  readonly position?: 'short';
  readonly quantity: NanoShares;
  readonly filledQuantity: NanoShares;
  readonly arrival: MicroUsd;
  /** What the fills cost against the arrival price; negative when they were better. */
  readonly executionShortfall: MicroUsd;
  readonly orders: readonly ClosedOrder[];
  readonly residual?: Residual;
}

export interface Outcome {
  readonly trades: readonly TradeOutcome[];
  /** Drift at the end, by symbol, then cash. */
  readonly lines: readonly DriftLine[];
  /**
   * Symbols outside their band that nothing explains: no trade filled to the last share (the rest is less than a
   * share, or the market has moved since), no residual, no skipped trade. Always a defect.
   */
  readonly unexplained: readonly string[];
}

export function outcomeOf(state: ExecutionState, lines: readonly DriftLine[], skipped: readonly Skipped[]): Outcome {
  return { trades: state.legs.map(tradeOutcome), lines, unexplained: unexplainedSymbols(state, lines, skipped) };
}

function tradeOutcome(leg: Leg): TradeOutcome {
  const { symbol, side, position, quantity, arrival, closedOrders, stage } = leg;
  return {
    symbol,
    side,
    ...(position === undefined ? {} : { position }),
    quantity,
    filledQuantity: filledQuantity(leg),
    arrival,
    executionShortfall: closedOrders.reduce((sum, order) => sum + shortfallOf(side, arrival, order), 0n),
    orders: closedOrders,
    ...(stage.kind === 'done' && stage.residual !== undefined ? { residual: stage.residual } : {}),
  };
}

/** side · (average fill − arrival) · quantity, rounded up: a cost is never understated. */
function shortfallOf(side: Side, arrival: MicroUsd, order: ClosedOrder): MicroUsd {
  if (order.averageFillPrice === undefined) return 0n;
  const worse = side === 'buy' ? order.averageFillPrice - arrival : arrival - order.averageFillPrice;
  return notional(worse, order.filledQuantity, 'ceil');
}

/** What cash there is too much or too little is explained by any trade that is. */
function unexplainedSymbols(state: ExecutionState, lines: readonly DriftLine[], skipped: readonly Skipped[]): string[] {
  const explained = new Set(skipped.map(({ symbol }) => symbol));
  for (const leg of state.legs) {
    const isCutShort = leg.stage.kind === 'done' && leg.stage.residual !== undefined;
    if (isCutShort || filledQuantity(leg) >= leg.quantity) explained.add(leg.symbol);
  }
  if (explained.size > 0) explained.add('cash');
  return lines.filter(({ symbol, isInside }) => !isInside && !explained.has(symbol)).map(({ symbol }) => symbol);
}
