// The ledger of a portfolio held against its account, without writing anything.
import type { LedgerRecord } from '../contracts/ledger-record.ts';
import { ACTIVITY_OVERLAP_MS } from '../core/ledger/ledger.ts';
import { type AccountLook, type Claim, moveLedger, openLedger, type Reconciliation, reconcile } from '../core/ledger/reconcile.ts';
import type { LedgerPorts } from './ledger-ports.ts';
import { lookAtAccount } from './look-at-account.ts';

export type LedgerView =
  /** The account did not hold still while it was read. */
  | { readonly kind: 'moving' }
  /** There is no ledger yet: this would be its first sight of the account. */
  | { readonly kind: 'first-sight'; readonly look: AccountLook; readonly reconciliation: Reconciliation }
  /** The ledger is of another account. Its holdings are held against this one all the same. */
  | { readonly kind: 'other-account'; readonly record: LedgerRecord; readonly look: AccountLook; readonly reconciliation: Reconciliation }
  | { readonly kind: 'held-against'; readonly record: LedgerRecord; readonly look: AccountLook; readonly reconciliation: Reconciliation };

/** @throws BrokerError, StoreError; UnreadableRecord for a ledger of another release. */
export async function viewLedger(claim: Claim, accountNumber: string, ports: LedgerPorts): Promise<LedgerView> {
  const record = await ports.ledgers.load(claim.portfolio);
  const isThisAccount = record?.accountNumber === accountNumber;
  const from = isThisAccount ? record.ledger.activities.from : ports.clock.now() - ACTIVITY_OVERLAP_MS;
  const symbols = new Set([...claim.symbols, ...(record?.ledger.holdings ?? []).map(({ symbol }) => symbol)]);
  const look = await lookAtAccount(from, symbols, ports);
  if (look === undefined) return { kind: 'moving' };
  if (record === undefined) {
    const { ledger, entries } = openLedger(claim, look);
    return { kind: 'first-sight', look, reconciliation: { ...reconcile(ledger, claim, look), entries, ledger } };
  }
  const kind = isThisAccount ? 'held-against' : 'other-account';
  const ledger = isThisAccount ? record.ledger : moveLedger(record.ledger, look);
  return { kind, record, look, reconciliation: reconcile(ledger, claim, look) };
}
