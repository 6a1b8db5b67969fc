// evenkeel secrets check: how old each secret is, and whether the broker takes the keys in it.
import { jsonOf } from '../../shared/contracts/json-of.ts';
import type { PortfolioPolicy } from '../../shared/contracts/portfolio-policy.ts';
import { WEBHOOK_SECRET } from '../../shared/contracts/secret-prefix.ts';
import { webhookTarget } from '../../shared/contracts/webhook-target.ts';
import { DAY_MS, type EpochMs } from '../../shared/core/values/time.ts';
import type { VaultEntry } from '../../shared/ports/secret-vault.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { type Stage, stageOption } from '../stage-option.ts';
import { textTable } from '../text-table.ts';
import { judgeKeys } from './judge-keys.ts';
import { keysOf, nameOf, policiesOf, type SecretsOptions, type SecretsParts, secretsParts } from './store-secret.ts';

export interface SecretHealth {
  readonly secret: string;
  /** `good`, or what is wrong. */
  readonly state: 'good' | 'old' | 'missing' | 'empty' | 'malformed' | 'wrong-mode' | 'wrong-account' | 'refused';
  readonly ageDays: number | null;
  readonly detail: string;
  /** Whose keys they are; left out where the broker does not take them. */
  readonly accountNumber?: string;
}

/** Keys that are older than this should be replaced. */
export const AGE_DAYS_MAX = 90;

/** @throws CommandFailure: exit 2 for an account that no portfolio names, exit 1 when a secret is of no use. */
export async function checkSecrets(
  account: string | undefined,
  options: SecretsOptions,
  output: Output,
  parts: SecretsParts = secretsParts(),
  now: EpochMs = Date.now(),
): Promise<void> {
  const stage = stageOption(options.stage);
  const secrets = await healthOfSecrets(account, stage, parts, now);
  output.result({ stage, secrets }, healthText(secrets, output.colors));
  const bad = secrets.filter(({ state }) => state !== 'good' && state !== 'old');
  if (bad.length > 0)
    throw new CommandFailure('bad-secrets', `${bad.map(({ secret }) => secret).join(', ')}: of no use as it is`, { exitCode: 1 });
}

/** Of one account, or (undefined) of all that portfolios name, and the webhook. */
export async function healthOfSecrets(
  account: string | undefined,
  stage: Stage,
  parts: Pick<SecretsParts, 'desk' | 'portfoliosOf'>,
  now: EpochMs,
): Promise<readonly SecretHealth[]> {
  if (account === WEBHOOK_SECRET) return [await webhookHealth(stage, parts, now)];
  if (account !== undefined) return [await keysHealth(account, stage, await policiesOf(account, stage, parts), parts, now)];
  const policies = await parts.portfoliosOf(stage);
  const accounts = [...new Set(policies.map((policy) => policy.account.name))].sort();
  const ofAccount = (name: string) => policies.filter((policy) => policy.account.name === name);
  const keys = await Promise.all(accounts.map((name) => keysHealth(name, stage, ofAccount(name), parts, now)));
  return [...keys, await webhookHealth(stage, parts, now)];
}

type Health = Pick<SecretsParts, 'desk'>;

async function keysHealth(
  account: string,
  stage: Stage,
  policies: readonly PortfolioPolicy[],
  { desk }: Health,
  now: EpochMs,
): Promise<SecretHealth> {
  const secret = nameOf(stage, account);
  const entry = await desk.vault.read(secret);
  if (entry.kind === 'missing')
    return { secret, state: 'missing', ageDays: null, detail: 'there is no such secret: npx evenkeel deploy makes its place' };
  if (entry.kind === 'empty')
    return { secret, state: 'empty', ageDays: null, detail: `no keys are in it yet: npx evenkeel secrets set ${account}` };
  const ageDays = ageOf(entry, now);
  const keys = keysOf(entry.text);
  if (keys === undefined)
    return { secret, state: 'malformed', ageDays, detail: `it holds no key pair: npx evenkeel secrets set ${account}` };
  const fitness = await judgeKeys(keys, stage, policies, desk.judge);
  if (fitness.kind === 'misfits') return { secret, state: fitness.code, ageDays, detail: fitness.detail };
  const { accountNumber } = fitness;
  const blocked = fitness.isBlocked ? '; the broker has blocked the account' : '';
  const taken = `the broker takes them, for account ${accountNumber}${blocked}`;
  if (ageDays > AGE_DAYS_MAX)
    return { secret, state: 'old', ageDays, detail: `${taken}; replace them: npx evenkeel secrets rotate ${account}`, accountNumber };
  return { secret, state: 'good', ageDays, detail: taken, accountNumber };
}

/** Nothing is sent to it. */
async function webhookHealth(stage: Stage, { desk }: Health, now: EpochMs): Promise<SecretHealth> {
  const secret = nameOf(stage, WEBHOOK_SECRET);
  const entry = await desk.vault.read(secret);
  if (entry.kind === 'missing')
    return { secret, state: 'good', ageDays: null, detail: 'the deployment has none: messages go by mail alone' };
  if (entry.kind === 'empty' || entry.text.trim() === '{}')
    return { secret, state: 'good', ageDays: null, detail: 'none is set: messages go by mail alone' };
  const ageDays = ageOf(entry, now);
  const parsed = webhookTarget.safeParse(jsonOf(entry.text));
  if (!parsed.success)
    return { secret, state: 'malformed', ageDays, detail: `it holds no webhook: npx evenkeel secrets set ${WEBHOOK_SECRET}` };
  return { secret, state: 'good', ageDays, detail: `messages go to ${parsed.data.format} too` };
}

function ageOf({ storedAt }: Extract<VaultEntry, { kind: 'stored' }>, now: EpochMs): number {
  return Math.max(0, Math.floor((now - storedAt) / DAY_MS));
}

function healthText(secrets: readonly SecretHealth[], colors: Output['colors']): string {
  const rows = secrets.map(({ secret, state, ageDays, detail }) => {
    const paint = state === 'good' ? colors.green : state === 'old' ? colors.yellow : colors.red;
    return [secret, paint(state), ageDays === null ? '-' : `${ageDays}`, detail];
  });
  return textTable(['secret', 'state', 'days', ''], rows, { left: [0, 1, 3], header: colors.dim });
}
