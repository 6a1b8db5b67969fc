// The next version of a ledger: its new entries as an artifact that names the batch before, then the item that points
// to it. Dying between the two leaves an orphan and no harm.
import { sealEntries } from '../contracts/ledger-entries.ts';
import { LEDGER_SCHEMA, type LedgerRecord } from '../contracts/ledger-record.ts';
import type { Entry } from '../core/ledger/entry.ts';
import type { Ledger } from '../core/ledger/ledger.ts';
import type { RunPorts } from './world.ts';

export interface NextLedger {
  readonly portfolio: string;
  readonly accountNumber: string;
  readonly ledger: Ledger;
  /** All that the ledger has in it and `before` has not. */
  readonly entries: readonly Entry[];
}

/** @returns the record as written, or `stale` when somebody else wrote first: nothing of this one is in it. */
export async function writeLedger(
  before: LedgerRecord | undefined,
  { portfolio, accountNumber, ledger, entries }: NextLedger,
  { ledgers, artifacts, clock }: Pick<RunPorts, 'ledgers' | 'artifacts' | 'clock'>,
): Promise<LedgerRecord | 'stale'> {
  let head = before?.head;
  if (head === undefined || entries.length > 0) {
    const previous = head === undefined ? {} : { previous: head };
    const { hash, text } = sealEntries({ kind: 'ledger-entries', portfolio, ...previous, entries: [...entries] });
    await artifacts.put(hash, text);
    head = hash;
  }
  const version = (before?.version ?? 0) + 1;
  const record: LedgerRecord = { schemaVersion: LEDGER_SCHEMA, portfolio, version, updatedAt: clock.now(), accountNumber, ledger, head };
  return (await ledgers.save(record)) === 'stale' ? 'stale' : record;
}
