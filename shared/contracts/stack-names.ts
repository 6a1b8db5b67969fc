// What CloudFormation calls the two stacks of a stage: shared by the app that makes them and the command line that looks.
import type { PortfolioPolicy } from './portfolio-policy.ts';

export interface StackNames {
  /** What must outlive every release. */
  readonly state: string;
  /** What runs. */
  readonly compute: string;
}

export function stackNamesOf(stage: PortfolioPolicy['account']['mode']): StackNames {
  return { state: `EvenkeelState-${stage}`, compute: `EvenkeelCompute-${stage}` };
}

/** The stack of the sweeps in the cloud, which is there only where somebody asked for it. */
export function sweepStackNameOf(stage: PortfolioPolicy['account']['mode']): string {
  return `EvenkeelSweep-${stage}`;
}
