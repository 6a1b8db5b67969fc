// Adds to the audit chain of a portfolio every run that has ended and is not in it. It comes after a run's end and changes
// nothing of the run: where it fails, the run has ended all the same, and whoever comes next adds what is missing.
import { type AuditHead, headOf } from '../contracts/audit-head.ts';
import { decodeLink, recordHash, type SealedLink, sealLink } from '../contracts/audit-link.ts';
import type { RunRecord } from '../contracts/run-record.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import { StoreError } from '../ports/outside-error.ts';
import type { AuditPorts } from './audit-ports.ts';

/** A quarter of daily runs: longer than any outage of a key goes unnoticed. */
const RUNS_LOOKED_AT = 66;
/** Runs and links come in nearly the same order: twice as many hold every run that is looked at. */
const LINKS_LOOKED_AT = 2 * RUNS_LOOKED_AT;
/** Each of them means that somebody else added a link, which he had to do for one of our runs. */
const ATTEMPTS_MAX = RUNS_LOOKED_AT;

/**
 * Safe to repeat, and safe beside another: a run is added once.
 * @returns how many it saw added; beside another sealer both see the same link.
 * @throws StoreError, OutsideError of the key; UnreadableRecord for a run of another release.
 */
export async function sealEndedRuns(portfolio: string, ports: AuditPorts): Promise<number> {
  let added = 0;
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const sealed = await linksOf(portfolio, ports.trail);
    const known = new Set(sealed.map(({ link }) => link.runId));
    const missing = (await ports.runStore.list(portfolio, RUNS_LOOKED_AT)).filter(
      ({ phase, runId }) => phase.kind === 'ended' && !known.has(runId),
    );
    if (missing.length === 0) return added;
    const done = await appendAll(sealed[0], missing.sort(byEnd), ports);
    added += done;
    if (done === missing.length) return added;
  }
  throw new StoreError(`the audit chain of ${portfolio} was written by somebody else ${ATTEMPTS_MAX} times over`, {
    effect: 'none',
    code: 'contended',
  });
}

/**
 * The newest link, for a digest that is kept outside the store; undefined before the first.
 * @throws StoreError, also for a newest link that cannot be read: `evenkeel audit verify` says more.
 */
export async function auditHead(portfolio: string, trail: Pick<AuditTrail, 'latest'>): Promise<AuditHead | undefined> {
  const [newest] = await trail.latest(portfolio, 1);
  return newest === undefined ? undefined : headOf(readable(portfolio, newest.text));
}

async function linksOf(portfolio: string, trail: AuditTrail): Promise<readonly SealedLink[]> {
  return (await trail.latest(portfolio, LINKS_LOOKED_AT)).map(({ text }) => readable(portfolio, text));
}

/** Nothing is added to a chain that was damaged: the addition would look as if all before it had been checked. */
function readable(portfolio: string, text: string): SealedLink {
  const sealed = decodeLink(text);
  if (sealed !== undefined) return sealed;
  throw new StoreError(`a link of the audit chain of ${portfolio} cannot be read`, { effect: 'none', code: 'bad-answer' });
}

/** @returns how many were appended before somebody else was faster. */
async function appendAll(head: SealedLink | undefined, runs: readonly RunRecord[], ports: AuditPorts): Promise<number> {
  const { key } = await ports.auditKeys.keyring();
  let before = head;
  for (const [place, run] of runs.entries()) {
    const ledger = (await ports.ledgers.load(run.portfolio))?.head;
    const sealed = sealLink(before, { portfolio: run.portfolio, runId: run.runId, record: recordHash(run), ledger }, key);
    if ((await ports.trail.append(sealed)) === 'stale') return place;
    before = sealed;
  }
  return runs.length;
}

function byEnd(a: RunRecord, b: RunRecord): number {
  return a.updatedAt - b.updatedAt || (a.runId < b.runId ? -1 : 1);
}
