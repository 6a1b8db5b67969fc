// evenkeel deploy: looks whether everything is there, shows what would change and what it costs, asks, and lets CDK do it.
import { stackNamesOf } from '../../shared/contracts/stack-names.ts';
import type { CloudAccount } from '../../shared/ports/cloud-account.ts';
import { awsCloudAccount, openRuns } from '../../shared/wiring/aws-cloud.ts';
import { secretsDesk } from '../../shared/wiring/secrets-desk.ts';
import { type Ask, ask } from '../ask.ts';
import { costOf } from '../cost/cost.ts';
import { oneLine } from '../cost/cost-text.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { portfolioSourcesOf, portfoliosOf } from '../portfolio-folder.ts';
import { healthOfSecrets } from '../secrets/check-secrets.ts';
import { type Stage, stageOption } from '../stage-option.ts';
import { textTable } from '../text-table.ts';
import { type Cdk, localCdk } from './cdk.ts';
import { type Prerequisite, type PrerequisiteParts, prerequisitesOf } from './prerequisites.ts';

export interface DeployOptions {
  readonly stage?: string;
  readonly yes?: boolean;
}

export interface DeployParts {
  readonly cloud: CloudAccount;
  readonly cdk: Cdk;
  readonly sourcesOf: (stage: Stage) => Promise<PrerequisiteParts['sources']>;
  readonly secretHealth: (stage: Stage) => ReturnType<PrerequisiteParts['secretHealth']>;
  readonly openRuns: PrerequisiteParts['openRuns'];
}

export function deployParts(): DeployParts {
  const desk = secretsDesk();
  return {
    cloud: awsCloudAccount(),
    cdk: localCdk(),
    sourcesOf: portfolioSourcesOf,
    secretHealth: (stage) => healthOfSecrets(undefined, stage, { desk, portfoliosOf }, Date.now()),
    openRuns,
  };
}

/** @throws CommandFailure: exit 1 when something is missing, when it was declined or when CDK failed; exit 2 for bad usage. */
export async function deploy(options: DeployOptions, output: Output, parts: DeployParts = deployParts(), asked: Ask = ask): Promise<void> {
  const stage = stageOption(options.stage);
  const sources = await parts.sourcesOf(stage);
  output.progress('looking at your AWS account …');
  const found = await prerequisitesOf(stage, { ...parts, sources, secretHealth: () => parts.secretHealth(stage) });
  output.progress('');
  output.note(prerequisitesText(found, output.colors));
  refuseMissing(found);
  output.progress('comparing with what is deployed …');
  const changes = await parts.cdk.diff(stage);
  output.progress('');
  output.note(changes.trim());
  const month = await costOf(stage, undefined, () => parts.cdk);
  output.note(oneLine(stage, month));
  await asked(
    `Deploy ${sources.length === 1 ? 'this portfolio' : `these ${sources.length} portfolios`} to ${stage}${stage === 'live' ? ', which is real money' : ''}?`,
    options,
    output,
  );
  await parts.cdk.deploy(stage, (text) => output.note(text.trimEnd()));
  const environment = (await parts.cloud.stack(stackNamesOf(stage).compute))?.outputs['OperatorEnvironment'] ?? null;
  const later = found.flatMap(({ state, fix }) => (state === 'later' && fix !== null ? [fix] : []));
  output.result(
    { stage, deployed: true, prerequisites: found, environment, monthlyUsd: { gross: month.gross, net: month.net }, next: later },
    deployedText(stage, environment, later),
  );
}

function refuseMissing(found: readonly Prerequisite[]): void {
  const missing = found.filter(({ state }) => state === 'missing');
  if (missing.length === 0) return;
  const lines = missing.map(({ what, detail, fix }) => `${what}: ${detail}${fix === null ? '' : `\n  ${fix}`}`);
  throw new CommandFailure('not-ready', `nothing was deployed\n${lines.join('\n')}`, { exitCode: 1 });
}

function prerequisitesText(found: readonly Prerequisite[], colors: Output['colors']): string {
  const paint = { good: colors.green, later: colors.yellow, missing: colors.red };
  const rows = found.map(({ what, state, detail }) => [what, paint[state](state), detail]);
  return textTable(['needed', '', ''], rows, { left: [0, 1, 2], header: colors.dim });
}

function deployedText(stage: Stage, environment: string | null, later: readonly string[]): string {
  return [
    `Deployed to ${stage}.`,
    ...(environment === null ? [] : ['The commands that speak of this deployment find it by these variables:', `  export ${environment}`]),
    ...(later.length === 0 ? [] : ['Next:', ...later.map((each) => `  ${each}`)]),
    'Then look whether every part is well: npx evenkeel status',
  ].join('\n');
}
