// One due run, from the scheduler's event to its end: the signal, and as many turns of the execution as it takes.

import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { Session } from '../../shared/core/market/calendar.ts';
import type { Schedule } from '../../shared/core/market/schedule.ts';
import { slotInstant } from '../../shared/core/market/schedule-slot.ts';
import { runIdOf } from '../../shared/core/values/identity.ts';
import { SECOND_MS } from '../../shared/core/values/time.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import { advanceRun } from '../../shared/workflow/execution-run.ts';
import { runSignal } from '../../shared/workflow/signal-run.ts';
import type { FullWorld } from './full-world.ts';

/** On AWS a run has some two thousand. */
const TURNS_MAX = 2_000;

/** @throws Error for a run that does not come to its end: an exchange that never fails leaves it no reason. */
export async function driveRun(schedule: Schedule, session: Session, source: PortfolioSource, world: FullWorld): Promise<RunRecord> {
  const { ports, moveTo } = world;
  const portfolio = source.policy.name;
  const at = slotInstant(schedule.at, session);
  moveTo(at);
  await runSignal({ portfolio, schedule: schedule.name, scheduledTime: new Date(at).toISOString() }, source, ports);
  for (let started = ports.engine.take(); started !== undefined; started = ports.engine.take()) {
    for (let turn = 1; ; turn += 1) {
      const { done, waitSeconds } = await advanceRun(started, ports);
      if (done) break;
      if (turn === TURNS_MAX) throw new Error(`run ${started} has not ended after ${TURNS_MAX} turns`);
      moveTo(ports.clock.now() + waitSeconds * SECOND_MS);
    }
  }
  const runId = runIdOf({ portfolio, session: session.date, schedule: schedule.name });
  const record = await ports.runStore.load(runId);
  if (record?.phase.kind !== 'ended') throw new Error(`run ${runId} is ${record?.phase.kind ?? 'not on record'}`);
  return record;
}
