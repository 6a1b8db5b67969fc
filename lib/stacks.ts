// The whole deployment of one stage: its durable state and the compute that works on it.
import { type App, Tags } from 'aws-cdk-lib';
import { liveStandings } from '../shared/contracts/hypothesis/live-clearance.ts';
import { type LiveDocuments, NO_DOCUMENTS } from '../shared/contracts/hypothesis/live-documents.ts';
import { isCleared, lacksText } from '../shared/contracts/hypothesis/live-standing.ts';
import type { PortfolioPolicy } from '../shared/contracts/portfolio-policy.ts';
import { WEBHOOK_SECRET } from '../shared/contracts/secret-prefix.ts';
import { stackNamesOf, sweepStackNameOf } from '../shared/contracts/stack-names.ts';
import { ComputeStack } from './compute-stack.ts';
import { DEFAULT_DEPLOYMENT, type DeploymentOptions } from './deployment-options.ts';
import { HANDLERS, type HandlerEntries, SWEEP_HANDLER } from './handler-entries.ts';
import { RefusedDeployment } from './refused-deployment.ts';
import type { DeployedPortfolio, Stage } from './stage.ts';
import { StateStack } from './state-stack.ts';
import { SweepStack } from './sweep-stack.ts';

export interface Deployment {
  readonly stage: Stage;
  readonly portfolios: readonly DeployedPortfolio[];
  readonly options?: DeploymentOptions;
  /** Hash of the sources that this is made of: sweeps in the cloud are of one code with whoever asks for them. */
  readonly source?: string;
  /** Handler files instead of the product's own. */
  readonly entries?: HandlerEntries;
}

/**
 * Adds both stacks of this stage, and that of the sweeps where it is asked for. They name no account and no region: whoever deploys decides.
 * @throws RefusedDeployment when there is no portfolio, when two share a name or an account, when one is of the other stage, or
 * when a live one does not say which account it trades, or lacks what lets it trade.
 */
export function addStacks(app: App, deployment: Deployment): { state: StateStack; compute: ComputeStack; sweep?: SweepStack } {
  const { stage, portfolios, entries = HANDLERS, options = DEFAULT_DEPLOYMENT, source } = deployment;
  refuseMisfits(stage, portfolios);
  const names = stackNamesOf(stage);
  const state = new StateStack(app, names.state, {
    description: `evenkeel ${stage}: what must outlive every release`,
    stage,
    accounts: portfolios.map(({ policy }) => policy.account.name),
    mailTo: portfolios.flatMap(({ policy }) => policy.notify?.email ?? []),
    hasWebhook: options.hasWebhook,
  });
  const compute = new ComputeStack(app, names.compute, {
    description: `evenkeel ${stage}: what runs`,
    stage,
    state,
    portfolios,
    entries,
    options,
  });
  Tags.of(app).add('evenkeel:stage', stage);
  if (options.sweep === undefined) return { state, compute };
  if (source === undefined) throw new Error('a stack of sweeps has to say of which sources it is made');
  const sweep = new SweepStack(app, sweepStackNameOf(stage), {
    description: `evenkeel ${stage}: sweeps in the cloud`,
    stage,
    table: state.table,
    entry: SWEEP_HANDLER,
    architecture: options.sweep,
    source,
  });
  return { state, compute, sweep };
}

function refuseMisfits(stage: Stage, portfolios: readonly DeployedPortfolio[]): void {
  if (portfolios.length === 0) throw new RefusedDeployment(`no portfolio file has mode ${stage}: there is nothing to deploy`);
  const fileOfName = new Map<string, string>();
  const fileOfAccount = new Map<string, string>();
  for (const { policy, file, live } of portfolios) {
    if (policy.account.mode !== stage)
      throw new RefusedDeployment(`${file} has mode ${policy.account.mode} and cannot be deployed as ${stage}`);
    if (stage === 'live' && policy.account.number === undefined)
      throw new RefusedDeployment(
        `${file} is live and has no account.number: what it trades must be named, and is compared with the broker's answer`,
      );
    if (stage === 'live') refuseUncleared(policy, file, live);
    if (policy.account.name === WEBHOOK_SECRET)
      throw new RefusedDeployment(`${file} calls its account ${WEBHOOK_SECRET}, which is the name of a secret that every deployment has`);
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

/** The same question as every run asks, answered before there is anything to run. */
function refuseUncleared(policy: PortfolioPolicy, file: string, live: LiveDocuments = NO_DOCUMENTS): void {
  const standings = liveStandings(policy, live);
  const { override } = policy.account;
  if (isCleared(standings) && override === undefined) return;
  // It would be said of every run that it trades without what it needs.
  if (isCleared(standings)) throw new RefusedDeployment(`${file} has a live-override, and every sleeve is cleared: take it out`);
  if (override !== undefined) return;
  // What was said last does not reach what is deployed: its documents are those of its own day.
  throw new RefusedDeployment(
    `${file} may not trade live: ${lacksText(standings)}. Nothing is deployed, and what is deployed already goes on by its own documents; npx evenkeel halt ${policy.name} stops it`,
  );
}
