// How old the keys of a broker account are: when the version of the secret that is in force was made. It needs no right beside
// that of reading the keys, and throws the content away unseen.
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { EpochMs } from '../../core/values/time.ts';
import type { KeyAges } from '../../ports/key-ages.ts';
import { OutsideError } from '../../ports/outside-error.ts';
import { codeOf } from './aws-failure.ts';

/** @param prefix the secret of account `main` is called prefix + `main`. */
export function secretAges(client: SecretsManagerClient, prefix: string): KeyAges {
  return {
    async keysSince(account): Promise<EpochMs | undefined> {
      try {
        const { CreatedDate } = await client.send(new GetSecretValueCommand({ SecretId: `${prefix}${account}` }));
        return CreatedDate?.getTime();
      } catch (cause) {
        // Without the SDK's error as cause: where it cannot read an answer it attaches the answer's text.
        const code = codeOf(cause);
        throw new OutsideError(`secret ${prefix}${account} could not be read (${code})`, { effect: 'none', code });
      }
    },
  };
}
