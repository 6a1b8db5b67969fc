// The runs of a session that is over: which were due, which are on record, and which of them are not as they should be.
import type { PortfolioPolicy } from '../../contracts/portfolio-policy.ts';
import type { RunRecord } from '../../contracts/run-record.ts';
import type { Session } from '../../core/market/calendar.ts';
import { isDue } from '../../core/market/schedule-slot.ts';
import { type RunId, runIdOf } from '../../core/values/identity.ts';
import type { EpochMs } from '../../core/values/time.ts';
import type { RunStore } from '../../ports/run-store.ts';
import { noticeOfSignal } from '../notice-of-signal.ts';
import type { Finding } from './finding.ts';

export interface SessionRuns {
  readonly due: readonly RunId[];
  /** Of the session, by run id. */
  readonly records: readonly RunRecord[];
  /** Of earlier sessions, and still executing. */
  readonly leftOver: readonly RunRecord[];
}

/** Beside the schedules of today: those of a portfolio file that has changed since, and runs of the sessions before. */
const RUNS_BESIDE = 20;

/** @throws StoreError; UnreadableRecord for a run of another release; RangeError in the last week that the calendar knows. */
export async function readSessionRuns(
  { name: portfolio, schedules }: Pick<PortfolioPolicy, 'name' | 'schedules'>,
  session: Session,
  runStore: Pick<RunStore, 'load' | 'list'>,
): Promise<SessionRuns> {
  const due = schedules
    .filter((schedule) => isDue(schedule, session))
    .map(({ name }) => runIdOf({ portfolio, session: session.date, schedule: name }));
  const listed = await runStore.list(portfolio, schedules.length + RUNS_BESIDE);
  const missing = due.filter((runId) => listed.every((record) => record.runId !== runId));
  const loaded = await Promise.all(missing.map((runId) => runStore.load(runId)));
  const records = [...listed.filter((record) => record.session === session.date), ...loaded.filter((record) => record !== undefined)];
  return {
    due,
    records: records.sort((a, b) => (a.runId < b.runId ? -1 : 1)),
    leftOver: listed.filter((record) => record.session < session.date && record.phase.kind === 'executing'),
  };
}

export function findInRuns({ due, records, leftOver }: SessionRuns, now: EpochMs): Finding[] {
  const absent = due.filter((runId) => records.every((record) => record.runId !== runId));
  return [
    ...absent.map(
      (runId): Finding => ({
        code: 'run-missing',
        subject: `${runId} is missing`,
        body: `${runId} was due, and there is no record of it. Nothing was traded.`,
        runId,
      }),
    ),
    ...records.flatMap((record) => findInRun(record, now)),
    ...leftOver.flatMap((record) => findInRun(record, now)),
  ];
}

function findInRun(record: RunRecord, now: EpochMs): Finding[] {
  const { runId, phase } = record;
  switch (phase.kind) {
    case 'claimed':
      return [
        {
          code: 'run-not-ended',
          subject: `${runId} has not ended`,
          body: 'It was claimed, and no plan was made. Nothing was traded.',
          runId,
        },
      ];
    case 'executing': {
      const open = phase.execution.legs.filter(({ stage }) => stage.kind !== 'done').map(({ side, symbol }) => `${side} ${symbol}`);
      const body = `Its execution is not over: ${open.length === 0 ? 'only its end is missing' : open.join(', ')}. Until it has ended, later runs are refused.`;
      return [{ code: 'run-not-ended', subject: `${runId} has not ended`, body, runId }];
    }
    case 'awaiting-approval': {
      const notice = noticeOfSignal(record, now);
      if (notice?.code !== 'approval-missed') return [];
      const { subject, body, stake } = notice;
      return [{ code: 'approval-missed', subject, body, runId, ...(stake === undefined ? {} : { stake }) }];
    }
    case 'ended': {
      // A person who closed it knows.
      if (phase.ending.kind !== 'unresolved' || phase.ending.code === 'closed-by-hand') return [];
      return [{ code: 'run-unresolved', subject: `${runId} is unresolved`, body: phase.ending.detail, runId }];
    }
  }
}
