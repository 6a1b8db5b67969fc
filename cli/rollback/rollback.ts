// evenkeel rollback: the functions of the latest release go back to the versions before it, and what was deployed with those comes
// back. Records, keys and schedules stay as they are. Real money has to be halted first.

import { HOUR_MS } from '../../shared/core/values/time.ts';
import type { Release } from '../../shared/ports/releases.ts';
import { type Ask, ask } from '../ask.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { textTable } from '../text-table.ts';
import { type OlderPlan, olderPlans, olderPlansText } from './older-plans.ts';
import { requireHalted } from './require-halted.ts';
import { openRollbackDesk, type RollbackDesk, tradesRealMoney } from './rollback-desk.ts';

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

/**
 * @throws CommandFailure: exit 2 when the environment does not say which deployment; exit 1 when there is no release before this
 * one, when real money is not halted, when it was declined, or when not all could be moved.
 */
export async function rollback(
  options: RollbackOptions,
  output: Output,
  open: () => RollbackDesk = openRollbackDesk,
  asked: Ask = ask,
): Promise<void> {
  const desk = open();
  const isReal = tradesRealMoney(desk);
  const moves = movesOf(await desk.releases.read());
  if (isReal) await requireHalted(desk);
  output.note(movesText(moves, output.colors));
  output.note(isReal ? COMES_BACK.real : COMES_BACK.paper);
  output.note(
    'Runs that execute go on with the older version at their next turn; one that cannot read a record refuses it and trades nothing. The next deployment goes forward again.',
  );
  const plans = isReal ? await sayOlderPlans(moves, desk, output) : [];
  await asked('Move them back?', options, output);
  // Whoever was asked took his time, and somebody else may have resumed.
  if (isReal) await requireHalted(desk);
  const moved = await moveAll(moves, desk);
  const what = `Moved back: ${moved.map(({ hop, from, to }) => `${hop} from ${from} to ${to}`).join(', ')}.`;
  if (isReal) output.result({ moved, plans, isHalted: true }, [what, ...AFTERWARDS].join('\n'));
  else output.result({ moved }, `${what} Look how it is: npx evenkeel status`);
}

const COMES_BACK = {
  paper: 'With them come back the portfolio files and limits that were deployed with those versions.',
  real: 'With them come back the portfolio files, verdicts, policy checks, live-overrides and limits that were deployed with those versions. They know of no verdict since: what was judged out is not out for them.',
};

const AFTERWARDS = [
  'The kill switch of all portfolios stays on, and nothing trades.',
  'Look how it is: npx evenkeel status. A plan by npx evenkeel plan is of the files and the code in this folder: check out the release that you went back to first.',
  'What shall not trade by the older version is halted by itself: npx evenkeel halt PORTFOLIO --reason "judged out since"',
  'Then let the rest go on: npx evenkeel resume --reason "the release before"',
];

/** Where the signal stays, so does what it plans by. */
async function sayOlderPlans(moves: readonly Move[], desk: RollbackDesk, output: Output): Promise<readonly OlderPlan[]> {
  const signal = moves.find(({ hop }) => hop === 'signal');
  if (signal === undefined) return [];
  output.progress(`asking version ${signal.to} of signal what it would do …`);
  const plans = await olderPlans(signal.to, desk);
  output.progress('');
  output.note(olderPlansText(signal.to, plans));
  return plans;
}

async function moveAll(moves: readonly Move[], { releases }: Pick<RollbackDesk, 'releases'>): Promise<readonly Move[]> {
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
  return moved;
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
