// Where a preview is made: the account of a deployment, at its broker, or the one of a demo where that stands still.
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import { localMarket } from '../../shared/wiring/local-market.ts';
import type { LookedAt } from '../../shared/workflow/look-only-ports.ts';
import { pricedSymbols } from '../../shared/workflow/take-snapshot.ts';
import { readDemoMarket } from '../demo/market-file.ts';
import { readVegaPrices } from '../demo/vega-prices.ts';
import { deployedPortfolios, openDeployment } from '../deployment.ts';
import { CommandFailure } from '../failure.ts';
import { readPrices } from '../price-folders.ts';
import { chooseWorld, type WorldOptions } from '../world/choose-world.ts';
import { openDemoState } from '../world/demo-state.ts';
import { type WorldDocument, worldDocument, worldText } from '../world/world-text.ts';

export interface PreviewDesk {
  readonly world: WorldDocument;
  /** The same in words. */
  readonly worldText: string;
  portfolioNames(): Promise<readonly string[]>;
  /** @throws Error when there is none of that name. */
  open(portfolio: string): Promise<{ readonly source: PortfolioSource; readonly ports: LookedAt }>;
  close(): Promise<void>;
}

/** @throws CommandFailure: exit 2 when there is no such state or deployment, exit 1 when another process works there. */
export async function openPreviewDesk(options: WorldOptions): Promise<PreviewDesk> {
  const choice = chooseWorld(options);
  if (choice.kind === 'demo')
    return demoDesk(choice.folder, { world: worldDocument(choice, undefined), worldText: worldText(choice, undefined) });
  const world = openDeployment();
  return {
    world: worldDocument(choice, world.stage),
    worldText: worldText(choice, world.stage),
    portfolioNames: () => deployedPortfolios(world),
    open: async (portfolio) => {
      const source = await world.portfolios.load(portfolio);
      return { source, ports: world.portsFor(source.policy, `plan ${portfolio}`) };
    },
    close: async () => undefined,
  };
}

async function demoDesk(folder: string, said: Pick<PreviewDesk, 'world' | 'worldText'>): Promise<PreviewDesk> {
  const market = readDemoMarket(folder);
  if (market === undefined) {
    const message = `${folder} does not say what prices it traded at: another release made it; say the same demo command again, then this`;
    throw new CommandFailure('no-market', message, { exitCode: 2 });
  }
  const { portfolioFile, prices, seed, spreadBps } = market;
  const file = parsePortfolioFile(portfolioFile, 'the portfolio file of the demo');
  if (file.kind === 'refused')
    throw new CommandFailure('bad-portfolio', 'the portfolio file of the demo is refused', { exitCode: 2, problems: file.problems });
  const symbols = pricedSymbols(file.policy);
  const series = prices.length === 0 ? readVegaPrices().filter(({ symbol }) => symbols.includes(symbol)) : readPrices(prices, symbols);
  const state = await openDemoState(folder);
  return {
    ...said,
    portfolioNames: async () => [file.policy.name],
    open: async () => ({
      source: { text: file.text, policy: file.policy },
      ports: { ...state, ...localMarket({ folder, series, seed, spreadBps }) },
    }),
    close: () => state.close(),
  };
}
