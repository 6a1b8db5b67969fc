// The artifacts of one run: each there, with the bytes that its hash says, and naming the one before it.
import { openArtifact } from '../contracts/artifacts.ts';
import type { AuditFinding } from '../contracts/audit-chain.ts';
import { ARTIFACT_KINDS, type ArtifactKind, type RunRecord } from '../contracts/run-record.ts';
import type { ContentHash } from '../core/values/identity.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import { StoreError } from '../ports/outside-error.ts';

export async function verifyArtifacts(
  record: RunRecord,
  artifacts: Pick<ArtifactStore, 'get'>,
): Promise<{ readonly findings: readonly AuditFinding[]; readonly count: number }> {
  const findings: AuditFinding[] = [];
  let count = 0;
  let previous: ContentHash | undefined;
  for (const kind of ARTIFACT_KINDS) {
    const hash = record.artifacts[kind];
    if (hash === undefined) continue;
    const finding = await verifyArtifact(record, kind, hash, previous, artifacts);
    if (finding !== undefined) findings.push({ ...finding, what: `${kind} of ${record.runId}` });
    count += 1;
    previous = hash;
  }
  return { findings, count };
}

async function verifyArtifact(
  { runId }: RunRecord,
  kind: ArtifactKind,
  hash: ContentHash,
  previous: ContentHash | undefined,
  artifacts: Pick<ArtifactStore, 'get'>,
): Promise<Pick<AuditFinding, 'kind' | 'detail'> | undefined> {
  const stored = await textOf(hash, artifacts);
  if (stored.kind !== 'text') return stored.kind === 'absent' ? { kind: 'missing', detail: `nothing is stored as ${hash}` } : EDITED;
  const artifact = opened(() => openArtifact(kind, stored.text));
  if (artifact instanceof Error) return { kind: 'edited', detail: artifact.message };
  if (artifact.kind === 'snapshot')
    return artifact.runId === runId ? undefined : { kind: 'reordered', detail: `it is of the run ${artifact.runId}` };
  return artifact.previous === previous ? undefined : { kind: 'reordered', detail: 'it was made after another one than the record names' };
}

/** Bytes that have their hash and are no such document: whoever edited the record pointed it there. */
export function opened<Document>(open: () => Document): Document | Error {
  try {
    return open();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

const EDITED = { kind: 'edited', detail: 'its bytes are not those of its hash' } as const;

/** A store refuses bytes that do not have their hash. */
export async function textOf(
  hash: ContentHash,
  artifacts: Pick<ArtifactStore, 'get'>,
): Promise<{ readonly kind: 'text'; readonly text: string } | { readonly kind: 'absent' | 'edited' }> {
  try {
    const text = await artifacts.get(hash);
    return text === undefined ? { kind: 'absent' } : { kind: 'text', text };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'bad-answer') throw error;
    return { kind: 'edited' };
  }
}
