import { type Artifact, sealArtifact } from '../contracts/artifacts.ts';
import type { ContentHash } from '../core/values/identity.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';

/** Stores an artifact under its hash. It counts only once the run record points to it. */
export async function writeArtifact(artifacts: ArtifactStore, artifact: Artifact): Promise<ContentHash> {
  const { hash, text } = sealArtifact(artifact);
  await artifacts.put(hash, text);
  return hash;
}
