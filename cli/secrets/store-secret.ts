// evenkeel secrets set and rotate: takes a secret in, asks the broker about it, and only then stores it.
import { brokerKeys } from '../../shared/contracts/broker-keys.ts';
import { jsonOf } from '../../shared/contracts/json-of.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { secretPrefixOf, WEBHOOK_SECRET } from '../../shared/contracts/secret-prefix.ts';
import { stackNamesOf } from '../../shared/contracts/stack-names.ts';
import type { BrokerCredentials } from '../../shared/ports/secrets.ts';
import { awsCloudAccount, openRuns } from '../../shared/wiring/aws-cloud.ts';
import { type SecretsDesk, secretsDesk } from '../../shared/wiring/secrets-desk.ts';
import type { OpenRun } from '../../shared/workflow/open-runs.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { portfoliosOf } from '../portfolio-folder.ts';
import { type Stage, stageOption } from '../stage-option.ts';
import { judgeKeys } from './judge-keys.ts';
import { processInput, readKeys, readWebhook, type SecretInput } from './secret-input.ts';

export interface SecretsOptions {
  readonly stage?: string;
}

export interface SecretsParts {
  readonly desk: SecretsDesk;
  readonly input: SecretInput;
  readonly portfoliosOf: (stage: Stage) => Promise<readonly PortfolioPolicy[]>;
  readonly openRuns: (stage: Stage) => Promise<readonly OpenRun[]>;
}

export function secretsParts(): SecretsParts {
  return { desk: secretsDesk(), input: processInput, portfoliosOf, openRuns: openRunsIn };
}

/** Of a stage that was never deployed there are none. */
async function openRunsIn(stage: Stage): Promise<readonly OpenRun[]> {
  const table = (await awsCloudAccount().stack(stackNamesOf(stage).state))?.outputs['TableName'];
  return table === undefined ? [] : openRuns(table);
}

/** @throws CommandFailure: exit 2 for what is malformed or unknown, exit 1 when it does not fit or was not stored. */
export async function setSecret(
  account: string,
  options: SecretsOptions,
  output: Output,
  parts: SecretsParts = secretsParts(),
): Promise<void> {
  const stage = stageOption(options.stage);
  if (account === WEBHOOK_SECRET) return setWebhook(stage, output, parts);
  const { accountNumber } = await takeKeys(account, stage, output, parts);
  output.result(
    { stage, account, stored: true, accountNumber },
    `Stored in ${nameOf(stage, account)}: keys of the ${stage} account ${accountNumber}. The functions use them within five minutes.`,
  );
}

/** The same where keys are there already: the new ones are read back and asked about before the old may be deleted. */
export async function rotateSecret(
  account: string,
  options: SecretsOptions,
  output: Output,
  parts: SecretsParts = secretsParts(),
): Promise<void> {
  const stage = stageOption(options.stage);
  const name = nameOf(stage, account);
  const before = await parts.desk.vault.read(name);
  if (before.kind !== 'stored')
    throw new CommandFailure('secret-missing', `${name} holds no keys yet: npx evenkeel secrets set ${account}`, { exitCode: 1 });
  const { accountNumber } = await takeKeys(account, stage, output, parts, before.text);
  const stored = await parts.desk.vault.read(name);
  const readBack = stored.kind === 'stored' ? keysOf(stored.text) : undefined;
  if (readBack === undefined || (await parts.desk.judge(readBack, stage)).kind !== 'accepted') {
    throw new CommandFailure(
      'not-confirmed',
      `${name} was written, and what it holds now is not taken by the broker: npx evenkeel secrets check ${account}`,
      { exitCode: 1 },
    );
  }
  output.result(
    { stage, account, rotated: true, accountNumber },
    `Stored and read back: the broker takes the new keys of the ${stage} account ${accountNumber}.\nWait ten minutes, until no function uses the old ones; then delete the old key on Alpaca’s page, under API keys.`,
  );
}

export function nameOf(stage: Stage, account: string): string {
  return `${secretPrefixOf(stage)}${account}`;
}

/** undefined for what is not a key pair. */
export function keysOf(text: string): BrokerCredentials | undefined {
  return brokerKeys.safeParse(jsonOf(text)).data;
}

/** Of an account that no portfolio names nothing can be known, so nothing is stored. */
export async function policiesOf(
  account: string,
  stage: Stage,
  parts: Pick<SecretsParts, 'portfoliosOf'>,
): Promise<readonly PortfolioPolicy[]> {
  const policies = await parts.portfoliosOf(stage);
  const named = policies.filter((policy) => policy.account.name === account);
  if (named.length > 0) return named;
  const accounts = [...new Set(policies.map((policy) => policy.account.name))];
  const known = accounts.length === 0 ? `no portfolio file has the mode ${stage}` : `there are: ${accounts.join(', ')}`;
  throw new CommandFailure('no-such-account', `no ${stage} portfolio names the account ${JSON.stringify(account)}; ${known}`, {
    exitCode: 2,
  });
}

async function takeKeys(account: string, stage: Stage, output: Output, parts: SecretsParts, before?: string) {
  const policies = await policiesOf(account, stage, parts);
  const keys = await readKeys(parts.input);
  if (before !== undefined && keysOf(before)?.keyId === keys.keyId) {
    throw new CommandFailure('unchanged', 'nothing was stored: these are the keys that are there already; make new ones on Alpaca’s page', {
      exitCode: 1,
    });
  }
  output.progress('asking the broker …');
  const fitness = await judgeKeys(keys, stage, policies, parts.desk.judge);
  output.progress('');
  if (fitness.kind === 'misfits') throw new CommandFailure(fitness.code, `nothing was stored: ${fitness.detail}`, { exitCode: 1 });
  refuseExchange(fitness.accountNumber, policies, await parts.openRuns(stage));
  await store(nameOf(stage, account), JSON.stringify(keys), parts);
  if (fitness.isBlocked)
    output.note(output.colors.yellow('The broker says that this account is blocked: its runs are refused until it is not.'));
  return fitness;
}

/** A run that is open acts in the account that it was planned for, or not at all. */
function refuseExchange(accountNumber: string, policies: readonly PortfolioPolicy[], runs: readonly OpenRun[]): void {
  const run = runs.find(
    (each) =>
      each.accountNumber !== undefined && each.accountNumber !== accountNumber && policies.some((policy) => policy.name === each.portfolio),
  );
  if (run === undefined) return;
  const { runId, phase } = run;
  const how =
    phase === 'executing' ? `let it end first: npx evenkeel show ${runId}` : 'approve it first, or wait until its deadline is past';
  throw new CommandFailure(
    'open-run',
    `nothing was stored: these are the keys of account ${accountNumber}, and ${runId} is ${phase} in ${run.accountNumber}; ${how}`,
    { exitCode: 1 },
  );
}

async function setWebhook(stage: Stage, output: Output, parts: SecretsParts): Promise<void> {
  const target = await readWebhook(parts.input);
  const made = 'write "webhook": "on" into the context of cdk.json, then npx evenkeel deploy';
  await store(nameOf(stage, WEBHOOK_SECRET), JSON.stringify(target), parts, made);
  output.result(
    { stage, webhook: target.format, stored: true },
    `Stored in ${nameOf(stage, WEBHOOK_SECRET)}: messages go to ${target.format} too.`,
  );
}

async function store(name: string, text: string, { desk }: SecretsParts, made = 'npx evenkeel deploy'): Promise<void> {
  if ((await desk.vault.store(name, text)) === 'stored') return;
  throw new CommandFailure('secret-missing', `nothing was stored: there is no secret ${name}; the deployment makes its place: ${made}`, {
    exitCode: 1,
  });
}
