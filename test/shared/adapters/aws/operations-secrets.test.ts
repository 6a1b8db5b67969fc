// What watchdog and notify read from Secrets Manager: the age of keys, and the owner's webhook.
import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { secretAges } from '../../../../shared/adapters/aws/secret-ages.ts';
import { readWebhookSecret } from '../../../../shared/adapters/aws/webhook-secret.ts';
import { awsError, type Script, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

const CANARY = 'CANARYq7Zt0pR4sV9w';
const SECRET = 'evenkeel/paper/webhook';
const URL_OF_SLACK = `https://hooks.slack.com/services/${CANARY}`;

const servers: ScriptedAws[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function clientOver(script: Script): Promise<SecretsManagerClient> {
  const server = await startScriptedAws(script);
  servers.push(server);
  return new SecretsManagerClient(clientSettings({ endpoint: server.endpoint, attemptsMax: 1, requestTimeoutMs: 300 }));
}

function holding(text: string | undefined): Script {
  return () => ({
    status: 200,
    body: JSON.stringify({ Name: SECRET, CreatedDate: 1_780_000_000, ...(text === undefined ? {} : { SecretString: text }) }),
  });
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing was thrown',
    (thrown: unknown) => thrown,
  );

describe('the age of keys', () => {
  it('is that of the version in force', async () => {
    const ages = secretAges(await clientOver(holding(CANARY)), 'evenkeel/paper/');
    // Seconds since 1970, as the service writes them.
    expect(await ages.keysSince('main')).toBe(1_780_000_000_000);
    expect(servers[0]?.requests.map(({ body }) => JSON.parse(body))).toEqual([{ SecretId: 'evenkeel/paper/main' }]);
  });

  it('that cannot be read says of which secret, and nothing of its content', async () => {
    const ages = secretAges(await clientOver(() => awsError(400, 'AccessDeniedException', CANARY)), 'evenkeel/paper/');
    const failure = await failureOf(ages.keysSince('main'));
    expect(failure).toMatchObject({ message: expect.stringContaining('secret evenkeel/paper/main could not be read') });
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(CANARY);
  });
});

describe('the webhook of an owner', () => {
  it.each([
    [{ format: 'slack', url: URL_OF_SLACK }],
    [{ format: 'discord', url: 'https://discord.com/api/webhooks/1/x' }],
    [{ format: 'telegram', url: 'https://api.telegram.org/bot1:x/sendMessage', chatId: '-100' }],
    [{ format: 'json', url: 'http://127.0.0.1:8080/hook' }],
  ])('is what the secret says: %j', async (target) => {
    expect(await readWebhookSecret(await clientOver(holding(` ${JSON.stringify(target)}\n`)), SECRET)).toEqual(target);
  });

  it.each<[string, Script]>([
    ['no secret', () => awsError(400, 'ResourceNotFoundException')],
    ['an empty one', holding('  \n')],
    ['one without a text', holding(undefined)],
  ])('is none where there is %s', async (_, script) => {
    expect(await readWebhookSecret(await clientOver(script), SECRET)).toBeUndefined();
  });

  it.each([
    ['no JSON', `{"url":"${URL_OF_SLACK}`],
    ['an unknown format', JSON.stringify({ format: 'teams', url: URL_OF_SLACK })],
    ['a word too many', JSON.stringify({ format: 'slack', url: URL_OF_SLACK, channel: CANARY })],
    ['an address in the clear', JSON.stringify({ format: 'slack', url: `http://hooks.slack.com/${CANARY}` })],
    ['an address of a file', JSON.stringify({ format: 'json', url: `file:///${CANARY}` })],
    ['a name and password in the address', JSON.stringify({ format: 'json', url: `https://me:${CANARY}@example.com` })],
    ['Telegram without a chat', JSON.stringify({ format: 'telegram', url: `https://api.telegram.org/${CANARY}` })],
    ['a chat for Slack', JSON.stringify({ format: 'slack', url: URL_OF_SLACK, chatId: '1' })],
  ])('is refused for %s, without a word of what it is', async (_, text) => {
    const failure = await failureOf(readWebhookSecret(await clientOver(holding(text)), SECRET));
    expect(failure).toMatchObject({ code: 'secret-malformed', effect: 'none' });
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(CANARY);
  });

  it('that cannot be read is an error with its code', async () => {
    const failure = await failureOf(readWebhookSecret(await clientOver(() => awsError(500, 'InternalServiceError', CANARY)), SECRET));
    expect(failure).toMatchObject({ effect: 'none', message: expect.stringContaining(SECRET) });
    expect(inspect(failure, { depth: null, showHidden: true })).not.toContain(CANARY);
  });
});
