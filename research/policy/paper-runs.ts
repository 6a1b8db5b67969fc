// The paper runs of exactly what a portfolio trades, whatever it was called then, each held to the backtest.
import { openArtifact } from '../../shared/contracts/artifacts.ts';
import { tradedHash } from '../../shared/contracts/hypothesis/traded-hash.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { filledQuantity } from '../../shared/core/execution/leg.ts';
import type { Outcome } from '../../shared/core/ledger/outcome.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import type { ArtifactStore } from '../../shared/ports/artifact-store.ts';
import { readArtifact } from '../../shared/workflow/read-artifact.ts';
import { type VerifyPorts, verifyAudit } from '../../shared/workflow/verify-audit.ts';
import { parityOfRun, type RunParity } from '../parity/parity-of-run.ts';

export interface PaperRun {
  readonly record: RunRecord;
  readonly parity: RunParity;
  readonly outcome?: Outcome;
}

export interface RunRecords extends VerifyPorts {
  portfolioNames(): Promise<readonly string[]>;
}

const RUNS_MAX = 10_000;

/**
 * By session, ascending. A run that recorded no file that can be read now is taken where the one before it was: what it was of,
 * nobody can say, and leaving it out would make the rest look better.
 * @throws StoreError
 */
export async function paperRuns(
  { name: ownName, traded }: { readonly name: string; readonly traded: ContentHash },
  records: RunRecords,
  since: NewYorkDate | undefined,
): Promise<readonly PaperRun[]> {
  const found: PaperRun[] = [];
  // Its own name too: whose file is of live by now is no paper portfolio any more.
  for (const name of new Set([...(await records.portfolioNames()), ownName])) {
    let isOfIt = false;
    for (const record of (await records.runStore.list(name, RUNS_MAX)).toReversed()) {
      isOfIt = (await tradedBy(record, records.artifacts, traded)) ?? isOfIt;
      if (!isOfIt || (since !== undefined && record.session < since)) continue;
      const outcome =
        record.artifacts.outcome === undefined ? {} : { outcome: (await readArtifact(records.artifacts, record, 'outcome')).outcome };
      found.push({ record, parity: await parityOfRun(record, records.artifacts), ...outcome });
    }
  }
  return found.sort((a, b) => (a.record.session < b.record.session ? -1 : a.record.session > b.record.session ? 1 : 0));
}

/**
 * What in the records of these runs' portfolios is not as it was written, or nothing proves: a record that somebody made up shows
 * whatever he likes. null where there is no run.
 * @throws StoreError, OutsideError of the key
 */
export async function unprovenRecords(runs: readonly PaperRun[], records: RunRecords): Promise<number | null> {
  if (runs.length === 0) return null;
  let count = 0;
  for (const portfolio of new Set(runs.map(({ record }) => record.portfolio))) {
    const { findings, runsBefore } = await verifyAudit(portfolio, undefined, records);
    count += findings.length + runsBefore;
  }
  return count;
}

/** Ended, and a share or more changed hands. */
export function hasTraded({ record: { phase } }: Pick<PaperRun, 'record'>): boolean {
  return phase.kind === 'ended' && (phase.execution?.legs ?? []).some((leg) => filledQuantity(leg) > 0n);
}

/** Ended, and not by a refusal: it looked at the market and did what it had to. */
export function hasRun({ record: { phase } }: Pick<PaperRun, 'record'>): boolean {
  return phase.kind === 'ended' && phase.ending.kind !== 'refused' && phase.ending.kind !== 'unresolved';
}

/** undefined where nobody can say. */
async function tradedBy({ artifacts: { snapshot } }: RunRecord, artifacts: Pick<ArtifactStore, 'get'>, traded: ContentHash) {
  const text = snapshot === undefined ? undefined : await artifacts.get(snapshot);
  if (text === undefined) return undefined;
  const file = parsePortfolioFile(openArtifact('snapshot', text).portfolioFile, 'the recorded portfolio file');
  if (file.kind === 'refused') return undefined;
  return file.policy.account.mode === 'paper' && tradedHash(file.policy) === traded;
}
