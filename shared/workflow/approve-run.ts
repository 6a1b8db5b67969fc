// The owner's yes to a plan that was held.
import type { RunRecord } from '../contracts/run-record.ts';
import type { RunId } from '../core/values/identity.ts';
import type { RunPorts } from './world.ts';

export type Approval = 'approved' | 'already-approved' | 'no-such-run' | 'not-planned' | 'ended' | 'too-late';

/** Approving twice is harmless. A plan is never executed after its session's deadline. */
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
      return approve(record, record.phase.execution.deadline, ports);
  }
}

async function approve(record: RunRecord, deadline: number, ports: RunPorts): Promise<Approval> {
  if (record.phase.kind !== 'awaiting-approval') return 'not-planned';
  const now = ports.clock.now();
  if (now >= deadline) return 'too-late';
  const next: RunRecord = { ...record, version: record.version + 1, updatedAt: now, phase: { kind: 'executing', execution: record.phase.execution } };
  // Losing this write means that somebody else approved at the same moment.
  if ((await ports.runStore.save(next)) === 'stale') return approveRun(record.runId, ports);
  await ports.engine.start(record.runId);
  return 'approved';
}
