import type { ContentHash } from '../core/values/identity.ts';

/** Where a sweep in the cloud has its inputs, and keeps its rows for some weeks. Methods throw `StoreError`. */
export interface SweepStore {
  /** Under the SHA-256 of its bytes; one that is there already is not sent again. */
  keepInput(bytes: Uint8Array): Promise<ContentHash>;
  /** Throws where there is none, and where the stored bytes have another hash. */
  input(hash: ContentHash): Promise<Uint8Array>;
  /** The rows of these places, one line each. Doing it again with the same is harmless. */
  keepRows(sweep: ContentHash, places: readonly number[], lines: string): Promise<void>;
  /** Those of every batch that is there, in no order; a place may be in two of them. */
  rows(sweep: ContentHash): AsyncIterable<string>;
}
