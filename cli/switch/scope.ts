// Which portfolios a command means. A name that nobody knows is refused: a switch turned on for a misspelt name would
// stop nothing and look as if it did.
import { UnreadableRecord } from '../../shared/contracts/run-record.ts';
import { NAME_PATTERN } from '../../shared/core/values/identity.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { CommandFailure } from '../failure.ts';

/** Any desk that knows its runs and its names. */
export interface KnownPortfolios {
  readonly runStore: Pick<RunStore, 'list'>;
  portfolioNames(): Promise<readonly string[]>;
}

/** @throws CommandFailure, exit 2. */
export async function requireKnown(portfolio: string, desk: KnownPortfolios): Promise<void> {
  if (NAME_PATTERN.test(portfolio) && (await hasRuns(portfolio, desk))) return;
  const names = await namesOf(desk);
  if (names.kind === 'names' && names.names.includes(portfolio)) return;
  const known = names.kind === 'names' ? `there are: ${names.names.join(', ')}` : `it has no run on record, and ${names.problem}`;
  throw new CommandFailure('no-such-portfolio', `no portfolio ${JSON.stringify(portfolio)}: ${known}`, { exitCode: 2 });
}

export type KnownNames =
  | { readonly kind: 'names'; readonly names: readonly string[] }
  | { readonly kind: 'unknown'; readonly problem: string };

/** A switch is turned also where a portfolio file cannot be read just now. */
export async function namesOf(desk: Pick<KnownPortfolios, 'portfolioNames'>): Promise<KnownNames> {
  try {
    return { kind: 'names', names: await desk.portfolioNames() };
  } catch (error) {
    return { kind: 'unknown', problem: `the portfolios cannot be listed: ${error instanceof Error ? error.message : String(error)}` };
  }
}

async function hasRuns(portfolio: string, { runStore }: KnownPortfolios): Promise<boolean> {
  try {
    return (await runStore.list(portfolio, 1)).length > 0;
  } catch (error) {
    if (error instanceof UnreadableRecord) return true;
    throw error;
  }
}
