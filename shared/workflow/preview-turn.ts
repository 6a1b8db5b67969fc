// What the next turn of a run would do, by the same look and the same decision as the turn itself. Nothing is written,
// and nothing is sent.
import type { RunRecord } from '../contracts/run-record.ts';
import { advance } from '../core/execution/advance.ts';
import type { Action } from '../core/execution/observation.ts';
import { isOver } from '../core/execution/state.ts';
import { type Stop, stopOf } from '../core/execution/stop.ts';
import { mismatchOf, OtherAccount } from './account-fence.ts';
import { observe } from './observe.ts';
import type { RunPorts } from './world.ts';

export interface TurnPreview {
  readonly actions: readonly Action[];
  /** Why nothing more may be sent; absent where something may. */
  readonly stop?: Stop;
  /** No order is left to look after: the run counts its fills and ends. */
  readonly ends: boolean;
}

/** @throws BrokerError, StoreError, OtherAccount when the outside world fails or is another; Error for a run that does not execute. */
export async function previewTurn(record: RunRecord, ports: RunPorts): Promise<TurnPreview> {
  const { portfolio, runId, phase } = record;
  if (phase.kind !== 'executing') throw new Error(`run ${runId} is ${phase.kind}, expected executing`);
  if (isOver(phase.execution)) return { actions: [], ends: true };
  const seen = await observe(portfolio, phase.execution, new Map(), ports);
  const mismatch = await mismatchOf(record, seen.account, ports);
  if (mismatch !== undefined) throw new OtherAccount(runId, mismatch);
  const now = ports.clock.now();
  const { state, actions } = advance(phase.execution, seen, now);
  const stop = stopOf(phase.execution, seen, now);
  return { actions, ends: isOver(state), ...(stop === undefined ? {} : { stop }) };
}
