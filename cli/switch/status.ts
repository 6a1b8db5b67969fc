// Says how each portfolio stands.
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { CommandFailure } from '../failure.ts';
import { healthOf } from '../health/health.ts';
import { healthText } from '../health/health-text.ts';
import type { Output } from '../output.ts';
import { type Desk, type DeskOptions, openDesk } from './desk.ts';
import { type SwitchStatus, statusOf, switchOf } from './portfolio-status.ts';
import { namesOf, requireKnown } from './scope.ts';
import { statusText } from './status-text.ts';
import { switchDocument, turnDocument } from './switch-text.ts';

export interface StatusOptions extends DeskOptions {
  /** Only what the records say: no part is asked how it is. */
  readonly quick?: boolean;
}

/** @throws CommandFailure: exit 2 for bad usage, exit 1 when something could not be read or a part is bad; the rest is said first. */
export async function status(portfolio: string | undefined, options: StatusOptions, output: Output, open = openDesk): Promise<void> {
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
    const parts = options.quick === true ? [] : await healthOf(desk.probes(await policiesOf(names, desk)));
    output.result(
      {
        all: switchDocuments(all),
        portfolios: portfolios.map((each) => ({ ...each, killSwitch: switchDocuments(each.killSwitch) })),
        parts,
        problems,
      },
      [statusText(all.state, portfolios, output.colors), ...(parts.length === 0 ? [] : [healthText(parts, output.colors)])].join('\n\n'),
    );
    if (problems.length > 0) throw new CommandFailure('unreadable', problems.join('\n'), { exitCode: 1 });
    const bad = parts.filter(({ state }) => state === 'bad');
    if (bad.length > 0)
      throw new CommandFailure('unhealthy', `not as it should be: ${bad.map(({ part }) => part).join(', ')}`, { exitCode: 1 });
  } finally {
    await desk.close();
  }
}

/** Of those whose file is known here. */
async function policiesOf(names: readonly string[], desk: Desk): Promise<readonly PortfolioPolicy[]> {
  const known = await namesOf(desk);
  const found = await Promise.all(names.filter((name) => known.kind === 'names' && known.names.includes(name)).map(desk.policyOf));
  return found.flatMap((policy) => policy ?? []);
}

function switchDocuments({ state, turns }: SwitchStatus) {
  return { ...(state.kind === 'unreadable' ? state : switchDocument(state)), turns: turns.map(turnDocument) };
}
