// How one portfolio stands: its kill switch, its latest runs, the orders that work, when it is looked at next.
import type { LiveOverride } from '../../shared/contracts/portfolio-policy.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { KillSwitchState, SwitchTurn } from '../../shared/contracts/switch-turn.ts';
import { formatUsd } from '../../shared/core/values/money.ts';
import type { EpochMs } from '../../shared/core/values/time.ts';
import { formatPercent } from '../../shared/core/values/weight.ts';
import { StoreError } from '../../shared/ports/outside-error.ts';
import { accountOf } from './account-of.ts';
import type { Desk } from './desk.ts';
import { latestRuns } from './latest-runs.ts';
import { type NextDue, nextDue } from './next-due.ts';
import { type WorkingOrder, workingOrders } from './working-orders.ts';

export interface RunStatus {
  readonly runId: string;
  /** The New York date of the session. */
  readonly session: string;
  readonly schedule: string;
  readonly phase: RunRecord['phase']['kind'];
  /** Of a run that has ended. */
  readonly ending: string | null;
  /** Of a refused run, why. */
  readonly code: string | null;
  readonly detail: string | null;
  /** "2026-11-30T20:35:00.000Z". */
  readonly updatedAt: string;
}

export interface SwitchStatus {
  /** `unreadable` counts as on. */
  readonly state: KillSwitchState | { readonly kind: 'unreadable' };
  /** Why it, or what was done to it, cannot be read. */
  readonly problem: string | undefined;
  /** Newest first. */
  readonly turns: readonly SwitchTurn[];
}

export interface PortfolioStatus {
  readonly portfolio: string;
  /** Its own. */
  readonly killSwitch: SwitchStatus;
  /** Of its breaker; null before the first look, or where it cannot be read. */
  readonly breaker: { readonly level: string; readonly mark: string } | null;
  /** By its own switch or by the one of all portfolios. */
  readonly isHalted: boolean;
  /** Newest session first. */
  readonly runs: readonly RunStatus[];
  readonly workingOrders: readonly WorkingOrder[];
  readonly next: NextDue | null;
  /** The part of the account that it uses, such as "10%"; left out where it is all of it. */
  readonly capital?: string;
  /** Who lets it trade live without what it needs, and why. */
  readonly override?: LiveOverride;
}

const RUNS_SHOWN = 5;
const TURNS_SHOWN = 20;

/** What cannot be read of it is said beside it. */
export async function statusOf(
  portfolio: string,
  all: SwitchStatus,
  desk: Desk,
): Promise<{ status: PortfolioStatus; problems: readonly string[] }> {
  const [killSwitch, found, next, breaker, account] = await Promise.all([
    switchOf(portfolio, desk),
    latestRuns([portfolio], desk.runStore),
    nextDue(portfolio, desk),
    breakerOf(portfolio, desk),
    accountOf(portfolio, desk),
  ]);
  const runs = found.flatMap((each) => each.runs);
  const status = {
    portfolio,
    killSwitch,
    breaker: breaker.breaker,
    isHalted: all.state.kind !== 'off' || killSwitch.state.kind !== 'off',
    runs: runs.slice(0, RUNS_SHOWN).map((run) => runStatus(run, desk.clock.now())),
    workingOrders: runs.flatMap(workingOrders),
    next,
    ...(account?.capital === undefined ? {} : { capital: formatPercent(account.capital) }),
    ...(account?.override === undefined ? {} : { override: account.override }),
  };
  return {
    status,
    problems: [killSwitch.problem, breaker.problem, ...found.map(({ problem }) => problem)].flatMap((problem) => problem ?? []),
  };
}

/** The switch of one portfolio, or (undefined) of all. */
export async function switchOf(portfolio: string | undefined, { killSwitch }: Desk): Promise<SwitchStatus> {
  let state: SwitchStatus['state'] = { kind: 'unreadable' };
  try {
    state = await killSwitch.readOne(portfolio);
    return { state, turns: await killSwitch.turns(portfolio, TURNS_SHOWN), problem: undefined };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { state, turns: [], problem: error.message };
  }
}

async function breakerOf(portfolio: string, { highWaterMarks }: Desk): Promise<{ breaker: PortfolioStatus['breaker']; problem?: string }> {
  try {
    const standing = await highWaterMarks.read(portfolio);
    return { breaker: standing === undefined ? null : { level: standing.level, mark: formatUsd(standing.mark) } };
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    return { breaker: null, problem: error.message };
  }
}

function runStatus({ runId, session, schedule, phase, updatedAt }: RunRecord, now: EpochMs): RunStatus {
  const ending = phase.kind === 'ended' ? phase.ending : undefined;
  return {
    runId,
    session,
    schedule,
    phase: phase.kind,
    ending: ending?.kind ?? null,
    code: ending?.code ?? null,
    detail: ending?.detail ?? waitText(phase, now),
    updatedAt: new Date(updatedAt).toISOString(),
  };
}

/** Of a plan that is held: until when it may be approved, or that it is too late. */
function waitText(phase: RunRecord['phase'], now: EpochMs): string | null {
  if (phase.kind !== 'awaiting-approval') return null;
  const { deadline } = phase.execution;
  return now >= deadline ? 'was not approved in time' : `may be approved until ${new Date(deadline).toISOString()}`;
}
