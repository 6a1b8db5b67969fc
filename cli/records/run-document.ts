// A run as data: what happened when, every trade with its orders, what was left and why, what it cost.
import type { Snapshot } from '../../shared/contracts/artifacts.ts';
import { ARTIFACT_KINDS, type ArtifactKind, type RunRecord } from '../../shared/contracts/run-record.ts';
import type { ClosedOrder, Leg } from '../../shared/core/execution/leg.ts';
import type { Shortfall } from '../../shared/core/ledger/shortfall.ts';
import { midOf, type Quote } from '../../shared/core/market/quote.ts';
import { formatUsd, type MicroUsd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';
import type { RunWithArtifacts } from '../../shared/workflow/read-run.ts';
import { type RunEvent, timelineOf } from './timeline.ts';

/** Amounts are US dollars, quantities shares; null where it is not known. */
export interface RunDocument {
  readonly runId: string;
  readonly session: string;
  readonly schedule: string;
  readonly phase: RunRecord['phase']['kind'];
  readonly ending: string | null;
  readonly code: string | null;
  readonly detail: string | null;
  /** Of a live run that decided: what cleared each sleeve, and who let it trade without. */
  readonly clearance: NonNullable<Snapshot['clearance']> | null;
  readonly timeline: readonly RunEvent[];
  readonly trades: readonly TradeDocument[];
  /** Not planned. */
  readonly skipped: readonly { readonly symbol: string; readonly code: string; readonly figures: Readonly<Record<string, string>> }[];
  readonly lines: readonly LineDocument[];
  /** Outside the band without a recorded reason: always a defect. */
  readonly unexplained: readonly string[];
  readonly artifacts: readonly { readonly kind: ArtifactKind; readonly hash: string }[];
}

export interface LineDocument {
  readonly symbol: string;
  readonly weight: string;
  readonly target: string;
  readonly drift: string;
  readonly isInside: boolean;
  /** After the run. */
  readonly driftAfter: string | null;
}

export interface TradeDocument {
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly isShort: boolean;
  readonly quantity: string;
  readonly filled: string;
  /** waiting, sending, working, canceling or done. */
  readonly stage: string;
  /** Mid when the plan was made, when limits were collared, when the first order was made. */
  readonly decision: string;
  readonly arrival: string;
  readonly entry: string | null;
  /** By which the plan was made. */
  readonly quote: { readonly bid: string; readonly ask: string; readonly mid: string; readonly at: string } | null;
  readonly orders: readonly OrderDocument[];
  readonly residual: { readonly code: string; readonly quantity: string; readonly figures: Readonly<Record<string, string>> } | null;
  /** Of a run that has ended. */
  readonly shortfall: ShortfallDocument | null;
}

export interface OrderDocument {
  readonly clientOrderId: string;
  readonly quantity: string;
  readonly limitPrice: string;
  /** How the broker ended it, or where it stands with us. */
  readonly status: string;
  readonly filled: string;
  readonly averageFillPrice: string | null;
}

export interface ShortfallDocument {
  readonly delay: string;
  readonly execution: string;
  readonly opportunity: string | null;
  readonly fees: string | null;
}

export function runDocument(run: RunWithArtifacts): RunDocument {
  const { record, plan, outcome } = run;
  const { runId, session, schedule, phase } = record;
  const ending = phase.kind === 'ended' ? phase.ending : undefined;
  const legs = phase.kind === 'claimed' ? [] : (phase.execution?.legs ?? []);
  const after = new Map(outcome?.outcome.lines.map(({ symbol, drift }) => [symbol, formatPercent(drift)]));
  return {
    runId,
    session,
    schedule,
    phase: phase.kind,
    ending: ending?.kind ?? null,
    code: ending?.code ?? null,
    detail: ending?.detail ?? null,
    clearance: run.snapshot?.clearance ?? null,
    timeline: timelineOf(run),
    trades: legs.map((leg) => tradeDocument(leg, run)),
    skipped: plan?.plan.skipped ?? [],
    lines: (plan?.plan.lines ?? []).map(({ symbol, weight, target, drift, isInside }) => ({
      symbol,
      weight: formatPercent(weight),
      target: formatPercent(target),
      drift: formatPercent(drift),
      isInside,
      driftAfter: after.get(symbol) ?? null,
    })),
    unexplained: outcome?.outcome.unexplained ?? [],
    artifacts: ARTIFACT_KINDS.flatMap((kind) => {
      const hash = record.artifacts[kind];
      return hash === undefined ? [] : [{ kind, hash }];
    }),
  };
}

function tradeDocument(leg: Leg, { snapshot, outcome }: RunWithArtifacts): TradeDocument {
  const { symbol, side, position, quantity, arrival, decision, entry, closedOrders, stage } = leg;
  const residual = stage.kind === 'done' ? stage.residual : undefined;
  const told = outcome?.outcome.trades.find((each) => each.symbol === symbol);
  return {
    symbol,
    side,
    isShort: position === 'short',
    quantity: formatShares(quantity),
    filled: formatShares(closedOrders.reduce((sum, order) => sum + order.filledQuantity, 0n)),
    stage: stage.kind,
    decision: formatUsd(decision ?? arrival),
    arrival: formatUsd(arrival),
    entry: entry === undefined ? null : formatUsd(entry),
    quote: quoteDocument(snapshot?.quotes.find((each) => each.symbol === symbol)),
    orders: [...closedOrders.map(orderDocument), ...openOrder(leg)],
    residual: residual === undefined ? null : { ...residual, quantity: formatShares(residual.quantity) },
    shortfall: shortfallDocument(told?.shortfall),
  };
}

function orderDocument({ clientOrderId, status, limitPrice, quantity, filledQuantity, averageFillPrice }: ClosedOrder): OrderDocument {
  return {
    clientOrderId,
    quantity: formatShares(quantity),
    limitPrice: formatUsd(limitPrice),
    status,
    filled: formatShares(filledQuantity),
    averageFillPrice: averageFillPrice === undefined ? null : formatUsd(averageFillPrice),
  };
}

/** The one that the record holds as sent and not ended; what it has filled by now, only the broker knows. */
function openOrder({ stage }: Leg): OrderDocument[] {
  if (stage.kind === 'waiting' || stage.kind === 'done') return [];
  const { clientOrderId, quantity, limitPrice } = stage.intent;
  const intent = { clientOrderId, quantity: formatShares(quantity), limitPrice: formatUsd(limitPrice) };
  return [{ ...intent, status: stage.kind, filled: '0', averageFillPrice: null }];
}

function quoteDocument(quote: Quote | undefined): TradeDocument['quote'] {
  if (quote === undefined) return null;
  const { bid, ask, at } = quote;
  return { bid: formatUsd(bid), ask: formatUsd(ask), mid: formatUsd(midOf(quote)), at: new Date(at).toISOString() };
}

export function shortfallDocument(shortfall: Shortfall | undefined): ShortfallDocument | null {
  if (shortfall === undefined) return null;
  const { delay, execution, opportunity, fees } = shortfall;
  const textOf = (amount: MicroUsd | undefined): string | null => (amount === undefined ? null : formatUsd(amount));
  return { delay: formatUsd(delay), execution: formatUsd(execution), opportunity: textOf(opportunity), fees: textOf(fees) };
}
