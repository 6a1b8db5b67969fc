// evenkeel logs: the log lines of a run and of the event that was meant to start it, from every function.
import { parseRunId } from '../../shared/core/values/identity.ts';
import { SECOND_MS } from '../../shared/core/values/time.ts';
import type { LogLine } from '../../shared/ports/run-log.ts';
import { CommandFailure } from '../failure.ts';
import { type OperationsDesk, openOperationsDesk } from '../operations/operations-desk.ts';
import type { Output } from '../output.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { linesText } from './lines-text.ts';

export interface LogsOptions extends WorldOptions {
  /** Goes on until the run has ended or Ctrl-C. */
  readonly follow?: boolean;
}

const LOOK_MS = 3 * SECOND_MS;
/** A line may become readable after one that was written later. */
const OVERLAP_MS = 30 * SECOND_MS;

/** @throws CommandFailure: exit 2 for what is no run id, exit 1 when there is no line of it. */
export async function logs(
  runId: string,
  options: LogsOptions,
  output: Output,
  open: (options: WorldOptions) => Promise<OperationsDesk> = openOperationsDesk,
  pause: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): Promise<void> {
  if (parseRunId(runId) === undefined) {
    throw new CommandFailure('usage', `${JSON.stringify(runId)}: expected a run id such as golden-butterfly/2026-11-30/monthly`, {
      exitCode: 2,
    });
  }
  if (options.follow === true && output.json)
    throw new CommandFailure('usage', '--follow has no end, and --json is one document: say one of them', { exitCode: 2 });
  const desk = await open(options);
  try {
    if (options.follow === true && desk.isLive) return await follow(runId, desk, output, pause);
    const { lines, isCut } = await desk.runLog.read(runId);
    if (lines.length === 0)
      throw new CommandFailure('no-lines', `no log line of ${runId}${isCut ? ' is kept any more' : ''}`, { exitCode: 1 });
    const cut = isCut ? '\nThere are more lines than could be read.' : '';
    output.result({ world: desk.world, runId, isCut, lines: lines.map(lineDocument) }, `${linesText(lines, output.colors)}${cut}`);
  } finally {
    await desk.close();
  }
}

/** Each line once, until the run has ended and nothing new comes. */
async function follow(runId: string, desk: OperationsDesk, output: Output, pause: (ms: number) => Promise<void>): Promise<void> {
  const told = new Set<string>();
  let from: number | undefined;
  for (;;) {
    const hasEnded = (await desk.runStore.load(runId))?.phase.kind === 'ended';
    const { lines } = await desk.runLog.read(runId, from);
    const fresh = lines.filter((line) => !told.has(keyOf(line)));
    for (const line of fresh) told.add(keyOf(line));
    if (fresh.length > 0) output.part(linesText(fresh, output.colors));
    if (hasEnded && fresh.length === 0) break;
    const last = lines.at(-1)?.at;
    if (last !== undefined) from = last - OVERLAP_MS;
    await pause(LOOK_MS);
  }
  output.result({ runId, lines: told.size }, `${runId} has ended.`);
}

function keyOf({ at, source, message, fields }: LogLine): string {
  return JSON.stringify([at, source, message, fields]);
}

function lineDocument({ at, ...line }: LogLine) {
  return { at: new Date(at).toISOString(), ...line };
}
