import type { RunRecord } from '../contracts/run-record.ts';
import type { RunId } from '../core/values/identity.ts';

/**
 * The run records. Every write is one conditional write of one item, every read is strongly consistent.
 * Methods throw `StoreError`, and `UnreadableRecord` for a record of another schema version.
 */
export interface RunStore {
  /** Writes the record (version 1) if no record of this run exists. Exactly one of many claimants wins. */
  claim(record: RunRecord): Promise<{ readonly kind: 'claimed' } | { readonly kind: 'exists'; readonly record: RunRecord }>;
  load(runId: RunId): Promise<RunRecord | undefined>;
  /** Writes the record if the stored version is `record.version - 1`. A stale writer writes nothing. */
  save(record: RunRecord): Promise<'saved' | 'stale'>;
  /** The runs of a portfolio, newest session first. */
  list(portfolio: string, limit: number): Promise<readonly RunRecord[]>;
}
