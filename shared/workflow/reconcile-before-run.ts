// Before a run: the account must hold what the ledger expects. What has happened since is counted where it is explained,
// and where anything is not, there is no run.
import type { Snapshot } from '../contracts/artifacts.ts';
import type { Ledger } from '../core/ledger/ledger.ts';
import { type Claim, isReconciled, type Reconciliation } from '../core/ledger/reconcile.ts';
import type { Position } from '../core/portfolio/portfolio.ts';
import { StoreError } from '../ports/outside-error.ts';
import type { LedgerPorts } from './ledger-ports.ts';
import { viewLedger } from './ledger-view.ts';
import { type Refusal, refused } from './refusals.ts';
import { differencesOf } from './unreconciled.ts';
import type { RunPorts } from './world.ts';
import { writeLedger } from './write-ledger.ts';

/** Only another reconciliation of the same portfolio can be in the way, and there are never many. */
const ATTEMPTS_MAX = 5;

export interface ReconciledAccount {
  readonly kind: 'reconciled';
  /** Those that were held against the ledger: the plan is made with these and no others. */
  readonly positions: readonly Position[];
  readonly reconciliation: NonNullable<Snapshot['reconciliation']>;
  readonly ledger: Ledger;
}

/** @throws BrokerError, StoreError; UnreadableRecord for a ledger of another release. */
export async function reconcileBeforeRun(
  claim: Claim,
  accountNumber: string,
  ports: LedgerPorts & Pick<RunPorts, 'telemetry'>,
): Promise<ReconciledAccount | Refusal> {
  const { portfolio } = claim;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const view = await viewLedger(claim, accountNumber, ports);
    if (view.kind === 'moving') return refused('unreconciled', 'the account changed while it was read: something else trades in it');
    const { reconciliation, look } = view;
    if (view.kind === 'other-account') {
      const { accountNumber: was } = view.record;
      return refused('unreconciled', `the ledger is of account ${was}, the broker answers ${accountNumber}; ${toType(portfolio)}`);
    }
    if (!isReconciled(reconciliation)) return refused('unreconciled', `${textOf(reconciliation)}; ${toType(portfolio)}`);
    const before = view.kind === 'first-sight' ? undefined : view.record;
    const { ledger, entries } = reconciliation;
    const record = before?.ledger === ledger ? before : await writeLedger(before, { portfolio, accountNumber, ledger, entries }, ports);
    if (record === 'stale') continue;
    if (before === undefined || entries.length > 0)
      ports.telemetry.info('ledger written', { version: record.version, entries: entries.length });
    const { version, head } = record;
    return { kind: 'reconciled', positions: look.positions, reconciliation: { version, head, lines: [...reconciliation.lines] }, ledger };
  }
  throw new StoreError(`the ledger of ${portfolio} was written by somebody else ${ATTEMPTS_MAX} times over`, {
    effect: 'none',
    code: 'contended',
  });
}

function textOf(reconciliation: Reconciliation): string {
  return differencesOf(reconciliation)
    .map(
      ({ symbol, expected, found, because }) => `${symbol}: expected ${expected}, found ${found}${because === '' ? '' : ` (${because})`}`,
    )
    .join('; ');
}

function toType(portfolio: string): string {
  return `to look into it: npx evenkeel reconcile ${portfolio}; to take it over: npx evenkeel reconcile ${portfolio} --adopt --reason "why"`;
}
