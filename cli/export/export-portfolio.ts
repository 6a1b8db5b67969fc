// Everything that is stored of a portfolio, into a folder: run records, artifacts, ledger, switch turns, breaker, audit chain.
import { canonicalJson } from '../../shared/contracts/canonical-json.ts';
import { encodeDigest } from '../../shared/contracts/digest.ts';
import type { ExportManifest } from '../../shared/contracts/export-manifest.ts';
import { openEntries } from '../../shared/contracts/ledger-entries.ts';
import { encodeLedgerRecord, type LedgerRecord } from '../../shared/contracts/ledger-record.ts';
import { ARTIFACT_KINDS, encodeRunRecord, type RunRecord } from '../../shared/contracts/run-record.ts';
import { encodeSwitchTurn } from '../../shared/contracts/switch-turn.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import { eachAtMost } from '../../shared/workflow/each-at-most.ts';
import { textOf } from '../../shared/workflow/verify-artifacts.ts';
import type { RecordDesk } from '../world/record-desk.ts';
import type { ExportFolder } from './export-folder.ts';
import { jsonLines, layoutOf } from './export-layout.ts';

/** More than a lifetime of anything. */
const ALL = 100_000;
const READS_AT_ONCE = 6;

export interface Exported {
  readonly counts: ExportManifest['portfolios'][number];
  readonly missing: readonly string[];
}

type Desk = Pick<RecordDesk, 'runStore' | 'artifacts' | 'ledgers' | 'trail' | 'killSwitch' | 'highWaterMarks' | 'digests'>;

/**
 * The chain is read first and the ledger after it, so that what a link speaks of is there.
 * @throws StoreError, UnreadableRecord
 */
export async function exportPortfolio(
  portfolio: string,
  desk: Desk,
  folder: ExportFolder,
  onRun: (done: number, all: number) => void,
): Promise<Exported> {
  const layout = layoutOf(portfolio);
  const links = (await desk.trail.latest(portfolio, ALL)).toReversed();
  const runs = (await desk.runStore.list(portfolio, ALL)).toSorted((a, b) => a.scheduledTime - b.scheduledTime);
  await folder.write(layout.auditChain, jsonLines(links.map(({ position, text }) => canonicalJson({ position, text }))));
  await folder.write(layout.runs, jsonLines(runs.map(encodeRunRecord)));
  const artifacts = await exportArtifacts(portfolio, runs, desk, folder, onRun);
  const ledger = await exportLedger(portfolio, desk, folder);
  const own = await desk.killSwitch.turns(portfolio, ALL);
  const ofAll = await desk.killSwitch.turns(undefined, ALL);
  await folder.write(layout.switchTurns, jsonLines(own.map(encodeSwitchTurn)));
  await folder.write(layout.switchTurnsOfAll, jsonLines(ofAll.map(encodeSwitchTurn)));
  const digests = await desk.digests.latest(portfolio, ALL);
  await folder.write(layout.digests, jsonLines(digests.map(encodeDigest)));
  await exportBreaker(portfolio, desk, folder);
  return {
    counts: {
      portfolio,
      runs: runs.length,
      artifacts: artifacts.count,
      ledgerBatches: ledger.batches,
      switchTurns: own.length + ofAll.length,
      digests: digests.length,
      links: links.length,
    },
    missing: [...artifacts.missing, ...ledger.missing],
  };
}

async function exportArtifacts(
  portfolio: string,
  runs: readonly RunRecord[],
  { artifacts }: Pick<Desk, 'artifacts'>,
  folder: ExportFolder,
  onRun: (done: number, all: number) => void,
): Promise<{ readonly count: number; readonly missing: readonly string[] }> {
  const written = new Set<ContentHash>();
  const missing: string[] = [];
  let done = 0;
  await eachAtMost(READS_AT_ONCE, runs, async ({ runId, artifacts: hashes }) => {
    for (const kind of ARTIFACT_KINDS) {
      const hash = hashes[kind];
      if (hash === undefined || written.has(hash)) continue;
      const stored = await textOf(hash, artifacts);
      if (stored.kind !== 'text') missing.push(`${kind} of ${runId}: ${stored.kind}`);
      else {
        written.add(hash);
        await folder.write(layoutOf(portfolio).artifact(hash), stored.text);
      }
    }
    done += 1;
    onRun(done, runs.length);
  });
  return { count: written.size, missing: missing.sort() };
}

async function exportLedger(
  portfolio: string,
  { ledgers, artifacts }: Pick<Desk, 'ledgers' | 'artifacts'>,
  folder: ExportFolder,
): Promise<{ readonly batches: number; readonly missing: readonly string[] }> {
  const record: LedgerRecord | undefined = await ledgers.load(portfolio);
  if (record === undefined) return { batches: 0, missing: [] };
  const layout = layoutOf(portfolio);
  await folder.write(layout.ledger, encodeLedgerRecord(record));
  const texts: string[] = [];
  const missing: string[] = [];
  for (let hash: ContentHash | undefined = record.head; hash !== undefined; ) {
    const stored = await textOf(hash, artifacts);
    if (stored.kind !== 'text') {
      missing.push(`entries ${hash} of the ledger of ${portfolio}: ${stored.kind}, and all before them`);
      break;
    }
    texts.push(stored.text);
    hash = openEntries(stored.text).previous;
  }
  await folder.write(layout.ledgerEntries, jsonLines(texts.reverse()));
  return { batches: texts.length, missing };
}

async function exportBreaker(portfolio: string, { highWaterMarks }: Pick<Desk, 'highWaterMarks'>, folder: ExportFolder): Promise<void> {
  const standing = await highWaterMarks.read(portfolio);
  if (standing === undefined) return;
  const { mark, transfers, level, day } = standing;
  const opening = day === undefined ? {} : { day: { session: day.session, equity: formatUsd(day.equity) } };
  await folder.write(
    layoutOf(portfolio).breaker,
    canonicalJson({ mark: formatUsd(mark), transfers: formatUsd(transfers), level, ...opening }),
  );
}
