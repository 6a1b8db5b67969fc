// evenkeel rollback: the functions of the latest release go back to the versions before it. Records, keys and schedules
// stay as they are.

import { HOUR_MS } from '../../shared/core/values/time.ts';
import type { Release, Releases } from '../../shared/ports/releases.ts';
import { type Ask, ask } from '../ask.ts';
import { CommandFailure } from '../failure.ts';
import { deployedOperations } from '../operations/operations-desk.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';

export interface RollbackOptions {
  readonly yes?: boolean;
}

interface Move {
  readonly hop: string;
  readonly from: string;
  readonly to: string;
  readonly made: string;
}

/** One release makes its versions within minutes. A function that did not change got no new version. */
const SAME_RELEASE_MS = HOUR_MS;

/** @throws CommandFailure: exit 1 when there is no release before this one, when it was declined, or when not all could be moved. */
export async function rollback(
  options: RollbackOptions,
  output: Output,
  releases: Releases = deployedOperations().releases,
  asked: Ask = ask,
): Promise<void> {
  const moves = movesOf(await releases.read());
  output.note(movesText(moves, output.colors));
  output.note(
    'Runs that execute go on with the older version at their next turn; one that cannot read a record refuses it and trades nothing. The next deployment goes forward again.',
  );
  await asked('Move them back?', options, output);
  const moved: Move[] = [];
  for (const move of moves) {
    try {
      await releases.move(move.hop, move.to);
    } catch (cause) {
      const done = moved.length === 0 ? 'nothing was moved' : `moved: ${moved.map(({ hop }) => hop).join(', ')}`;
      throw new CommandFailure(
        'half-moved',
        `${move.hop} was not moved (${cause instanceof Error ? cause.message : String(cause)}); ${done}. Say it again`,
        { exitCode: 1, cause },
      );
    }
    moved.push(move);
  }
  output.result(
    { moved },
    `Moved back: ${moved.map(({ hop, from, to }) => `${hop} from ${from} to ${to}`).join(', ')}. Look how it is: npx evenkeel status`,
  );
}

function movesOf(found: readonly Release[]): readonly Move[] {
  const latest = Math.max(...found.map(({ madeAt }) => timeOf(madeAt)));
  const ofRelease = found.filter(({ madeAt }) => latest - timeOf(madeAt) <= SAME_RELEASE_MS);
  const moves = ofRelease.flatMap(({ hop, version, previous }) =>
    previous === undefined ? [] : [{ hop, from: version, to: previous.version, made: previous.madeAt }],
  );
  if (moves.length > 0) return moves;
  const why =
    found.length === 0
      ? 'no function has an alias'
      : `the versions that are called are the first: ${found.map(({ hop, version }) => `${hop} ${version}`).join(', ')}`;
  throw new CommandFailure('no-previous', `there is nothing to go back to: ${why}`, { exitCode: 1 });
}

/** AWS writes "2026-11-20T12:00:00.000+0000". A time that cannot be read is the earliest. */
function timeOf(madeAt: string): number {
  const at = Date.parse(madeAt.replace(/\+0000$/, 'Z'));
  return Number.isNaN(at) ? 0 : at;
}

function movesText(moves: readonly Move[], colors: Output['colors']): string {
  const rows = moves.map(({ hop, from, to, made }) => [hop, from, to, made]);
  return textTable(['function', 'now', 'back to', 'which was made'], rows, { left: [0, 3], header: colors.dim });
}
