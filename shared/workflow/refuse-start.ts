// Why a due run may not even look at the market.
import type { PortfolioPolicy } from '../contracts/portfolio-policy.ts';
import type { RunRecord } from '../contracts/run-record.ts';
import { type EpochMs, MINUTE_MS } from '../core/values/time.ts';
import { type Refusal, refused } from './refusals.ts';
import type { RunPorts } from './world.ts';

/** Later than this after it was due, a run refuses: its schedule, its quotes and its deadline are others by then. */
export const LATE_MS_MAX = 10 * MINUTE_MS;
const RUNS_LOOKED_AT = 10;

export async function refuseStart(
  record: RunRecord,
  policy: PortfolioPolicy,
  scheduledTime: EpochMs,
  ports: RunPorts,
): Promise<Refusal | undefined> {
  const { auction } = policy.execution;
  if (auction !== undefined && !ports.broker.capabilities.auctions.includes(auction))
    return refused('auction-not-offered', `execution.auction is ${auction}, and the broker offers this account no such auction`);
  const lateMs = ports.clock.now() - scheduledTime;
  if (lateMs > LATE_MS_MAX)
    return refused('outside-window', `due at ${new Date(scheduledTime).toISOString()}, ${Math.round(lateMs / MINUTE_MS)} minutes ago`);
  const killSwitch = await ports.killSwitch.read(record.portfolio);
  if (killSwitch.kind === 'on') return refused('kill-switch', killSwitch.reason);
  const others = await ports.runStore.list(record.portfolio, RUNS_LOOKED_AT);
  const other = others.find((each) => each.runId !== record.runId && isUnderWay(each, record));
  return other === undefined ? undefined : refused('run-in-progress', `${other.runId} is ${other.phase.kind}`);
}

/** A plan that was claimed or held in an earlier session is dead: it can no longer be executed. */
function isUnderWay(other: RunRecord, ours: RunRecord): boolean {
  return other.phase.kind === 'executing' || (other.phase.kind !== 'ended' && other.session === ours.session);
}
