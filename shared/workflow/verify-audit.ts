// Holds the audit chain of a portfolio against all that its links speak of: run records, their artifacts, the ledger.
import { type AuditFinding, verifyChain } from '../contracts/audit-chain.ts';
import { type AuditHead, headOf } from '../contracts/audit-head.ts';
import { recordHash, type SealedLink } from '../contracts/audit-link.ts';
import { type RunRecord, UnreadableRecord } from '../contracts/run-record.ts';
import type { RunId } from '../core/values/identity.ts';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import type { AuditKeys } from '../ports/audit-keys.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { LedgerStore } from '../ports/ledger-store.ts';
import type { RunStore } from '../ports/run-store.ts';
import { eachAtMost } from './each-at-most.ts';
import { verifyArtifacts } from './verify-artifacts.ts';
import { verifyLedger } from './verify-ledger.ts';

export interface VerifyPorts {
  readonly runStore: Pick<RunStore, 'load' | 'list'>;
  readonly artifacts: Pick<ArtifactStore, 'get'>;
  readonly ledgers: Pick<LedgerStore, 'load'>;
  readonly trail: Pick<AuditTrail, 'latest'>;
  /** undefined where nobody holds them: then seals are not checked, and all else is. */
  readonly auditKeys: AuditKeys | undefined;
}

export interface AuditVerification {
  readonly portfolio: string;
  readonly links: number;
  /** Runs that a link speaks of, and artifacts and ledger entries that follow from them. */
  readonly runs: number;
  readonly artifacts: number;
  readonly ledgerBatches: number;
  /** Runs that ended before the chain began: nothing is proven of them. */
  readonly runsBefore: number;
  /** Runs that have not ended yet. */
  readonly runsOpen: number;
  /** undefined where there is no link. */
  readonly head: AuditHead | undefined;
  /** By place in the chain, then by run; none means whole. */
  readonly findings: readonly AuditFinding[];
}

/** More than a lifetime of daily runs. */
const ALL = 100_000;
const READS_AT_ONCE = 6;

/**
 * Reads and writes nothing.
 * @param onRun told how many runs are looked at so far, and of how many.
 * @throws StoreError, OutsideError of the key: what could not be read is no finding.
 */
export async function verifyAudit(
  portfolio: string,
  anchor: Pick<AuditHead, 'sequence' | 'mac'> | undefined,
  ports: VerifyPorts,
  onRun: (done: number, all: number) => void = () => undefined,
): Promise<AuditVerification> {
  const stored = [...(await ports.trail.latest(portfolio, ALL))].reverse();
  const runs = await runsOf(portfolio, ports.runStore);
  const isEmpty = stored.length === 0;
  const chain = isEmpty && anchor === undefined ? NO_CHAIN : verifyChain(portfolio, stored, await ports.auditKeys?.keyring(), anchor);
  const { links } = chain;
  const newest = links.at(-1);
  const linked = [...new Map(links.map(({ link }) => [link.runId, link])).values()];
  const found: { readonly runId: RunId; readonly findings: readonly AuditFinding[]; readonly artifacts: number }[] = [];
  await eachAtMost(READS_AT_ONCE, linked, async ({ runId, record }) => {
    found.push({ runId, ...(await verifyRun(runId, record, ports)) });
    onRun(found.length, linked.length);
  });
  found.sort((a, b) => (a.runId < b.runId ? -1 : 1));
  const ledger = await verifyLedger(portfolio, links, ports);
  const rest = notLinked(runs.records, links);
  return {
    portfolio,
    links: stored.length,
    runs: linked.length,
    artifacts: found.reduce((sum, { artifacts }) => sum + artifacts, 0),
    ledgerBatches: ledger.batches,
    runsBefore: rest.before,
    runsOpen: runs.records.filter(({ phase }) => phase.kind !== 'ended').length,
    head: newest === undefined ? undefined : headOf(newest),
    findings: [...chain.findings, ...runs.findings, ...found.flatMap(({ findings }) => findings), ...rest.findings, ...ledger.findings],
  };
}

const NO_CHAIN = { links: [], findings: [] };

/** One record that cannot be read keeps the others from being listed; those that a link names are read one by one. */
async function runsOf(
  portfolio: string,
  runStore: VerifyPorts['runStore'],
): Promise<{ records: readonly RunRecord[]; findings: AuditFinding[] }> {
  try {
    return { records: await runStore.list(portfolio, ALL), findings: [] };
  } catch (error) {
    if (!(error instanceof UnreadableRecord)) throw error;
    return { records: [], findings: [{ kind: 'edited', what: `runs of ${portfolio}`, detail: error.message }] };
  }
}

async function verifyRun(
  runId: RunId,
  hash: string,
  ports: VerifyPorts,
): Promise<{ readonly findings: readonly AuditFinding[]; readonly artifacts: number }> {
  const what = `run ${runId}`;
  try {
    const record = await ports.runStore.load(runId);
    if (record === undefined) return { findings: [{ kind: 'missing', what, detail: 'the chain has it, the table has not' }], artifacts: 0 };
    const edited: AuditFinding[] =
      recordHash(record) === hash ? [] : [{ kind: 'edited', what, detail: 'its record is not the one that it ended with' }];
    const artifacts = await verifyArtifacts(record, ports.artifacts);
    return { findings: [...edited, ...artifacts.findings], artifacts: artifacts.count };
  } catch (error) {
    if (!(error instanceof UnreadableRecord)) throw error;
    return { findings: [{ kind: 'edited', what, detail: error.message }], artifacts: 0 };
  }
}

/** What ended before everything that is in the chain, ended before there was one. */
function notLinked(records: readonly RunRecord[], links: readonly SealedLink[]): { before: number; findings: AuditFinding[] } {
  const known = new Set(links.map(({ link }) => link.runId));
  const ended = records.filter(({ phase, runId }) => phase.kind === 'ended' && !known.has(runId));
  const linkedEnds = records.filter(({ runId }) => known.has(runId)).map(({ updatedAt }) => updatedAt);
  if (known.size === 0 && ended.length > 0) {
    const detail = `${ended.length} runs have ended, and no link is there: the chain was taken away, or no run has ended since it was introduced`;
    return { before: 0, findings: [{ kind: 'missing', what: 'the chain', detail }] };
  }
  const first = Math.min(...linkedEnds);
  const late = ended.filter(({ updatedAt }) => updatedAt >= first);
  const detail = 'it has ended and is not in the chain; it is added when the next run ends';
  return {
    before: ended.length - late.length,
    findings: late.map(({ runId }) => ({ kind: 'not-sealed' as const, what: `run ${runId}`, detail })),
  };
}
