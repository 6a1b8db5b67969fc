// Where a preview is made: the account of a deployment, at its broker, or the one of a demo where that stands still.
import type { PortfolioSource } from '../../shared/ports/portfolios.ts';
import { keptSolvers } from '../../shared/wiring/kept-solvers.ts';
import { localMarket } from '../../shared/wiring/local-market.ts';
import type { LookedAt } from '../../shared/workflow/without-effects.ts';
import { keptMarket } from '../demo/kept-market.ts';
import { deployedPortfolios, openDeployment } from '../deployment.ts';
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
  const { source, ...market } = keptMarket(folder);
  const state = await openDemoState(folder);
  return {
    ...said,
    portfolioNames: async () => [source.policy.name],
    open: async () => ({ source, ports: { ...state, ...localMarket({ folder, ...market }), solvers: keptSolvers } }),
    close: () => state.close(),
  };
}
