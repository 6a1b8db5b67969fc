// The trades and orders of a run as its record and its outcome tell them.
import type { Residual } from '../../core/execution/leg.ts';
import { filledQuantity, type Leg } from '../../core/execution/leg.ts';
import { averageFillPrice } from '../../core/ledger/average-fill-price.ts';
import type { Shortfall } from '../../core/ledger/shortfall.ts';
import type { RecordedOrder } from '../../core/ledger/surveillance.ts';
import type { RunId, Side } from '../../core/values/identity.ts';
import type { MicroUsd } from '../../core/values/money.ts';
import type { NanoShares } from '../../core/values/shares.ts';
import type { NewYorkDate } from '../../core/values/time.ts';
import type { RunWithArtifacts } from '../read-run.ts';

export interface RecordedTrade {
  readonly runId: RunId;
  readonly session: NewYorkDate;
  readonly symbol: string;
  readonly side: Side;
  readonly isShort: boolean;
  readonly planned: NanoShares;
  readonly filled: NanoShares;
  /** Mid when it was decided. */
  readonly decision: MicroUsd;
  /** Over all fills; undefined where nothing filled, or a fill has no price. */
  readonly average: MicroUsd | undefined;
  /** undefined before the run has ended, or by a release that did not measure it. */
  readonly shortfall: Shortfall | undefined;
  readonly residual: Residual | undefined;
}

export interface ReportedOrder extends RecordedOrder {
  readonly quantity: NanoShares;
  readonly limitPrice: MicroUsd;
  readonly averageFillPrice: MicroUsd | undefined;
}

export function tradesOf(run: RunWithArtifacts): RecordedTrade[] {
  const { runId, session } = run.record;
  return legsOf(run).map((leg) => {
    const { symbol, side, position, quantity, arrival, decision, closedOrders, stage } = leg;
    const told = run.outcome?.outcome.trades.find((each) => each.symbol === symbol && each.side === side);
    return {
      runId,
      session,
      symbol,
      side,
      isShort: position === 'short',
      planned: quantity,
      filled: filledQuantity(leg),
      decision: decision ?? arrival,
      average: averageFillPrice(closedOrders),
      shortfall: told?.shortfall,
      residual: stage.kind === 'done' ? stage.residual : undefined,
    };
  });
}

/** Those that can fill no more. */
export function ordersOf(run: RunWithArtifacts): ReportedOrder[] {
  const { runId, session } = run.record;
  const accountNumber = run.snapshot?.account.accountNumber;
  return legsOf(run).flatMap(({ symbol, side, closedOrders }) =>
    closedOrders.map(({ clientOrderId, quantity, limitPrice, filledQuantity: filled, averageFillPrice: price, status }) => ({
      runId,
      session,
      accountNumber,
      clientOrderId,
      symbol,
      side,
      quantity,
      limitPrice,
      filledQuantity: filled,
      averageFillPrice: price,
      status,
    })),
  );
}

function legsOf({ record: { phase } }: RunWithArtifacts): readonly Leg[] {
  return phase.kind === 'claimed' ? [] : (phase.execution?.legs ?? []);
}
