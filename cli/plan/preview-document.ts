// A preview as data.
import type { LiveOverride, PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';
import type { Preview } from '../../shared/workflow/preview-run.ts';

type Figures = Readonly<Record<string, string>>;

/** Amounts are US dollars, quantities shares. */
export interface PreviewDocument {
  readonly portfolio: string;
  readonly schedule: string;
  readonly asOf: string;
  readonly session: string;
  readonly prices: 'quotes' | 'last-closes';
  readonly outcome: 'would-trade' | 'nothing-to-trade' | 'would-be-refused';
  /** In the order in which a run asks. */
  readonly refusals: readonly { readonly code: string; readonly detail: string }[];
  readonly detail: string;
  readonly equity: string | null;
  readonly cash: string | null;
  /** The part of the account that the portfolio uses; left out where it is all of it. */
  readonly capital?: string;
  /** Who lets it trade live without what it needs, and why. */
  readonly override?: LiveOverride;
  readonly lines: readonly {
    readonly symbol: string;
    readonly held: string | null;
    readonly value: string;
    readonly weight: string;
    readonly target: string;
    readonly drift: string;
    readonly isInside: boolean;
  }[];
  readonly trades: readonly {
    readonly symbol: string;
    readonly side: 'buy' | 'sell';
    readonly isShort: boolean;
    readonly quantity: string;
    readonly arrival: string;
    readonly notional: string;
  }[];
  readonly skipped: readonly { readonly symbol: string; readonly code: string; readonly figures: Figures }[];
  readonly remarks: readonly { readonly code: string; readonly figures: Figures }[];
  /** Subjects of what a run would have told its owner. */
  readonly notices: readonly string[];
}

export function previewDocument(
  { name: portfolio, account: { capital, override } }: Pick<PortfolioPolicy, 'name' | 'account'>,
  schedule: string,
  preview: Preview,
): PreviewDocument {
  const { asOf, session, prices, notStarted, next, snapshot, plan, review, told } = preview;
  const refusals = [notStarted, next.kind === 'refused' ? next : undefined].flatMap((each) =>
    each === undefined ? [] : [{ code: each.code, detail: each.detail }],
  );
  return {
    portfolio,
    schedule,
    asOf: new Date(asOf).toISOString(),
    session: session.date,
    prices,
    outcome: refusals.length > 0 ? 'would-be-refused' : next.kind === 'execute' ? 'would-trade' : 'nothing-to-trade',
    refusals,
    detail: next.kind === 'nothing-to-trade' ? next.detail : '',
    equity: plan === undefined ? null : formatUsd(plan.plan.equity),
    cash: snapshot === undefined ? null : formatUsd(snapshot.account.cash),
    ...(capital === undefined ? {} : { capital: formatPercent(capital) }),
    ...(override === undefined ? {} : { override }),
    lines: (plan?.plan.lines ?? []).map(({ symbol, value, weight, target, drift, isInside }) => ({
      symbol,
      held: symbol === 'cash' ? null : formatShares(snapshot?.positions.find((each) => each.symbol === symbol)?.quantity ?? 0n),
      value: formatUsd(value),
      weight: formatPercent(weight),
      target: formatPercent(target),
      drift: formatPercent(drift),
      isInside,
    })),
    trades: (plan?.plan.trades ?? []).map(({ symbol, side, position, quantity, arrival, notional }) => ({
      symbol,
      side,
      isShort: position === 'short',
      quantity: formatShares(quantity),
      arrival: formatUsd(arrival),
      notional: formatUsd(notional),
    })),
    skipped: plan?.plan.skipped ?? [],
    remarks: review?.remarks ?? [],
    notices: told.map(({ subject }) => subject),
  };
}
