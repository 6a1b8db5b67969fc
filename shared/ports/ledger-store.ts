import type { LedgerRecord } from '../contracts/ledger-record.ts';

/**
 * The ledgers, one item a portfolio. Every write is one conditional write, every read is strongly consistent.
 * Methods throw `StoreError`, and `UnreadableRecord` for a ledger of another schema version.
 */
export interface LedgerStore {
  /** undefined before the first sight of the account. */
  load(portfolio: string): Promise<LedgerRecord | undefined>;
  /**
   * Writes the ledger if the stored version is `record.version - 1`, and version 1 if there is none. A stale writer
   * writes nothing.
   */
  save(record: LedgerRecord): Promise<'saved' | 'stale'>;
}
