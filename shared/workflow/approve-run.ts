// The owner's yes to a plan that was held. The plan stays as it was made; what its orders are collared to is taken again.
import type { RunRecord } from '../contracts/run-record.ts';
import { type PriceMove, retakeArrivals } from '../core/execution/retake-arrivals.ts';
import type { ExecutionState } from '../core/execution/state.ts';
import type { Position } from '../core/portfolio/portfolio.ts';
import type { RunId } from '../core/values/identity.ts';
import type { NanoShares } from '../core/values/shares.ts';
import { type AccountMismatch, mismatchOf } from './account-fence.ts';
import { readArtifact } from './read-artifact.ts';
import type { RunPorts } from './world.ts';

export type Approval =
  | { readonly kind: 'approved' }
  | { readonly kind: 'already-approved' }
  | { readonly kind: 'no-such-run' | 'not-planned' | 'ended' | 'too-late' | 'positions-changed' }
  | { readonly kind: 'kill-switch'; readonly reason: string }
  /** The broker answers for another account than the plan was made for. */
  | ({ readonly kind: 'other-account' } & AccountMismatch)
  /** The market is further from the prices of the plan than the portfolio file allows. */
  | { readonly kind: 'prices-moved'; readonly moves: readonly PriceMove[] };

/**
 * Approving twice is harmless. A plan is never executed after its session's deadline, nor in another account or on other
 * positions than its own, nor while somebody says stop, nor when prices have left it behind.
 */
export async function approveRun(runId: RunId, ports: RunPorts): Promise<Approval> {
  const record = await ports.runStore.load(runId);
  if (record === undefined) return { kind: 'no-such-run' };
  switch (record.phase.kind) {
    case 'claimed':
      return { kind: 'not-planned' };
    case 'ended':
      return { kind: 'ended' };
    case 'executing':
      await ports.engine.start(runId);
      return { kind: 'already-approved' };
    case 'awaiting-approval':
      return approve(record, record.phase.execution, ports);
  }
}

async function approve(record: RunRecord, held: ExecutionState, ports: RunPorts): Promise<Approval> {
  if (ports.clock.now() >= held.deadline) return { kind: 'too-late' };
  const killSwitch = await ports.killSwitch.read(record.portfolio);
  if (killSwitch.kind === 'on') return { kind: 'kill-switch', reason: killSwitch.reason };
  const mismatch = await mismatchOf(record, await ports.broker.account(), ports);
  if (mismatch !== undefined) return { kind: 'other-account', ...mismatch };
  if (await haveChanged(record, held, ports)) return { kind: 'positions-changed' };
  const quotes = await ports.marketData.latestQuotes(held.legs.map(({ symbol }) => symbol));
  const now = ports.clock.now();
  // What was asked above took its time.
  if (now >= held.deadline) return { kind: 'too-late' };
  const retaken = retakeArrivals(held, quotes, now);
  if (retaken.kind === 'moved') return { kind: 'prices-moved', moves: retaken.moves };
  const execution = retaken.state;
  const next: RunRecord = { ...record, version: record.version + 1, updatedAt: now, phase: { kind: 'executing', execution } };
  // Losing this write means that somebody else approved at the same moment.
  if ((await ports.runStore.save(next)) === 'stale') return approveRun(record.runId, ports);
  await ports.engine.start(record.runId);
  return { kind: 'approved' };
}

/** A plan is sized to what was held when it was made: a sell of shares that were sold since would open a short position. */
async function haveChanged(record: RunRecord, { legs }: ExecutionState, ports: RunPorts): Promise<boolean> {
  const { positions: before } = await readArtifact(ports.artifacts, record, 'snapshot');
  const now = await ports.broker.positions();
  return legs.some(({ symbol }) => heldOf(before, symbol) !== heldOf(now, symbol));
}

function heldOf(positions: readonly Position[], symbol: string): NanoShares {
  return positions.find((position) => position.symbol === symbol)?.quantity ?? 0n;
}
