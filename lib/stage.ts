// The two deployments that can live side by side in one account. Paper and live share no resource.
import type { PortfolioPolicy } from '../shared/contracts/portfolio-policy.ts';

export type Stage = PortfolioPolicy['account']['mode'];

/** Broker account `main` of the paper stage keeps its keys in the secret `evenkeel/paper/main`. */
export function secretPrefixOf(stage: Stage): string {
  return `evenkeel/${stage}/`;
}

/** A portfolio as the stacks see it: what it asks for, and the file that goes into the functions' code. */
export interface DeployedPortfolio {
  readonly policy: PortfolioPolicy;
  /** Absolute path. */
  readonly file: string;
}
