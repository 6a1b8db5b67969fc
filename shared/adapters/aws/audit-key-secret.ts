// The audit key from Secrets Manager, where whoever writes the state table cannot read it.
import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { AUDIT_KEY_LENGTH_MIN } from '../../contracts/audit-link.ts';
import type { AuditKeys } from '../../ports/audit-keys.ts';
import { readSecret } from './secret-text.ts';

const key = z.string().min(AUDIT_KEY_LENGTH_MIN).regex(/^\S+$/);
const auditKeys = z.strictObject({ key, retired: z.array(key).default([]) });

/** @param onLoaded told each key before anyone else: where telemetry learns what to blank. */
export function auditKeySecret(client: SecretsManagerClient, secret: string, onLoaded: (key: string) => void): AuditKeys {
  return {
    async keyring() {
      const mustHold = `must hold key, and may hold a list retired, each of at least ${AUDIT_KEY_LENGTH_MIN} characters without white space`;
      const keyring = await readSecret(client, secret, auditKeys, mustHold);
      for (const each of [keyring.key, ...keyring.retired]) onLoaded(each);
      return keyring;
    },
  };
}
