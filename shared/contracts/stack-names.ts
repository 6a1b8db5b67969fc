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
