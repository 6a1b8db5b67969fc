// The whole deployment of one stage: its durable state and the compute that works on it.
import { resolve } from 'node:path';
import { type App, Tags } from 'aws-cdk-lib';
import { ComputeStack } from './compute-stack.ts';
import { RefusedDeployment } from './refused-deployment.ts';
import type { DeployedPortfolio, Stage } from './stage.ts';
import { StateStack } from './state-stack.ts';

export interface Deployment {
  readonly stage: Stage;
  readonly portfolios: readonly DeployedPortfolio[];
  /** Handler files instead of the product's own. */
  readonly entries?: { readonly signal: string; readonly execution: string };
}

const lambdas = resolve(import.meta.dirname, '../lambdas');
const handlers = { signal: resolve(lambdas, 'signal/handler.ts'), execution: resolve(lambdas, 'execution/handler.ts') };

/**
 * Adds both stacks of this stage. They name no account and no region: whoever deploys decides.
 * @throws RefusedDeployment when there is no portfolio, when two share a name or an account, or when one is of the other stage.
 */
export function addStacks(app: App, { stage, portfolios, entries = handlers }: Deployment): { state: StateStack; compute: ComputeStack } {
  refuseMisfits(stage, portfolios);
  const state = new StateStack(app, `EvenkeelState-${stage}`, {
    description: `evenkeel ${stage}: what must outlive every release`,
    stage,
    accounts: portfolios.map(({ policy }) => policy.account.name),
  });
  const compute = new ComputeStack(app, `EvenkeelCompute-${stage}`, {
    description: `evenkeel ${stage}: what runs`,
    stage,
    state,
    portfolios,
    entries,
  });
  Tags.of(app).add('evenkeel:stage', stage);
  return { state, compute };
}

function refuseMisfits(stage: Stage, portfolios: readonly DeployedPortfolio[]): void {
  if (portfolios.length === 0) throw new RefusedDeployment(`no portfolio file has mode ${stage}: there is nothing to deploy`);
  const fileOfName = new Map<string, string>();
  const fileOfAccount = new Map<string, string>();
  for (const { policy, file } of portfolios) {
    if (policy.account.mode !== stage)
      throw new RefusedDeployment(`${file} has mode ${policy.account.mode} and cannot be deployed as ${stage}`);
    const other = fileOfName.get(policy.name);
    if (other !== undefined) throw new RefusedDeployment(`${other} and ${file} both call their portfolio ${policy.name}`);
    fileOfName.set(policy.name, file);
    // Two portfolios on one account would each take the other's cash for its own.
    const sharer = fileOfAccount.get(policy.account.name);
    if (sharer !== undefined)
      throw new RefusedDeployment(`${sharer} and ${file} both trade account ${policy.account.name}: give each its own account.name`);
    fileOfAccount.set(policy.account.name, file);
  }
}
