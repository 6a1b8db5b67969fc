// snapshot → decision → plan → review, each stored under the hash that the next one names, up to what the run does next.
import type { RunRecord } from '../contracts/run-record.ts';
import type { Session } from '../core/market/calendar.ts';
import type { Schedule } from '../core/market/schedule.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import { evaluateSnapshot, type Next } from './evaluate-snapshot.ts';
import { noticeOfMissedExits, noticeOfUnowned } from './notice-of-ended.ts';
import { takeSnapshot } from './take-snapshot.ts';
import type { RunPorts } from './world.ts';
import { writeArtifact } from './write-artifact.ts';

export interface MadePlan {
  readonly artifacts: RunRecord['artifacts'];
  readonly next: Next;
}

/** Nothing counts until the record points to it: dying anywhere in here leaves orphans and no harm. */
export async function makePlan(
  { runId }: Pick<RunRecord, 'runId'>,
  schedule: Schedule,
  session: Session,
  source: PortfolioSource,
  ports: RunPorts,
): Promise<MadePlan> {
  const taken = await takeSnapshot(runId, source, session, ports);
  if (taken.kind === 'refused') return { artifacts: {}, next: taken };
  const snapshot = await writeArtifact(ports.artifacts, taken);
  const { decision, plan, review, next, leftOut, exits, trades } = evaluateSnapshot(
    snapshot,
    taken,
    source.policy,
    schedule,
    session,
    ports.solvers,
  );
  const artifacts: RunRecord['artifacts'] = { snapshot };
  for (const [kind, sealed] of Object.entries({ decision, plan, review })) {
    if (sealed === undefined) continue;
    await ports.artifacts.put(sealed.hash, sealed.text);
    artifacts[kind as keyof typeof artifacts] = sealed.hash;
  }
  if (leftOut.length > 0) {
    const body = leftOut.map(({ sleeve, symbol, metric, why }) => `${symbol} in sleeve ${sleeve}: ${metric} is ${why}`).join('; ');
    const subject = `${runId}: candidates without data were left out`;
    await ports.notifier.notify({ severity: 'ticket', code: 'left-out', subject, body, portfolio: source.policy.name, runId });
  }
  const notice = next.kind === 'execute' ? noticeOfUnowned(runId, trades) : noticeOfMissedExits(runId, exits, next);
  if (notice !== undefined) await ports.notifier.notify(notice);
  return { artifacts, next };
}
