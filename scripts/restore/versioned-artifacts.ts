// Artifacts out of all the versions that a bucket keeps. A document is named by the hash of its bytes, so the version that is
// right is known without asking anybody: the newest that has this hash, whatever was written over it or deleted since.
import { createHash } from 'node:crypto';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';

interface DocumentVersion {
  readonly version: string;
  /** What a reader who asks for no version gets. */
  readonly isNewest: boolean;
  bytes(): Promise<Uint8Array>;
}

export interface DocumentVersions {
  /** Newest first; none where there never was such a document. */
  of(hash: ContentHash): AsyncIterable<DocumentVersion>;
}

export interface ReadVersion {
  readonly hash: ContentHash;
  readonly version: string;
}

export interface VersionedArtifacts extends Pick<ArtifactStore, 'get'> {
  /** What was not read from the newest version, once each. */
  readonly fromOlder: readonly ReadVersion[];
}

export function versionedArtifacts(versions: DocumentVersions): VersionedArtifacts {
  const older = new Map<ContentHash, ReadVersion>();
  return {
    get fromOlder() {
      return [...older.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
    },
    async get(hash) {
      for await (const { version, isNewest, bytes } of versions.of(hash)) {
        const read = await bytes();
        if (createHash('sha256').update(read).digest('hex') !== hash) continue;
        if (!isNewest) older.set(hash, { hash, version });
        return Buffer.from(read).toString('utf8');
      }
      return undefined;
    },
  };
}
