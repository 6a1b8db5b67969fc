import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from 'vitest';
import { auditKeySecret } from '../../../../shared/adapters/aws/audit-key-secret.ts';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { auditKeySecretOf, secretPrefixOf } from '../../../../shared/contracts/secret-prefix.ts';
import { OutsideError } from '../../../../shared/ports/outside-error.ts';
import { awsError, type Script, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

const KEY = 'CANARYq7Zt0pR4sV9wCANARYq7Zt0pR4sV9w';
const OLDER = 'OLDERKEYq7Zt0pR4sV9wOLDERKEYq7Zt0pR4';

const servers: ScriptedAws[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function keysOver(script: Script) {
  const server = await startScriptedAws(script);
  servers.push(server);
  const client = new SecretsManagerClient(clientSettings({ endpoint: server.endpoint, attemptsMax: 1, requestTimeoutMs: 300 }));
  const loaded: string[] = [];
  return { keys: auditKeySecret(client, auditKeySecretOf(secretPrefixOf('paper')), (key) => loaded.push(key)), server, loaded };
}

const secret =
  (text: string): Script =>
  () => ({ status: 200, body: JSON.stringify({ Name: 'x', SecretString: text }) });

describe('the audit key in Secrets Manager', () => {
  it('is asked for by its name, and told to whoever blanks secrets', async () => {
    const { keys, server, loaded } = await keysOver(secret(JSON.stringify({ key: KEY, retired: [OLDER] })));
    expect(await keys.keyring()).toEqual({ key: KEY, retired: [OLDER] });
    expect(server.requests.map(({ body }) => JSON.parse(body))).toEqual([{ SecretId: 'evenkeel/paper/audit-key' }]);
    expect(loaded).toEqual([KEY, OLDER]);
  });

  it('need not have older ones, as a deployment makes it', async () => {
    const { keys } = await keysOver(secret(JSON.stringify({ key: KEY })));
    expect(await keys.keyring()).toEqual({ key: KEY, retired: [] });
  });

  it.each([
    ['is short', JSON.stringify({ key: 'CANARYq7' })],
    ['has other members', JSON.stringify({ key: KEY, keyId: 'CANARY' })],
    ['is the key itself', KEY],
    ['is empty', ' '],
  ])('that %s is refused, and no word of it is said', async (_, text) => {
    const { keys } = await keysOver(secret(text));
    const failure = await keys.keyring().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(OutsideError);
    expect(failure).toMatchObject({ code: 'secret-malformed', effect: 'none' });
    expect(inspect(failure, { depth: 9, showHidden: true })).not.toContain('CANARY');
  });

  it('that is not there is said to be missing', async () => {
    const { keys } = await keysOver(() => awsError(400, 'ResourceNotFoundException'));
    await expect(keys.keyring()).rejects.toMatchObject({
      code: 'secret-missing',
      message: 'secret evenkeel/paper/audit-key does not exist',
    });
  });
});
