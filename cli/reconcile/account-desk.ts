// Where an account is looked at: of a deployment with its owner's credentials, or in the state folder of a demo while
// that demo does not run.
import { openArtifact } from '../../shared/contracts/artifacts.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import type { Claim } from '../../shared/core/ledger/reconcile.ts';
import type { LocalState } from '../../shared/wiring/local-state.ts';
import type { LedgerPorts } from '../../shared/workflow/ledger-ports.ts';
import { claimOf } from '../../shared/workflow/take-snapshot.ts';
import { deployedPortfolios, openDeployment } from '../deployment.ts';
import { CommandFailure } from '../failure.ts';
import { changing } from '../world/changing.ts';
import { openDemoState } from '../world/demo-state.ts';

export interface AccountDesk {
  portfolioNames(): Promise<readonly string[]>;
  /** @throws Error when there is none of that name. */
  open(portfolio: string): Promise<OpenedAccount>;
  close(): Promise<void>;
}

export interface OpenedAccount {
  readonly claim: Claim;
  readonly ports: LedgerPorts;
}

export interface AccountDeskOptions {
  /** The state folder of a demo; left out, the deployment that the environment names. */
  readonly state?: string;
}

/** @throws CommandFailure: exit 2 when there is no such state or deployment, exit 1 when another process works there. */
export async function openAccountDesk({ state }: AccountDeskOptions): Promise<AccountDesk> {
  if (state !== undefined) return folderDesk(state);
  changing({});
  return deploymentDesk();
}

function deploymentDesk(): AccountDesk {
  const world = openDeployment();
  return {
    portfolioNames: () => deployedPortfolios(world),
    open: async (portfolio) => {
      const { policy } = await world.portfolios.load(portfolio);
      return { claim: claimOf(policy), ports: world.portsFor(policy, `reconcile ${portfolio}`) };
    },
    close: async () => undefined,
  };
}

async function folderDesk(folder: string): Promise<AccountDesk> {
  const state = await openDemoState(folder);
  return {
    portfolioNames: () => state.portfolios(),
    open: async (portfolio) => ({ claim: await claimOnRecord(portfolio, state), ports: state }),
    close: () => state.close(),
  };
}

const RUNS_LOOKED_AT = 10;

/** As the latest run that looked at the market recorded its portfolio file. Before the first, nothing is claimed. */
async function claimOnRecord(portfolio: string, { runStore, artifacts }: LocalState): Promise<Claim> {
  const runs = await runStore.list(portfolio, RUNS_LOOKED_AT);
  if (runs.length === 0) throw new Error(`there is no portfolio ${portfolio}`);
  const hash = runs.flatMap((run) => run.artifacts.snapshot ?? [])[0];
  const text = hash === undefined ? undefined : await artifacts.get(hash);
  if (text === undefined) return { portfolio, symbols: [], adoptsUnowned: false };
  const file = parsePortfolioFile(openArtifact('snapshot', text).portfolioFile, 'the recorded portfolio file');
  if (file.kind === 'refused')
    throw new CommandFailure('bad-portfolio', 'the recorded portfolio file is refused', { exitCode: 1, problems: file.problems });
  return claimOf(file.policy);
}
