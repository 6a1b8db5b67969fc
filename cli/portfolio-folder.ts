// The portfolio files of a folder, as they are written, for commands that speak of what will be or is deployed.

import { PortfolioDirectory } from '../shared/adapters/local/portfolio-directory.ts';
import { PortfolioRefused } from '../shared/adapters/local/portfolio-refused.ts';
import { writtenPortfolio } from '../shared/adapters/local/written-portfolio.ts';
import { environmentNames } from '../shared/contracts/environment.ts';
import type { PortfolioPolicy } from '../shared/contracts/portfolio-policy.ts';
import type { PortfolioSource } from '../shared/ports/portfolios.ts';
import { CommandFailure } from './failure.ts';

export const PORTFOLIO_FOLDER = 'portfolios';

type Stage = PortfolioPolicy['account']['mode'];

/** @throws CommandFailure, exit 2, when the folder or a file in it cannot be read. */
export async function portfoliosOf(stage: Stage): Promise<readonly PortfolioPolicy[]> {
  return (await portfolioSourcesOf(stage)).map(({ policy }) => policy);
}

/**
 * Those of one stage, by name, and what lets the live ones trade; of the folder that the environment names, or of `portfolios`.
 * @throws CommandFailure, exit 2, when the folder or a file in it cannot be read.
 */
export async function portfolioSourcesOf(stage: Stage): Promise<readonly PortfolioSource[]> {
  const folder = process.env[environmentNames.portfoliosDir] ?? PORTFOLIO_FOLDER;
  const directory = new PortfolioDirectory(folder, writtenPortfolio);
  try {
    const names = await directory.names();
    const sources = await Promise.all(names.map((name) => directory.load(name)));
    return sources.filter(({ policy }) => policy.account.mode === stage);
  } catch (cause) {
    const message =
      cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
        ? `there is no folder ${folder} here; type this in the checkout that is deployed`
        : String(cause instanceof Error ? cause.message : cause);
    throw new CommandFailure('bad-portfolios', message, {
      exitCode: 2,
      problems: cause instanceof PortfolioRefused ? cause.problems : [],
      cause,
    });
  }
}
