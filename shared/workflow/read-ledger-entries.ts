// All entries of a ledger, oldest first, as its head leads to them.
import { type LedgerEntries, openEntries } from '../contracts/ledger-entries.ts';
import type { LedgerRecord } from '../contracts/ledger-record.ts';
import type { ContentHash } from '../core/values/identity.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';

/** A batch as it is stored. */
export interface StoredBatch {
  readonly hash: ContentHash;
  readonly text: string;
  readonly batch: LedgerEntries;
}

/** @throws StoreError; Error where a batch that one names is not there: sums without it would be wrong. */
export async function readLedgerBatches(
  { portfolio, head }: Pick<LedgerRecord, 'portfolio' | 'head'>,
  artifacts: Pick<ArtifactStore, 'get'>,
): Promise<readonly StoredBatch[]> {
  const batches: StoredBatch[] = [];
  for (let hash: ContentHash | undefined = head; hash !== undefined; hash = batches.at(-1)?.batch.previous) {
    const text = await artifacts.get(hash);
    if (text === undefined) throw new Error(`the ledger of ${portfolio} leads to entries that are not stored: ${hash}`);
    batches.push({ hash, text, batch: openEntries(text) });
  }
  return batches.reverse();
}
