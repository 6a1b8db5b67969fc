// One turn of a run's execution, from the record and the broker alone: whoever turns the crank, however often,
// and wherever the one before died.
import type { AdvanceResult } from '../contracts/events.ts';
import { metricNames } from '../contracts/metric-names.ts';
import type { RunRecord } from '../contracts/run-record.ts';
import { advance } from '../core/execution/advance.ts';
import { secondsToNextTurn } from '../core/execution/next-turn.ts';
import type { SubmissionNews } from '../core/execution/observation.ts';
import { type ExecutionState, isOver } from '../core/execution/state.ts';
import type { ClientOrderId, RunId } from '../core/values/identity.ts';
import { keepToAccount } from './account-fence.ts';
import { act } from './act.ts';
import { endExecution } from './end-execution.ts';
import { observe } from './observe.ts';
import type { RunPorts } from './world.ts';

/** Passes in one turn, each a look and what follows from it: enough to see one's own submissions answered. */
const PASSES_MAX = 6;
/** After losing the record to another driver: long enough for it to finish its turn. */
const STALE_WAIT_SECONDS = 5;

/** A run whose order's fate is unknown to the end. It stays failed until a person has looked. */
export class UnresolvedRun extends Error {
  override readonly name = 'UnresolvedRun';
}

/**
 * @throws BrokerError, StoreError when the outside world fails: the engine retries, then the run goes to the DLQ.
 * @throws OtherAccount when the broker answers for another account than the run's: the record stays as it is.
 * @throws UnresolvedRun when the broker never said whether it has an order.
 */
export async function advanceRun(runId: RunId, ports: RunPorts): Promise<AdvanceResult> {
  let record = await ports.runStore.load(runId);
  if (record === undefined) throw new Error(`no run ${runId}`);
  let news: ReadonlyMap<ClientOrderId, SubmissionNews> = new Map();
  for (let pass = 0; pass < PASSES_MAX; pass += 1) {
    if (record.phase.kind === 'ended') return endOf(record);
    if (record.phase.kind !== 'executing') throw new Error(`run ${runId} is ${record.phase.kind}, expected executing`);
    const state: ExecutionState = record.phase.execution;
    // Only a state that is stored as over is ended: nobody can be further on with it.
    if (isOver(state)) return end(record, state, ports);
    const seen = await observe(record.portfolio, state, news, ports);
    await keepToAccount(record, seen.account, ports);
    const turn = advance(state, seen, ports.clock.now());
    const hasChanged = turn.state.legs.some((leg, place) => leg !== state.legs[place]);
    if (hasChanged) {
      const next: RunRecord = {
        ...record,
        version: record.version + 1,
        updatedAt: ports.clock.now(),
        phase: { kind: 'executing', execution: turn.state },
      };
      // Losing this write means that another driver is further on: nothing of ours is sent.
      if ((await ports.runStore.save(next)) === 'stale') {
        ports.telemetry.count(metricNames.staleWrites, 1);
        return again(runId);
      }
      record = next;
    }
    news = await act(record.portfolio, turn.state, turn.actions, ports);
    if (!hasChanged || (turn.actions.length === 0 && !isOver(turn.state))) break;
  }
  if (record.phase.kind !== 'executing') return endOf(record);
  return { runId, done: false, waitSeconds: secondsToNextTurn(record.phase.execution, record.updatedAt, ports.clock.now()) };
}

async function end(record: RunRecord, state: ExecutionState, ports: RunPorts): Promise<AdvanceResult> {
  const ended = await endExecution(record, state, ports);
  return ended === 'stale' ? again(record.runId) : endOf(ended);
}

function again(runId: RunId): AdvanceResult {
  return { runId, done: false, waitSeconds: STALE_WAIT_SECONDS };
}

function endOf(record: RunRecord): AdvanceResult {
  const { runId, phase } = record;
  if (phase.kind === 'ended' && phase.ending.kind === 'unresolved')
    throw new UnresolvedRun(`run ${runId} is unresolved: ${phase.ending.detail}`);
  return { runId, done: true, waitSeconds: 0 };
}
