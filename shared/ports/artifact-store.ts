import type { ContentHash } from '../core/values/identity.ts';

/**
 * Artifacts under their content hash. Writing the same bytes twice is harmless; what counts is the pointer
 * in the run record, so an orphan means nothing.
 */
export interface ArtifactStore {
  /** @throws StoreError */
  put(hash: ContentHash, canonicalJson: string): Promise<void>;
  /**
   * undefined when absent.
   * @throws StoreError, also when the stored bytes do not have this hash.
   */
  get(hash: ContentHash): Promise<string | undefined>;
}
