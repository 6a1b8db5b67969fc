// What can be chosen of a deployment beside its stage: `-c codedeploy=off`, `-c budget=20`, `-c webhook=on`, `-c sweep=on`.
import { RefusedDeployment } from './refused-deployment.ts';

export type SweepArchitecture = 'arm64' | 'x64';

export interface DeploymentOptions {
  /** Traffic moves to a new version only after its dry run. Off where there is no CodeDeploy, such as in an emulator. */
  readonly codeDeploy: boolean;
  /** Of the whole account, monthly; 0 is no budget. */
  readonly budgetUsd: number;
  /** The owner is told in a chat too. Its address has a secret of its own, and a secret costs 40 cents a month. */
  readonly hasWebhook: boolean;
  /** What the functions of sweeps in the cloud run on; absent where there are none. */
  readonly sweep?: SweepArchitecture;
}

export const DEFAULT_DEPLOYMENT: DeploymentOptions = { codeDeploy: true, budgetUsd: 5, hasWebhook: false };

/**
 * @param asked the context by its names.
 * @throws RefusedDeployment for a word that means nothing: a gate is not left open by a typing error.
 */
export function deploymentOptions(asked: (name: string) => unknown): DeploymentOptions {
  return {
    codeDeploy: switchOf('codedeploy', asked('codedeploy'), DEFAULT_DEPLOYMENT.codeDeploy),
    budgetUsd: budgetOf(asked('budget')),
    hasWebhook: switchOf('webhook', asked('webhook'), DEFAULT_DEPLOYMENT.hasWebhook),
    ...sweepOf(asked('sweep')),
  };
}

function switchOf(name: string, asked: unknown, absent: boolean): boolean {
  if (asked === undefined) return absent;
  if (asked === 'on' || asked === 'off') return asked === 'on';
  throw new RefusedDeployment(`${name} is on or off, not ${JSON.stringify(asked)}`);
}

function sweepOf(asked: unknown): Pick<DeploymentOptions, 'sweep'> {
  if (asked === 'arm64' || asked === 'x64') return { sweep: asked };
  return switchOf('sweep', asked, false) ? { sweep: 'arm64' } : {};
}

function budgetOf(asked: unknown): number {
  if (asked === undefined) return DEFAULT_DEPLOYMENT.budgetUsd;
  const text = typeof asked === 'number' ? String(asked) : asked;
  if (typeof text === 'string' && /^\d{1,7}(\.\d{1,2})?$/.test(text)) return Number(text);
  throw new RefusedDeployment(`budget is dollars a month, such as 5, or 0 for none, not ${JSON.stringify(asked)}`);
}
