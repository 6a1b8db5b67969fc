// Says how each portfolio stands.
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { type DeskOptions, openDesk } from './desk.ts';
import { type SwitchStatus, statusOf, switchOf } from './portfolio-status.ts';
import { namesOf, requireKnown } from './scope.ts';
import { statusText } from './status-text.ts';
import { switchDocument, turnDocument } from './switch-text.ts';

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
    const problems = [
      ...(known.kind === 'unknown' ? [known.problem] : []),
      ...(all.problem === undefined ? [] : [all.problem]),
      ...found.flatMap((each) => each.problems),
    ];
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

function switchDocuments({ state, turns }: SwitchStatus) {
  return { ...(state.kind === 'unreadable' ? state : switchDocument(state)), turns: turns.map(turnDocument) };
}
