// The owner's yes to a plan that was held.
import type { RunRecord } from '../contracts/run-record.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import type { Position } from '../core/portfolio/portfolio.ts';
import type { RunId } from '../core/values/identity.ts';
import type { NanoShares } from '../core/values/shares.ts';
import { readArtifact } from './read-artifact.ts';
import type { RunPorts } from './world.ts';

export type Approval = 'approved' | 'already-approved' | 'no-such-run' | 'not-planned' | 'ended' | 'too-late' | 'positions-changed';

/** Approving twice is harmless. A plan is never executed after its session's deadline, nor on other positions than its own. */
export async function approveRun(runId: RunId, ports: RunPorts): Promise<Approval> {
  const record = await ports.runStore.load(runId);
  if (record === undefined) return 'no-such-run';
  switch (record.phase.kind) {
    case 'claimed':
      return 'not-planned';
    case 'ended':
      return 'ended';
    case 'executing':
      await ports.engine.start(runId);
      return 'already-approved';
    case 'awaiting-approval':
      return approve(record, record.phase.execution, ports);
  }
}

async function approve(record: RunRecord, execution: ExecutionState, ports: RunPorts): Promise<Approval> {
  const now = ports.clock.now();
  if (now >= execution.deadline) return 'too-late';
  if (await haveChanged(record, execution, ports)) return 'positions-changed';
  const next: RunRecord = { ...record, version: record.version + 1, updatedAt: now, phase: { kind: 'executing', execution } };
  // Losing this write means that somebody else approved at the same moment.
  if ((await ports.runStore.save(next)) === 'stale') return approveRun(record.runId, ports);
  await ports.engine.start(record.runId);
  return 'approved';
}

/** A plan is sized to what was held when it was made: a sell of shares that were sold since would open a short position. */
async function haveChanged(record: RunRecord, { legs }: ExecutionState, ports: RunPorts): Promise<boolean> {
  const { positions: before } = await readArtifact(ports.artifacts, record, 'snapshot');
  const now = await ports.broker.positions();
  return legs.some(({ symbol }) => held(before, symbol) !== held(now, symbol));
}

function held(positions: readonly Position[], symbol: string): NanoShares {
  return positions.find((position) => position.symbol === symbol)?.quantity ?? 0n;
}
