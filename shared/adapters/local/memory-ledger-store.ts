// Ledgers in memory. Keeps the encoded text, so that a ledger that cannot be encoded fails here as it would in a table.
import { decodeLedgerRecord, encodeLedgerRecord, type LedgerRecord } from '../../contracts/ledger-record.ts';
import type { LedgerStore } from '../../ports/ledger-store.ts';

/** Each method reads and writes without a pause between, so no two of them can interleave. */
export class MemoryLedgerStore implements LedgerStore {
  readonly #ledgers = new Map<string, { readonly version: number; readonly text: string }>();

  async load(portfolio: string): Promise<LedgerRecord | undefined> {
    const stored = this.#ledgers.get(portfolio);
    return stored === undefined ? undefined : decodeLedgerRecord(stored.text);
  }

  async save(record: LedgerRecord): Promise<'saved' | 'stale'> {
    if ((this.#ledgers.get(record.portfolio)?.version ?? 0) !== record.version - 1) return 'stale';
    this.#ledgers.set(record.portfolio, { version: record.version, text: encodeLedgerRecord(record) });
    return 'saved';
  }
}
