// Where a deployment keeps its brokers' keys. The prefix is also how it is known of which stage it is.
import type { PortfolioPolicy } from './portfolio-policy.ts';

type Stage = PortfolioPolicy['account']['mode'];

/** Broker account `main` of the paper stage keeps its keys in the secret `evenkeel/paper/main`. */
export function secretPrefixOf(stage: Stage): string {
  return `evenkeel/${stage}/`;
}

/** The one secret beside the brokers' keys: where notify finds its webhook. No account may be called so. */
export const WEBHOOK_SECRET = 'webhook';

/** Under the same prefix, so no broker account may be called so. */
export const AUDIT_KEY_NAME = 'audit-key';

/** The secret that the audit chains are sealed with: `evenkeel/paper/audit-key`. */
export function auditKeySecretOf(prefix: string): string {
  return `${prefix}${AUDIT_KEY_NAME}`;
}

/** undefined for a prefix that no stage has. */
export function stageOfSecretPrefix(prefix: string): Stage | undefined {
  return (['paper', 'live'] as const).find((stage) => secretPrefixOf(stage) === prefix);
}
