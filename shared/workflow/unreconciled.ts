// What keeps a portfolio from being reconciled, symbol by symbol, in words.
import type { Reconciliation, Unexplained } from '../core/ledger/reconcile.ts';
import { formatUsd } from '../core/values/money.ts';
import { formatShares } from '../core/values/shares.ts';

export interface Difference {
  readonly symbol: string;
  /** Shares. */
  readonly expected: string;
  readonly found: string;
  /** found − expected. */
  readonly difference: string;
  /** What the broker tells and no order of ours did; '' where it tells nothing. */
  readonly because: string;
}

export function differencesOf({ lines, unexplained }: Pick<Reconciliation, 'lines' | 'unexplained'>): Difference[] {
  return lines.flatMap(({ symbol, expected, found }) => {
    const told = unexplained.filter((activity) => activity.symbol === symbol);
    if (expected === found && told.length === 0) return [];
    return [
      {
        symbol,
        expected: formatShares(expected),
        found: formatShares(found),
        difference: formatShares(found - expected),
        because: told.map(activityText).join(', '),
      },
    ];
  });
}

/** "buy 5 at 100.00 on 2026-11-20T20:35:00.000Z, not by this portfolio" */
export function activityText(activity: Unexplained): string {
  const when = new Date(activity.at).toISOString();
  if (activity.kind !== 'fill') return `${activity.word} on ${when}`;
  return `${activity.side} ${formatShares(activity.quantity)} at ${formatUsd(activity.price)} on ${when}, not by this portfolio`;
}
