// Drives the deployed handlers through sessions in virtual time: the scheduler's event to the signal, the engine's
// turns to the execution, session after session. What is already done is found done; what was interrupted goes on.
import { executionHandler } from '../../lambdas/execution/execution-handler.ts';
import { signalHandler } from '../../lambdas/signal/signal-handler.ts';
import type { Session } from '../../shared/core/market/calendar.ts';
import type { Schedule } from '../../shared/core/market/schedule.ts';
import { slotInstant } from '../../shared/core/market/schedule-slot.ts';
import { runIdOf } from '../../shared/core/values/identity.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import type { LocalWorld } from '../../shared/wiring/local.ts';
import { type DriverParts, driveRun } from '../../shared/wiring/local-driver.ts';
import { approveRun } from '../../shared/workflow/approve-run.ts';
import { reportSession, type SessionReport } from './session-report.ts';
import { watchSession } from './watch-session.ts';

/** More schedules than this no demo has. */
const RUNS_LOOKED_AT = 20;

export interface DueSession {
  readonly schedule: Schedule;
  readonly session: Session;
}

export interface SessionStep {
  readonly report: SessionReport;
  /** The run had ended before this process looked at it. */
  readonly wasDone: boolean;
  /** Why the engine gave the run up to a person; absent when it did not. */
  readonly deadLetter?: string;
}

export interface SessionWays {
  /** Asked between turns. */
  readonly isStopped: () => boolean;
  /** Says yes to every plan that waits for its owner. */
  readonly approve: boolean;
}

export async function* rebalanceSessions(
  { policy }: PortfolioSource,
  due: readonly DueSession[],
  world: LocalWorld,
  { isStopped, approve }: SessionWays,
): AsyncGenerator<SessionStep> {
  const portfolio = policy.name;
  const signal = signalHandler(() => world);
  const deadLetters = new Map<string, string>();
  const parts: DriverParts = {
    execute: executionHandler(() => world),
    pass: (ms) => world.exchange.clock.advance(ms),
    deadLetter: async (message) => {
      deadLetters.set(message.runId, message.error);
      await world.deadLetter(message);
    },
    isStopped,
  };
  let before: Session | undefined;
  for (const { schedule, session } of due) {
    if (isStopped()) return;
    if (before !== undefined && before.date !== session.date) await watchSession(world, portfolio, before);
    before = session;
    const at = slotInstant(schedule.at, session);
    const runId = runIdOf({ portfolio, session: session.date, schedule: schedule.name });
    await catchUp(world, at, runId);
    const told = await signal({ portfolio, schedule: schedule.name, scheduledTime: new Date(at).toISOString() });
    if (approve && told.kind === 'awaiting-approval') await approveRun(runId, world.portsFor(policy, runId));
    for (let started = world.engine.take(); started !== undefined; started = world.engine.take()) {
      if ((await driveRun(started, parts)) === 'stopped') return;
    }
    const record = await world.runStore.load(runId);
    if (record === undefined) throw new Error(`${runId} left no record: ${JSON.stringify(told)}`);
    const report = await reportSession(record, world.artifacts, world.exchange.clock.now());
    const deadLetter = deadLetters.get(runId);
    yield { report, wasDone: told.kind === 'already-ended', ...(deadLetter === undefined ? {} : { deadLetter }) };
  }
  // While a plan of the last session waits for its owner's yes, time stands still.
  if (before !== undefined && !isStopped() && !(await isWaiting(world, portfolio, before))) await watchSession(world, portfolio, before);
}

async function isWaiting({ exchange, runStore }: LocalWorld, portfolio: string, { date }: Session): Promise<boolean> {
  const records = await runStore.list(portfolio, RUNS_LOOKED_AT);
  return records.some(
    ({ session, phase }) => session === date && phase.kind === 'awaiting-approval' && exchange.clock.now() < phase.execution.deadline,
  );
}

/** Time goes on to the slot, or to where an interrupted run had come. It never goes back. */
async function catchUp({ exchange, runStore }: LocalWorld, at: number, runId: string): Promise<void> {
  const record = await runStore.load(runId);
  const to = Math.max(at, record?.updatedAt ?? at);
  if (exchange.clock.now() < to) exchange.clock.set(to);
}
