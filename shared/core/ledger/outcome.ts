// What a run came to: every trade with its fills, its cost and what was left of it, and the drift that remains.
import type { ClosedOrder, Leg, Residual } from '../execution/leg.ts';
import { filledQuantity } from '../execution/leg.ts';
import type { ExecutionState } from '../execution/state.ts';
import type { DriftLine, Skipped } from '../rebalance/plan.ts';
import { parseRunId, type Side } from '../values/identity.ts';
import type { MicroUsd } from '../values/money.ts';
import { type NanoShares, notional } from '../values/shares.ts';
import type { NewYorkDate } from '../values/time.ts';
import { type Shortfall, shortfallOf } from './shortfall.ts';

export interface TradeOutcome {
  readonly symbol: string;
  readonly side: Side;
  /** It made or ended a short position. Left out: a long one. */
  readonly position?: 'short';
  readonly quantity: NanoShares;
  readonly filledQuantity: NanoShares;
  readonly arrival: MicroUsd;
  /** What the fills cost against the arrival; negative when they were better. */
  readonly executionShortfall: MicroUsd;
  /** The whole of it in its parts. Left out: by a release that did not measure it. */
  readonly shortfall?: Shortfall;
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

/** @param ends the mids now, where there is a quote that may be traded on. */
export function outcomeOf(
  state: ExecutionState,
  lines: readonly DriftLine[],
  skipped: readonly Skipped[],
  ends: ReadonlyMap<string, MicroUsd> = new Map(),
): Outcome {
  const session = parseRunId(state.runId)?.session;
  if (session === undefined) throw new Error(`an execution of ${state.runId}, which is no run`);
  return {
    trades: state.legs.map((leg) => tradeOutcome(leg, ends.get(leg.symbol), session)),
    lines,
    unexplained: unexplainedSymbols(state, lines, skipped),
  };
}

function tradeOutcome(leg: Leg, end: MicroUsd | undefined, session: NewYorkDate): TradeOutcome {
  const { symbol, side, position, quantity, arrival, closedOrders, stage } = leg;
  return {
    symbol,
    side,
    ...(position === undefined ? {} : { position }),
    quantity,
    filledQuantity: filledQuantity(leg),
    arrival,
    executionShortfall: closedOrders.reduce((sum, order) => sum + againstArrival(side, arrival, order), 0n),
    shortfall: shortfallOf(leg, end, session),
    orders: closedOrders,
    ...(stage.kind === 'done' && stage.residual !== undefined ? { residual: stage.residual } : {}),
  };
}

/** side · (average fill − arrival) · quantity, rounded up: a cost is never understated. */
function againstArrival(side: Side, arrival: MicroUsd, order: ClosedOrder): MicroUsd {
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
