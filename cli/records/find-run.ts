// The run of which a command speaks, or those that were probably meant.
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { parseRunId, type RunKey } from '../../shared/core/values/identity.ts';
import { CommandFailure } from '../failure.ts';
import { requireKnown } from '../switch/scope.ts';
import type { RecordDesk } from '../world/record-desk.ts';

type Desk = Pick<RecordDesk, 'runStore' | 'portfolioNames'>;

const RUNS_LOOKED_AT = 400;
const RUNS_NAMED = 3;

/** @throws CommandFailure, exit 2, for a text that is no run id or names no run, with the nearest run ids. */
export async function findRun(text: string, desk: Desk): Promise<RunRecord> {
  const key = parseRunId(text);
  if (key === undefined) throw noRun(`${JSON.stringify(text)}: expected a run id such as ${await example(desk)}`);
  const record = await desk.runStore.load(text);
  if (record !== undefined) return record;
  await requireKnown(key.portfolio, desk);
  const near = nearest(key, await desk.runStore.list(key.portfolio, RUNS_LOOKED_AT));
  throw noRun(`no run ${text}; ${near.length === 0 ? `${key.portfolio} has no run on record` : `the nearest: ${near.join(', ')}`}`);
}

/** The newest run of the first portfolio that has one. */
async function example({ runStore, portfolioNames }: Desk): Promise<string> {
  for (const name of await portfolioNames()) {
    const [newest] = await runStore.list(name, 1);
    if (newest !== undefined) return newest.runId;
  }
  return 'golden-butterfly/2026-11-30/monthly';
}

/** Those of the same schedule first, then by how far their sessions are. */
function nearest({ session, schedule }: RunKey, runs: readonly RunRecord[]): readonly string[] {
  const distanceOf = (run: RunRecord): number => Math.abs(Date.parse(run.session) - Date.parse(session));
  const isOther = (run: RunRecord): number => (run.schedule === schedule ? 0 : 1);
  return runs
    .toSorted((a, b) => distanceOf(a) - distanceOf(b) || isOther(a) - isOther(b))
    .slice(0, RUNS_NAMED)
    .map(({ runId }) => runId);
}

function noRun(message: string): CommandFailure {
  return new CommandFailure('no-such-run', message, { exitCode: 2 });
}
