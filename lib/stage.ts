// The two deployments that can live side by side in one account. Paper and live share no resource.
import type { LiveDocuments } from '../shared/contracts/hypothesis/live-documents.ts';
import type { PortfolioPolicy } from '../shared/contracts/portfolio-policy.ts';
import { RefusedDeployment } from './refused-deployment.ts';

export type Stage = PortfolioPolicy['account']['mode'];

/**
 * The stage that was asked for; paper when none was.
 * @throws RefusedDeployment for any other word.
 */
export function stageOf(asked: unknown): Stage {
  if (asked === undefined) return 'paper';
  if (asked === 'paper' || asked === 'live') return asked;
  throw new RefusedDeployment(`there is no stage ${JSON.stringify(asked)}: say -c stage=paper or -c stage=live`);
}

/** A file that goes into the code of functions, with what lets it trade. */
export type PortfolioAsset = Pick<DeployedPortfolio, 'file' | 'live'>;

/** A portfolio as the stacks see it: what it asks for, and the file that goes into the functions' code. */
export interface DeployedPortfolio {
  readonly policy: PortfolioPolicy;
  /** Absolute path. */
  readonly file: string;
  /** Of a live portfolio: what lies beside the file to let it trade. */
  readonly live?: LiveDocuments;
}
