// How old the keys of an account are. Whether the broker takes them, the broker's own probe says.
import { DAY_MS, type EpochMs } from '../../shared/core/values/time.ts';
import type { SecretVault } from '../../shared/ports/secret-vault.ts';
import { AGE_DAYS_MAX } from '../secrets/check-secrets.ts';
import { keysOf } from '../secrets/store-secret.ts';
import { good, type Probe } from './health.ts';

/** @param secret whole, such as `evenkeel/paper/main`. */
export function secretProbe(account: string, secret: string, vault: Pick<SecretVault, 'read'>, now: () => EpochMs): Probe {
  return {
    part: `keys ${account}`,
    look: async () => {
      const entry = await vault.read(secret);
      if (entry.kind !== 'stored') return { state: 'bad', detail: `${secret} is ${entry.kind}: npx evenkeel secrets set ${account}` };
      if (keysOf(entry.text) === undefined) return { state: 'bad', detail: `${secret} is malformed: npx evenkeel secrets set ${account}` };
      const days = Math.max(0, Math.floor((now() - entry.storedAt) / DAY_MS));
      return days > AGE_DAYS_MAX
        ? { state: 'odd', detail: `${days} days old: npx evenkeel secrets rotate ${account}` }
        : good(`${days} days old`);
    },
  };
}
