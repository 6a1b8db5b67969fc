// A run with its artifacts, as far as it has them.
import type { ArtifactOf } from '../contracts/artifacts.ts';
import { ARTIFACT_KINDS, type RunRecord } from '../contracts/run-record.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import { readArtifact } from './read-artifact.ts';

export interface RunWithArtifacts extends Partial<ArtifactOf> {
  readonly record: RunRecord;
}

/** @throws StoreError; Error where the record points to nothing, or to what is not whole. */
export async function readRun(record: RunRecord, artifacts: Pick<ArtifactStore, 'get'>): Promise<RunWithArtifacts> {
  const found = await Promise.all(
    ARTIFACT_KINDS.map(async (kind) =>
      record.artifacts[kind] === undefined ? undefined : ([kind, await readArtifact(artifacts, record, kind)] as const),
    ),
  );
  return { record, ...Object.fromEntries(found.flatMap((each) => (each === undefined ? [] : [each]))) };
}
