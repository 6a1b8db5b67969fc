// The signal: a schedule event becomes a frozen, reviewed plan, once per RunId, however often it is delivered.
import type { ScheduleEvent } from '../contracts/events.ts';
import { metricNames } from '../contracts/metric-names.ts';
import { RUN_RECORD_SCHEMA, type RunEnding, type RunRecord } from '../contracts/run-record.ts';
import type { Session } from '../core/market/calendar.ts';
import type { Schedule } from '../core/market/schedule.ts';
import { matchSlot } from '../core/market/schedule-slot.ts';
import { DENIAL_CODES } from '../core/risk/denial.ts';
import { type RunId, runIdOf } from '../core/values/identity.ts';
import { type EpochMs, MINUTE_MS } from '../core/values/time.ts';
import type { PortfolioSource } from '../ports/portfolios.ts';
import type { Next } from './evaluate-snapshot.ts';
import { makePlan } from './make-plan.ts';
import { noticeOfSignal } from './notice-of-signal.ts';
import { refuseStart } from './refuse-start.ts';
import type { RunPorts } from './world.ts';

/** How far our clock may be behind the scheduler's. */
const EARLY_MS_MAX = MINUTE_MS;

export type SignalResult =
  /** This cron is not the real one today, or nothing is due: the calendar decides, nothing is recorded. */
  | { readonly kind: 'not-due'; readonly code: string; readonly detail: string }
  | { readonly kind: 'refused'; readonly runId: RunId; readonly code: string; readonly detail: string }
  | { readonly kind: 'nothing-to-trade'; readonly runId: RunId }
  | { readonly kind: 'awaiting-approval'; readonly runId: RunId }
  /** The execution was started, now or before. */
  | { readonly kind: 'handed-over'; readonly runId: RunId }
  | { readonly kind: 'already-ended'; readonly runId: RunId; readonly ending: RunEnding };

interface Due {
  readonly schedule: Schedule;
  readonly session: Session;
  readonly scheduledTime: EpochMs;
  readonly source: PortfolioSource;
}

/**
 * @throws Error for an event that names no schedule of this portfolio.
 * @throws BrokerError, StoreError when the outside world fails: delivered again, the run goes on from its record.
 */
export async function runSignal(event: ScheduleEvent, source: PortfolioSource, ports: RunPorts): Promise<SignalResult> {
  const schedule = source.policy.schedules.find(({ name }) => name === event.schedule);
  if (schedule === undefined) throw new Error(`portfolio ${event.portfolio} has no schedule ${event.schedule}`);
  const scheduledTime = Date.parse(event.scheduledTime);
  const slot = matchSlot(schedule, scheduledTime);
  if (slot.kind !== 'due') return notDue(slot.kind, event, ports);
  if (ports.clock.now() < scheduledTime - EARLY_MS_MAX) return notDue('early', event, ports);
  const due: Due = { schedule, session: slot.session, scheduledTime, source };
  return goOn(await claim(event, due, ports), due, ports);
}

/** Which of two crons is real and whether anything is due is a matter of every day; the rest means a wrong deployment. */
const EXPECTED_NOT_DUE: ReadonlySet<string> = new Set(['not-a-session', 'other-close', 'not-due']);

async function notDue(code: string, event: ScheduleEvent, ports: RunPorts): Promise<SignalResult> {
  const detail = `${event.portfolio} ${event.schedule} at ${event.scheduledTime}`;
  ports.telemetry.info('not due', { code, ...event });
  if (!EXPECTED_NOT_DUE.has(code)) {
    await ports.notifier.notify({
      severity: 'page',
      code: 'schedule-wrong',
      subject: `${event.portfolio}: ${code}`,
      body: `Nothing was traded. ${detail} fits no slot of its schedule.`,
      portfolio: event.portfolio,
    });
  }
  return { kind: 'not-due', code, detail };
}

/** The first event of a run writes its record; every other one, however late or often, goes on from it. */
async function claim(event: ScheduleEvent, { session, scheduledTime }: Due, ports: RunPorts): Promise<RunRecord> {
  const now = ports.clock.now();
  const fresh: RunRecord = {
    schemaVersion: RUN_RECORD_SCHEMA,
    runId: runIdOf({ portfolio: event.portfolio, session: session.date, schedule: event.schedule }),
    version: 1,
    portfolio: event.portfolio,
    schedule: event.schedule,
    session: session.date,
    scheduledTime,
    claimedAt: now,
    updatedAt: now,
    artifacts: {},
    phase: { kind: 'claimed' },
  };
  const claimed = await ports.runStore.claim(fresh);
  return claimed.kind === 'claimed' ? fresh : claimed.record;
}

async function goOn(record: RunRecord, due: Due, ports: RunPorts): Promise<SignalResult> {
  const { runId, phase } = record;
  switch (phase.kind) {
    case 'claimed':
      return prepare(record, due, ports);
    case 'awaiting-approval':
      await tell(record, ports);
      return { kind: 'awaiting-approval', runId };
    case 'executing':
      await ports.engine.start(runId);
      return { kind: 'handed-over', runId };
    case 'ended':
      await tell(record, ports);
      return { kind: 'already-ended', runId, ending: phase.ending.kind };
  }
}

/** Makes the plan and freezes it: from here on the run is what the record says, and is never planned again. */
async function prepare(record: RunRecord, due: Due, ports: RunPorts): Promise<SignalResult> {
  const { runId } = record;
  const refusal = await refuseStart(record, due.source.policy, due.scheduledTime, ports);
  const { artifacts, next } =
    refusal === undefined ? await makePlan(record, due.schedule, due.session, due.source, ports) : { artifacts: {}, next: refusal };
  const now = ports.clock.now();
  const frozen: RunRecord = {
    ...record,
    version: record.version + 1,
    updatedAt: now,
    artifacts,
    phase: phaseAfter(next, due.schedule, now),
  };
  if ((await ports.runStore.save(frozen)) === 'stale') return goOnFromStored(runId, due, ports);
  ports.telemetry.info('plan made', { next: next.kind });
  count(next, ports);
  if (next.kind === 'refused') {
    await tell(frozen, ports);
    return { kind: 'refused', runId, code: next.code, detail: next.detail };
  }
  if (next.kind === 'nothing-to-trade') return { kind: 'nothing-to-trade', runId };
  return goOn(frozen, due, ports);
}

/** Told again when the event is delivered again: the delivery that froze the plan may have died before it told. */
async function tell(record: RunRecord, { notifier, clock }: RunPorts): Promise<void> {
  const notice = noticeOfSignal(record, clock.now());
  if (notice !== undefined) await notifier.notify(notice);
}

function count(next: Next, { telemetry }: RunPorts): void {
  telemetry.count(next.kind === 'refused' ? metricNames.runsRefused : metricNames.runsStarted, 1);
  if (next.kind === 'nothing-to-trade') telemetry.count(metricNames.runsNothingToTrade, 1);
  if (next.kind === 'refused' && DENIAL_CODES.some((code) => code === next.code)) telemetry.count(metricNames.tradesDenied, 1);
}

function phaseAfter(next: Next, schedule: Schedule, at: EpochMs): RunRecord['phase'] {
  switch (next.kind) {
    case 'refused':
      return { kind: 'ended', ending: { kind: 'refused', code: next.code, detail: next.detail, at } };
    case 'nothing-to-trade':
      return { kind: 'ended', ending: { kind: 'nothing-to-trade', detail: next.detail, at } };
    case 'execute':
      return { kind: schedule.approve ? 'awaiting-approval' : 'executing', execution: next.execution };
  }
}

/** The same event was delivered twice at once, and the other delivery froze its plan first: ours never existed. */
async function goOnFromStored(runId: RunId, due: Due, ports: RunPorts): Promise<SignalResult> {
  const stored = await ports.runStore.load(runId);
  if (stored === undefined || stored.phase.kind === 'claimed') throw new Error(`run ${runId} changed under our hands, yet is not frozen`);
  return goOn(stored, due, ports);
}
