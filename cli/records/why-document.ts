// Why a symbol was traded in a run or not, as data.
import { midOf } from '../../shared/core/market/quote.ts';
import type { Trace } from '../../shared/core/strategy/evaluator/trace.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';
import type { WhySymbol } from '../../shared/workflow/why-symbol.ts';
import { type ShortfallDocument, shortfallDocument } from './run-document.ts';

type Figures = Readonly<Record<string, string>>;

/** In the order in which it was decided. Amounts are US dollars; null where a run did not come so far. */
export interface WhyDocument {
  readonly runId: string;
  readonly symbol: string;
  /** The one thing that decided: `traded`, `partly-traded`, or the code of what kept it from being traded. */
  readonly answer: string;
  readonly seen: {
    readonly position: string;
    readonly isOurs: boolean;
    readonly quote: { readonly bid: string; readonly ask: string; readonly mid: string; readonly ageMs: number } | null;
  } | null;
  readonly sleeves: readonly {
    readonly name: string;
    readonly capital: string;
    readonly turn: string | null;
    readonly exit: { readonly by: string; readonly touched: string } | null;
    readonly leftOut: { readonly metric: string; readonly why: string } | null;
    readonly trace: Trace | null;
  }[];
  readonly line: {
    readonly weight: string;
    readonly target: string;
    readonly drift: string;
    /** Half-width of the band around this target. */
    readonly band: string;
    readonly isInside: boolean;
  } | null;
  readonly plan: { readonly isTriggered: boolean; readonly isForced: boolean } | null;
  readonly trade: { readonly side: string; readonly quantity: string; readonly arrival: string; readonly notional: string } | null;
  readonly skipped: readonly { readonly code: string; readonly figures: Figures }[];
  readonly review: { readonly kind: string; readonly code: string | null; readonly figures: Figures } | null;
  readonly filled: string | null;
  readonly residual: { readonly code: string; readonly quantity: string; readonly figures: Figures } | null;
  readonly shortfall: ShortfallDocument | null;
  readonly driftAfter: string | null;
  readonly ending: { readonly kind: string; readonly code: string | null; readonly detail: string } | null;
}

export function whyDocument(runId: string, why: WhySymbol): WhyDocument {
  const { symbol, snapshot, line, plan, trade, skipped, review, leg, outcome, after, ending } = why;
  const residual = leg?.stage.kind === 'done' ? leg.stage.residual : undefined;
  const quote = snapshot?.quote;
  return {
    runId,
    symbol,
    answer: answerOf(why),
    seen:
      snapshot === undefined
        ? null
        : {
            position: formatShares(snapshot.position),
            isOurs: snapshot.isOurs,
            quote:
              quote === undefined
                ? null
                : { bid: formatUsd(quote.bid), ask: formatUsd(quote.ask), mid: formatUsd(midOf(quote)), ageMs: snapshot.asOf - quote.at },
          },
    sleeves: why.sleeves.map(({ name, capital, turn, exit, leftOut, trace }) => ({
      name,
      capital: formatPercent(capital),
      turn: turn ?? null,
      exit: exit === undefined ? null : { by: exit.by, touched: exit.touched },
      leftOut: leftOut === undefined ? null : { metric: leftOut.metric, why: leftOut.why },
      trace: trace ?? null,
    })),
    line:
      line === undefined
        ? null
        : {
            weight: formatPercent(line.weight),
            target: formatPercent(line.target),
            drift: formatPercent(line.drift),
            band: formatPercent(line.band),
            isInside: line.isInside,
          },
    plan: plan === undefined ? null : { isTriggered: plan.isTriggered, isForced: plan.isForced },
    trade:
      trade === undefined
        ? null
        : {
            side: trade.side,
            quantity: formatShares(trade.quantity),
            arrival: formatUsd(trade.arrival),
            notional: formatUsd(trade.notional),
          },
    skipped: skipped.map(({ code, figures }) => ({ code, figures })),
    review:
      review === undefined
        ? null
        : review.kind === 'approved'
          ? { kind: review.kind, code: null, figures: {} }
          : { kind: review.kind, code: review.code, figures: review.figures },
    filled: leg === undefined ? null : formatShares(filledOf(why)),
    residual: residual === undefined ? null : { ...residual, quantity: formatShares(residual.quantity) },
    shortfall: shortfallDocument(outcome?.shortfall),
    driftAfter: after === undefined ? null : formatPercent(after.drift),
    ending: ending === undefined ? null : { kind: ending.kind, code: ending.code ?? null, detail: ending.detail },
  };
}

/** The latest step that decided. */
function answerOf(why: WhySymbol): string {
  const { leg, trade, skipped, review, undecided, ending, line, plan, snapshot, phase } = why;
  if (leg !== undefined) {
    if (leg.stage.kind !== 'done') return `still-${leg.stage.kind}`;
    const filled = filledOf(why);
    if (leg.stage.residual === undefined && filled >= leg.quantity) return 'traded';
    return filled > 0n ? 'partly-traded' : (leg.stage.residual?.code ?? 'not-filled');
  }
  // A plan is denied as a whole; what it would not have traded anyway has a reason of its own.
  if (review?.kind === 'denied' && trade !== undefined) return review.code;
  if (skipped[0] !== undefined) return skipped[0].code;
  if (undecided !== undefined) return ending?.code ?? undecided.kind;
  if (snapshot?.isOurs === false) return 'not-in-portfolio';
  if (line === undefined) return ending?.code ?? phase;
  return plan?.isTriggered === false ? 'inside-band' : 'at-target';
}

function filledOf({ leg }: WhySymbol): bigint {
  return leg?.closedOrders.reduce((sum, { filledQuantity }) => sum + filledQuantity, 0n) ?? 0n;
}
