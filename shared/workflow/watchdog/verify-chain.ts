// The artifacts of the session's runs, verified as `evenkeel audit verify` does it, and told by run.
import type { RunRecord } from '../../contracts/run-record.ts';
import type { ArtifactStore } from '../../ports/artifact-store.ts';
import { verifyArtifacts } from '../verify-artifacts.ts';
import type { Finding } from './finding.ts';

/** @throws StoreError when an artifact could not be read: that is no proof against it. */
export async function findInChains(records: readonly RunRecord[], artifacts: Pick<ArtifactStore, 'get'>): Promise<Finding[]> {
  const told: Finding[] = [];
  for (const record of records) {
    const { findings } = await verifyArtifacts(record, artifacts);
    if (findings.length === 0) continue;
    const { runId } = record;
    const body = `${findings.map(({ what, kind, detail }) => `${what} is ${kind}: ${detail}`).join('; ')}.`;
    told.push({ code: 'audit-chain-broken', subject: `the record of ${runId} is broken`, body, runId });
  }
  return told;
}
