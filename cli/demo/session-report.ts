// What one session came to, read back from the run record and its artifacts: the same that an owner can read.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { TradeOutcome } from '../../shared/core/ledger/outcome.ts';
import { sumOfShortfalls } from '../../shared/core/ledger/shortfall.ts';
import type { DriftLine } from '../../shared/core/rebalance/plan.ts';
import { formatUsd, type MicroUsd } from '../../shared/core/values/money.ts';
import { formatShares, notional } from '../../shared/core/values/shares.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { toFraction } from '../../shared/core/values/weight.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';

export interface OrderReport {
  readonly clientOrderId: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly quantity: string;
  readonly limitPrice: string;
  readonly status: string;
  readonly filledQuantity: string;
  readonly averageFillPrice: string | null;
}

export interface LeftReport {
  readonly symbol: string;
  readonly reason: string;
  readonly figures: Readonly<Record<string, string>>;
}

export interface SessionReport {
  readonly date: NewYorkDate;
  readonly runId: string;
  /** How the run ended, or `not-ended`. */
  readonly ending: string;
  /** Of a refused run, why: a code of the README's table; null otherwise. */
  readonly code: string | null;
  readonly detail: string;
  /** The largest distance of a symbol from its target, as a fraction; null when the run was refused before it knew. */
  readonly driftBefore: number | null;
  readonly driftAfter: number | null;
  readonly orders: readonly OrderReport[];
  /** Planned and not done, each with its reason. */
  readonly residuals: readonly (LeftReport & { readonly side: 'buy' | 'sell'; readonly quantity: string })[];
  /** Not planned, each with its reason. */
  readonly skipped: readonly LeftReport[];
  /** Candidates of the strategy that had no data, so that others got their share. */
  readonly leftOut: readonly { readonly sleeve: string; readonly symbol: string; readonly metric: string }[];
  /** Symbols outside the band for which the record has no reason. */
  readonly unexplained: readonly string[];
  /** US dollars. */
  readonly sold: string;
  readonly bought: string;
  /** Execution shortfall against the arrival mid, in US dollars; positive costs. */
  readonly cost: string;
  /** The same against the price of the decision, in its parts; null where one is not known. */
  readonly shortfall: ShortfallReport;
}

export interface ShortfallReport {
  readonly delay: string | null;
  readonly execution: string | null;
  readonly opportunity: string | null;
  readonly fees: string | null;
}

const NO_SHORTFALL: ShortfallReport = { delay: '0.00', execution: '0.00', opportunity: '0.00', fees: '0.00' };

export async function reportSession(record: RunRecord, artifacts: ArtifactStore, now: EpochMs): Promise<SessionReport> {
  const ending = record.phase.kind === 'ended' ? record.phase.ending : undefined;
  const none = {
    orders: [],
    residuals: [],
    skipped: [],
    unexplained: [],
    sold: '0.00',
    bought: '0.00',
    cost: '0.00',
    shortfall: NO_SHORTFALL,
  };
  const known = {
    date: record.session,
    runId: record.runId,
    ending: ending?.kind ?? 'not-ended',
    code: ending?.code ?? null,
    detail: ending?.detail ?? phaseText(record, now),
  };
  if (record.artifacts.plan === undefined) return { ...known, driftBefore: null, driftAfter: null, ...none, leftOut: [] };
  const { result } = await readArtifact(artifacts, record, 'decision');
  const leftOut = result.kind === 'weights' ? result.leftOut.map(({ sleeve, symbol, metric }) => ({ sleeve, symbol, metric })) : [];

  const { plan } = await readArtifact(artifacts, record, 'plan');
  const driftBefore = largestOf(plan.lines);
  const skipped = plan.skipped.map(({ symbol, code, figures }) => ({ symbol, reason: code, figures }));
  if (record.artifacts.outcome === undefined) return { ...known, driftBefore, driftAfter: driftBefore, ...none, skipped, leftOut };

  const { outcome } = await readArtifact(artifacts, record, 'outcome');
  const { trades } = outcome;
  const filled = (side: 'buy' | 'sell'): MicroUsd =>
    trades
      .flatMap((trade) => (trade.side === side ? trade.orders : []))
      .reduce((sum, order) => sum + notional(order.averageFillPrice ?? 0n, order.filledQuantity, 'half-even'), 0n);
  return {
    ...known,
    driftBefore,
    driftAfter: largestOf(outcome.lines),
    leftOut,
    orders: trades.flatMap(({ symbol, side, orders }) =>
      orders.map((order) => ({
        clientOrderId: order.clientOrderId,
        symbol,
        side,
        quantity: formatShares(order.quantity),
        limitPrice: formatUsd(order.limitPrice),
        status: order.status,
        filledQuantity: formatShares(order.filledQuantity),
        averageFillPrice: order.averageFillPrice === undefined ? null : formatUsd(order.averageFillPrice),
      })),
    ),
    residuals: trades.flatMap(({ symbol, side, residual }) =>
      residual === undefined
        ? []
        : [{ symbol, side, quantity: formatShares(residual.quantity), reason: residual.code, figures: residual.figures }],
    ),
    skipped,
    unexplained: outcome.unexplained,
    sold: formatUsd(filled('sell')),
    bought: formatUsd(filled('buy')),
    cost: formatUsd(trades.reduce((sum, { executionShortfall }) => sum + executionShortfall, 0n)),
    shortfall: shortfallReport(trades),
  };
}

/** Runs of earlier releases did not measure it: nothing is known of them. */
function shortfallReport(trades: readonly TradeOutcome[]): ShortfallReport {
  const known = trades.flatMap(({ shortfall }) => shortfall ?? []);
  if (known.length < trades.length) return { delay: null, execution: null, opportunity: null, fees: null };
  const { delay, execution, opportunity, fees } = sumOfShortfalls(known);
  const textOf = (amount: MicroUsd | undefined): string | null => (amount === undefined ? null : formatUsd(amount));
  return { delay: textOf(delay), execution: textOf(execution), opportunity: textOf(opportunity), fees: textOf(fees) };
}

/** A plan that was not approved before its deadline waits for nothing any more. */
function phaseText({ phase }: RunRecord, now: EpochMs): string {
  return phase.kind === 'awaiting-approval' && now >= phase.execution.deadline ? 'approval-missed' : phase.kind;
}

/** Over the symbols; idle cash is not a symbol. */
function largestOf(lines: readonly DriftLine[]): number {
  return Math.max(0, ...lines.filter(({ symbol }) => symbol !== 'cash').map(({ drift }) => Math.abs(toFraction(drift))));
}
