// Artifacts in memory, as strict about hashes as a bucket.
import { contentHash } from '../../contracts/canonical-json.ts';
import type { ContentHash } from '../../core/values/identity.ts';
import type { ArtifactStore } from '../../ports/artifact-store.ts';

export class MemoryArtifactStore implements ArtifactStore {
  readonly #artifacts = new Map<ContentHash, string>();

  /** @throws RangeError when the text does not have this hash. */
  async put(hash: ContentHash, canonicalJson: string): Promise<void> {
    if (contentHash(canonicalJson) !== hash) throw new RangeError(`the artifact does not have the hash ${hash}`);
    this.#artifacts.set(hash, canonicalJson);
  }

  async get(hash: ContentHash): Promise<string | undefined> {
    return this.#artifacts.get(hash);
  }
}
