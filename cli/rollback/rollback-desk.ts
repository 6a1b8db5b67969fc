// What a rollback works on: the versions of a deployment's functions, and the switch that stops it.
import type { KillSwitch } from '../../shared/ports/kill-switch.ts';
import type { Releases } from '../../shared/ports/releases.ts';
import type { AwsWorld } from '../../shared/wiring/aws.ts';
import { deployedPortfolios, openDeployment } from '../deployment.ts';
import { deployedOperations } from '../operations/operations-desk.ts';

export interface RollbackDesk {
  readonly stage: AwsWorld['stage'];
  readonly releases: Releases;
  readonly killSwitch: Pick<KillSwitch, 'readOne'>;
  /** Those whose files are here. The versions before may have others. */
  portfolioNames(): Promise<readonly string[]>;
}

/** @throws CommandFailure, exit 2, when the environment does not say which deployment. */
export function openRollbackDesk(): RollbackDesk {
  const world = openDeployment();
  const { releases } = deployedOperations();
  return { stage: world.stage, releases, killSwitch: world.killSwitch, portfolioNames: () => deployedPortfolios(world) };
}

/** What is not surely of paper is not. */
export function tradesRealMoney({ stage }: Pick<RollbackDesk, 'stage'>): boolean {
  return stage !== 'paper';
}
