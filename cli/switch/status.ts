// How each portfolio stands: its kill switch, its latest runs, the orders that work, when it is looked at next.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import type { KillSwitchState, SwitchTurn } from '../../shared/contracts/switch-turn.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { type Desk, type DeskOptions, openDesk } from './desk.ts';
import { latestRuns } from './latest-runs.ts';
import { type NextDue, nextDue } from './next-due.ts';
import { namesOf, requireKnown } from './scope.ts';
import { statusText } from './status-text.ts';
import { switchDocument, turnDocument } from './switch-text.ts';
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
  readonly state: KillSwitchState;
  /** Newest first. */
  readonly turns: readonly SwitchTurn[];
}

export interface PortfolioStatus {
  readonly portfolio: string;
  /** Its own. */
  readonly killSwitch: SwitchStatus;
  /** By its own switch or by the one of all portfolios. */
  readonly isHalted: boolean;
  /** Newest session first. */
  readonly runs: readonly RunStatus[];
  readonly workingOrders: readonly WorkingOrder[];
  readonly next: NextDue | null;
}

const RUNS_SHOWN = 5;
const TURNS_SHOWN = 20;

/** @throws CommandFailure: exit 2 for bad usage, exit 1 when something could not be read; the rest is said first. */
export async function status(portfolio: string | undefined, options: DeskOptions, output: Output, open = openDesk): Promise<void> {
  const desk = await open(options);
  try {
    if (portfolio !== undefined) await requireKnown(portfolio, desk);
    const known = await namesOf(desk);
    const names = portfolio !== undefined ? [portfolio] : known.kind === 'names' ? known.names : [];
    const all = await switchOf(undefined, desk);
    const found = await Promise.all(names.map((name) => statusOf(name, all, desk)));
    const portfolios = found.map((each) => each.status);
    const problems = [...(known.kind === 'unknown' ? [known.problem] : []), ...found.flatMap(({ problem }) => problem ?? [])];
    output.result(
      {
        all: switchDocuments(all),
        portfolios: portfolios.map((each) => ({ ...each, killSwitch: switchDocuments(each.killSwitch) })),
        problems,
      },
      statusText(all.state, portfolios, output.colors),
    );
    if (problems.length > 0) throw new CommandFailure('unreadable', problems.join('\n'), { exitCode: 1 });
  } finally {
    await desk.close();
  }
}

async function statusOf(
  portfolio: string,
  all: SwitchStatus,
  desk: Desk,
): Promise<{ status: PortfolioStatus; problem: string | undefined }> {
  const [killSwitch, found, next] = await Promise.all([
    switchOf(portfolio, desk),
    latestRuns([portfolio], desk.runStore),
    nextDue(portfolio, desk),
  ]);
  const runs = found.flatMap((each) => each.runs);
  const status = {
    portfolio,
    killSwitch,
    isHalted: all.state.kind === 'on' || killSwitch.state.kind === 'on',
    runs: runs.slice(0, RUNS_SHOWN).map(runStatus),
    workingOrders: runs.flatMap(workingOrders),
    next,
  };
  return { status, problem: found[0]?.problem };
}

async function switchOf(portfolio: string | undefined, { killSwitch }: Desk): Promise<SwitchStatus> {
  const turns = await killSwitch.turns(portfolio, TURNS_SHOWN);
  return { state: turns[0]?.after ?? { kind: 'off' }, turns };
}

function switchDocuments({ state, turns }: SwitchStatus) {
  return { ...switchDocument(state), turns: turns.map(turnDocument) };
}

function runStatus({ runId, session, schedule, phase, updatedAt }: RunRecord): RunStatus {
  const ending = phase.kind === 'ended' ? phase.ending : undefined;
  return {
    runId,
    session,
    schedule,
    phase: phase.kind,
    ending: ending?.kind ?? null,
    code: ending?.code ?? null,
    detail: ending?.detail ?? null,
    updatedAt: new Date(updatedAt).toISOString(),
  };
}
