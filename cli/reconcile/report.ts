// What reconciling an account found, as a document and as text.
import type { Entry } from '../../shared/core/ledger/entry.ts';
import { isReconciled } from '../../shared/core/ledger/reconcile.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { formatShares } from '../../shared/core/values/shares.ts';
import type { LedgerView } from '../../shared/workflow/ledger-view.ts';
import { activityText } from '../../shared/workflow/unreconciled.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';

export type LedgerState = 'first-sight' | 'other-account' | 'held-against' | 'moving';

export interface AccountReport {
  readonly portfolio: string;
  readonly account: string;
  readonly state: LedgerState;
  readonly isReconciled: boolean;
  /** Of the stored ledger; null before the first sight. */
  readonly version: number | null;
  readonly lines: readonly { readonly symbol: string; readonly expected: string; readonly found: string; readonly difference: string }[];
  /** What has happened since the ledger was written, and is explained. */
  readonly explained: readonly string[];
  /** What happened to the portfolio's symbols and was not done by it. */
  readonly unexplained: readonly string[];
}

type Seen = Exclude<LedgerView, { kind: 'moving' }>;
/** An adoption has no look of its own to show. */
type Shown =
  | { readonly kind: 'moving' }
  | Pick<Extract<Seen, { kind: 'first-sight' }>, 'kind' | 'reconciliation'>
  | Pick<Exclude<Seen, { kind: 'first-sight' }>, 'kind' | 'record' | 'reconciliation'>;

export function reportOf(portfolio: string, account: string, view: Shown): AccountReport {
  if (view.kind === 'moving') {
    return { portfolio, account, state: view.kind, isReconciled: false, version: null, lines: [], explained: [], unexplained: [] };
  }
  const { reconciliation } = view;
  return {
    portfolio,
    account,
    state: view.kind,
    isReconciled: view.kind !== 'other-account' && isReconciled(reconciliation),
    version: view.kind === 'first-sight' ? null : view.record.version,
    lines: reconciliation.lines.map(({ symbol, expected, found }) => ({
      symbol,
      expected: formatShares(expected),
      found: formatShares(found),
      difference: formatShares(found - expected),
    })),
    explained: reconciliation.entries.map(entryText),
    unexplained: reconciliation.unexplained.map((activity) => `${activity.symbol}: ${activityText(activity)}`),
  };
}

export function reportText(report: AccountReport, colors: Output['colors']): string {
  const { portfolio, account, lines, explained, unexplained } = report;
  const title = `${colors.bold(portfolio)}, account ${account}: ${stateText(report, colors)}`;
  const rows = lines.map(({ symbol, expected, found, difference }) => [symbol, expected, found, difference === '0' ? '' : difference]);
  const table =
    rows.length === 0 ? [] : [textTable(['symbol', 'expected', 'found', 'difference'], rows, { left: [0], header: colors.dim })];
  const told = [...explained.map((line) => `  ${line}`), ...unexplained.map((line) => `  not explained: ${line}`)];
  const next =
    report.isReconciled || report.state === 'moving'
      ? []
      : [`To take over what is not explained: npx evenkeel reconcile ${portfolio} --adopt --reason "why"`];
  return [title, ...table, ...told, ...next].join('\n');
}

function stateText({ state, isReconciled: isEqual }: AccountReport, { green, red }: Output['colors']): string {
  switch (state) {
    case 'moving':
      return red('it changed while it was read; look again');
    case 'first-sight':
      return 'no ledger yet, the next run opens it';
    case 'other-account':
      return red('the ledger is of another account');
    case 'held-against':
      return isEqual ? green('reconciled') : red('not reconciled');
  }
}

/** "late-fill -3 SPY (balanced_2026-11-20_daily_SPY_sell_0_0)" */
function entryText(entry: Entry): string {
  switch (entry.kind) {
    case 'opening':
      return `opening ${formatShares(entry.quantity)} ${entry.symbol}`;
    case 'fill':
    case 'late-fill':
      return `${entry.kind} ${formatShares(entry.quantity)} ${entry.symbol} (${entry.clientOrderId})`;
    case 'corporate-action':
      return `${entry.word} ${formatShares(entry.quantity)} ${entry.symbol}`;
    case 'adopted':
      return `adopted ${formatShares(entry.quantity)} ${entry.symbol} by ${entry.who}: ${entry.reason}`;
    default:
      return `${entry.kind} ${formatUsd(entry.amount)} USD (${entry.word}${entry.symbol === undefined ? '' : ` ${entry.symbol}`})`;
  }
}
