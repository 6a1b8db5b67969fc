// A person takes over what nothing explains: with a name, a reason, and never while a run trades.
import type { LedgerRecord } from '../contracts/ledger-record.ts';
import { adopt, type Claim, type Reconciliation } from '../core/ledger/reconcile.ts';
import type { RunId } from '../core/values/identity.ts';
import type { LedgerPorts } from './ledger-ports.ts';
import { viewLedger } from './ledger-view.ts';
import { writeLedger } from './write-ledger.ts';

export type Adoption =
  /** `reconciliation` says what was adopted, among its entries. */
  | { readonly kind: 'adopted'; readonly record: LedgerRecord; readonly reconciliation: Reconciliation }
  /** Its fills are counted when it ends: until then nobody knows what is left unexplained. */
  | { readonly kind: 'executing'; readonly runId: RunId }
  | { readonly kind: 'moving' }
  /** Somebody else wrote the ledger meanwhile: what was looked at is past. */
  | { readonly kind: 'stale' };

const RUNS_LOOKED_AT = 10;

/** @throws BrokerError, StoreError; UnreadableRecord for a ledger or a run of another release. */
export async function adoptDifferences(
  claim: Claim,
  { who, reason }: { readonly who: string; readonly reason: string },
  ports: LedgerPorts,
): Promise<Adoption> {
  const { portfolio } = claim;
  // The account is read before the runs: a run that began in between found the same differences, and was refused.
  const { accountNumber } = await ports.broker.account();
  const view = await viewLedger(claim, accountNumber, ports);
  const executing = (await ports.runStore.list(portfolio, RUNS_LOOKED_AT)).find(({ phase }) => phase.kind === 'executing');
  if (executing !== undefined) return { kind: 'executing', runId: executing.runId };
  if (view.kind === 'moving') return view;
  const before = view.kind === 'first-sight' ? undefined : view.record;
  const reconciliation = adopt(view.reconciliation, { who, reason, at: ports.clock.now() });
  const { ledger, entries } = reconciliation;
  if (before?.ledger === ledger) return { kind: 'adopted', record: before, reconciliation };
  const record = await writeLedger(before, { portfolio, accountNumber, ledger, entries }, ports);
  return record === 'stale' ? { kind: 'stale' } : { kind: 'adopted', record, reconciliation };
}
