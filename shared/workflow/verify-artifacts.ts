// The artifacts of one run: each that it must have there, with the bytes that its hash says, and naming the one before it.
import { openArtifact } from '../contracts/artifacts.ts';
import type { AuditFinding } from '../contracts/audit-chain.ts';
import { contentHash } from '../contracts/canonical-json.ts';
import { ARTIFACT_KINDS, type ArtifactKind, type RunRecord } from '../contracts/run-record.ts';
import type { ContentHash } from '../core/values/identity.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import { StoreError } from '../ports/outside-error.ts';

/** @throws StoreError when an artifact could not be read: that is no proof against it. */
export async function verifyArtifacts(
  record: RunRecord,
  artifacts: Pick<ArtifactStore, 'get'>,
): Promise<{ readonly findings: readonly AuditFinding[]; readonly count: number }> {
  const findings = lackingOf(record).map(
    (kind): AuditFinding => ({ kind: 'missing', what: `${kind} of ${record.runId}`, detail: 'the record names none' }),
  );
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

/** What a run in this phase must have: everything before what it has, and all of it where it trades or has traded. */
function lackingOf({ artifacts, phase }: RunRecord): ArtifactKind[] {
  const lastNamed = ARTIFACT_KINDS.findLastIndex((kind) => artifacts[kind] !== undefined);
  const hasTraded = phase.kind === 'ended' && (phase.ending.kind === 'completed' || phase.ending.kind === 'completed-with-residuals');
  const hasExecution = phase.kind === 'executing' || phase.kind === 'awaiting-approval';
  const last = hasTraded ? 'outcome' : hasExecution ? 'review' : undefined;
  const needed = Math.max(lastNamed, last === undefined ? -1 : ARTIFACT_KINDS.indexOf(last));
  return ARTIFACT_KINDS.slice(0, needed + 1).filter((kind) => artifacts[kind] === undefined);
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

/** A store refuses bytes that do not have their hash; whoever verifies does not take its word for it. */
export async function textOf(
  hash: ContentHash,
  artifacts: Pick<ArtifactStore, 'get'>,
): Promise<{ readonly kind: 'text'; readonly text: string } | { readonly kind: 'absent' | 'edited' }> {
  try {
    const text = await artifacts.get(hash);
    if (text === undefined) return { kind: 'absent' };
    return contentHash(text) === hash ? { kind: 'text', text } : { kind: 'edited' };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'bad-answer') throw error;
    return { kind: 'edited' };
  }
}
