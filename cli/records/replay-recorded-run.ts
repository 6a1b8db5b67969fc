// Evaluates a run again from what it stored, and says whether it comes to the same.
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import type { RunRecord } from '../../shared/contracts/run-record.ts';
import { type Replay, type ReplayedPart, replayRun } from '../../shared/workflow/replay-run.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { visibleText } from '../visible-text.ts';
import type { WorldOptions } from '../world/choose-world.ts';
import { openRecordDesk } from '../world/record-desk.ts';
import { wrappedText } from '../wrapped-text.ts';
import { findRun } from './find-run.ts';

/** @throws CommandFailure: exit 2 for a run that is not there, exit 1 where it differs or cannot be replayed. */
export async function replayRecordedRun(runId: string, options: WorldOptions, output: Output, open = openRecordDesk): Promise<void> {
  const desk = await open(options);
  try {
    const record = await findRun(runId, desk);
    const replay = await replayRun(record, desk.artifacts, quadraticSolver);
    if (replay.kind !== 'replayed') throw notReplayed(record, replay);
    const { snapshot, parts } = replay;
    const isSame = parts.every(({ difference }) => difference === undefined);
    const document = {
      runId: record.runId,
      isSame,
      snapshot,
      parts: parts.map((part) => ({ ...part, difference: part.difference ?? null })),
    };
    const title = `${output.colors.bold(record.runId)}  ${isSame ? output.colors.green('the same, byte for byte') : output.colors.red('differs')}`;
    const from = `Evaluated again from the snapshot\n${snapshot}.`;
    const lines = parts.map((part) => partText(part, output.colors)).join('\n');
    output.result({ world: desk.world, replay: document }, [desk.worldText, title, from, lines].join('\n\n'));
    if (!isSame) throw new CommandFailure('differs', `${record.runId} does not come out as it was recorded`, { exitCode: 1 });
  } finally {
    await desk.close();
  }
}

function notReplayed({ runId, phase }: RunRecord, replay: Exclude<Replay, { readonly kind: 'replayed' }>): CommandFailure {
  switch (replay.kind) {
    case 'no-snapshot': {
      const why =
        phase.kind === 'ended'
          ? `it ended before it looked at the market: ${phase.ending.code}, ${phase.ending.detail}`
          : `it is ${phase.kind}`;
      return new CommandFailure('nothing-to-replay', `${runId} has nothing to replay: ${why}`, { exitCode: 1 });
    }
    case 'missing':
      return new CommandFailure('missing', `${runId} cannot be replayed: ${replay.what} is not there`, { exitCode: 1 });
    case 'bad-portfolio':
      return new CommandFailure(
        'bad-portfolio',
        `${runId} cannot be replayed: this release does not take the portfolio file that it recorded`,
        {
          exitCode: 1,
          problems: replay.problems,
        },
      );
  }
}

function partText({ part, replayed, recorded, difference }: ReplayedPart, { green, red, dim }: Output['colors']): string {
  const name = part.padEnd(9);
  if (difference === undefined)
    return part === 'next'
      ? `${name} ${green('same')}  the same trades, or the same reason for none`
      : `${name} ${green('same')}  ${dim(replayed ?? '')}`;
  const place = difference.path === '' ? 'as a whole' : `first at ${difference.path}`;
  return [
    `${name} ${red('differs')}, ${place}`,
    wrappedText('          recorded  ', valueText(difference.recorded ?? (difference.path === '' ? recorded : undefined))),
    wrappedText('          replayed  ', valueText(difference.replayed ?? (difference.path === '' ? replayed : undefined))),
  ].join('\n');
}

function valueText(value: unknown): string {
  return value === undefined ? 'nothing' : visibleText(JSON.stringify(value), 200);
}
