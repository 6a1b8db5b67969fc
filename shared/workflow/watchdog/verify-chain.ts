// The artifacts of a run as a chain: each is there, is what its hash says, and names the one before it.
import { type Artifact, openArtifact } from '../../contracts/artifacts.ts';
import { contentHash } from '../../contracts/canonical-json.ts';
import { ARTIFACT_KINDS, type ArtifactKind, type RunRecord } from '../../contracts/run-record.ts';
import type { ContentHash } from '../../core/values/identity.ts';
import type { ArtifactStore } from '../../ports/artifact-store.ts';
import { StoreError } from '../../ports/outside-error.ts';
import type { Finding } from './finding.ts';

/** @throws StoreError when an artifact could not be read: that is no proof against it. */
export async function findInChains(records: readonly RunRecord[], artifacts: Pick<ArtifactStore, 'get'>): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const record of records) {
    const faults = await faultsOf(record, artifacts);
    if (faults.length === 0) continue;
    const { runId } = record;
    findings.push({ code: 'audit-chain-broken', subject: `the record of ${runId} is broken`, body: `${faults.join('; ')}.`, runId });
  }
  return findings;
}

async function faultsOf(record: RunRecord, artifacts: Pick<ArtifactStore, 'get'>): Promise<string[]> {
  const faults = lackingOf(record).map((kind) => `it names no ${kind}`);
  let previous: ContentHash | undefined;
  for (const kind of ARTIFACT_KINDS) {
    const hash = record.artifacts[kind];
    if (hash === undefined) continue;
    const fault = await faultOf(kind, hash, previous, artifacts);
    if (fault !== undefined) faults.push(fault);
    previous = hash;
  }
  return faults;
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

async function faultOf(
  kind: ArtifactKind,
  hash: ContentHash,
  previous: ContentHash | undefined,
  artifacts: Pick<ArtifactStore, 'get'>,
): Promise<string | undefined> {
  const text = await read(hash, artifacts);
  if (text === undefined) return `its ${kind} is not stored`;
  if (text === 'damaged' || contentHash(text) !== hash) return `its ${kind} is not what its hash says`;
  const artifact = openOrSay(kind, text);
  if (typeof artifact === 'string') return artifact;
  const named = 'previous' in artifact ? artifact.previous : undefined;
  return named === previous ? undefined : `its ${kind} names another one before it`;
}

/** A store that compares the bytes with their name says so by an answer that is none. */
async function read(hash: ContentHash, artifacts: Pick<ArtifactStore, 'get'>): Promise<string | undefined> {
  try {
    return await artifacts.get(hash);
  } catch (error) {
    if (error instanceof StoreError && error.code === 'bad-answer') return 'damaged';
    throw error;
  }
}

function openOrSay(kind: ArtifactKind, text: string): Artifact | string {
  try {
    return openArtifact(kind, text);
  } catch (error) {
    return `its ${kind} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
}
