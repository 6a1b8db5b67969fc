// Where the kill switch is turned: the switch, the records it has an effect on, and time. A deployment has one, and so
// has the state folder of a demo while that demo does not run.
import { hostname, userInfo } from 'node:os';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { HighWaterMarks } from '../../shared/ports/high-water-marks.ts';
import type { KillSwitch } from '../../shared/ports/kill-switch.ts';
import type { RunStore } from '../../shared/ports/run-store.ts';
import { deployedPortfolios, openDeployment } from '../deployment.ts';
import type { Probe } from '../health/health.ts';
import { demoProbes, deploymentProbes } from '../health/world-probes.ts';
import { changing } from '../world/changing.ts';
import { openDemoState } from '../world/demo-state.ts';

export interface Desk {
  readonly killSwitch: KillSwitch;
  readonly highWaterMarks: HighWaterMarks;
  readonly runStore: RunStore;
  readonly clock: Clock;
  /** Somebody turns the crank of runs meanwhile, so that waiting for them makes sense. */
  readonly isLive: boolean;
  portfolioNames(): Promise<readonly string[]>;
  /**
   * undefined where only the records are known.
   * @throws Error when there is none of that name.
   */
  policyOf(portfolio: string): Promise<PortfolioPolicy | undefined>;
  pass(ms: number): Promise<void>;
  /** What its parts are asked to tell how they are. */
  probes(policies: readonly PortfolioPolicy[]): readonly Probe[];
  close(): Promise<void>;
}

export interface DeskOptions {
  /** The state folder of a demo; left out, the deployment that the environment names. */
  readonly state?: string;
}

/** @throws CommandFailure: exit 2 when there is no such state or deployment, exit 1 when another process works there. */
export async function openDesk({ state }: DeskOptions): Promise<Desk> {
  if (state !== undefined) return folderDesk(state);
  changing({});
  return deploymentDesk();
}

/** `anna@laptop`: of the operating system, for AWS would have to be asked. */
export function whoTurns(): string {
  return `${userInfo().username}@${hostname()}`;
}

function deploymentDesk(): Desk {
  const world = openDeployment();
  const { stage, killSwitch, highWaterMarks, runStore, clock, portfolios } = world;
  return {
    killSwitch,
    highWaterMarks,
    runStore,
    clock,
    isLive: true,
    portfolioNames: () => deployedPortfolios({ stage, portfolios }),
    policyOf: async (portfolio) => (await portfolios.load(portfolio)).policy,
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
    probes: (policies) => deploymentProbes(world, policies),
    close: async () => undefined,
  };
}

async function folderDesk(folder: string): Promise<Desk> {
  const state = await openDemoState(folder);
  return {
    killSwitch: state.killSwitch,
    highWaterMarks: state.highWaterMarks,
    runStore: state.runStore,
    clock: state.clock,
    isLive: false,
    portfolioNames: () => state.portfolios(),
    policyOf: async () => undefined,
    pass: async () => undefined,
    probes: () => demoProbes(state),
    close: () => state.close(),
  };
}
