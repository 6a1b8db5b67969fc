import { type ArtifactOf, openArtifact } from '../contracts/artifacts.ts';
import type { RunRecord } from '../contracts/run-record.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';

/**
 * The artifact of this kind that the run record points to.
 * @throws Error when the record has no such pointer, or points to nothing.
 */
export async function readArtifact<Kind extends keyof ArtifactOf>(
  artifacts: Pick<ArtifactStore, 'get'>,
  record: RunRecord,
  kind: Kind,
): Promise<ArtifactOf[Kind]> {
  const hash = record.artifacts[kind];
  if (hash === undefined) throw new Error(`run ${record.runId} has no ${kind}`);
  const text = await artifacts.get(hash);
  if (text === undefined) throw new Error(`run ${record.runId} points to a ${kind} that is not stored: ${hash}`);
  return openArtifact(kind, text);
}
