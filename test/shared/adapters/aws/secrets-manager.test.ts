import { inspect } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { SecretsManagerSecrets } from '../../../../shared/adapters/aws/secrets-manager.ts';
import { CollectingTelemetry } from '../../../../shared/adapters/local/collecting-telemetry.ts';
import { MINUTE_MS } from '../../../../shared/core/values/time.ts';
import { OutsideError } from '../../../../shared/ports/outside-error.ts';
import { Redaction } from '../../../../shared/ports/redaction.ts';
import type { BrokerCredentials } from '../../../../shared/ports/secrets.ts';
import { awsError, type Script, type ScriptedAnswer, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

const CANARY = 'CANARYq7Zt0pR4sV9w';
const KEYS = { keyId: 'PKTEST0123456789ABCD', secretKey: `${CANARY}-the-rest-of-it` };

const servers: ScriptedAws[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

function secretAnswer(secretString: string): ScriptedAnswer {
  return { status: 200, body: JSON.stringify({ Name: 'evenkeel/main', SecretString: secretString }) };
}

async function secretsOver(script: Script, { redaction = new Redaction() } = {}) {
  const server = await startScriptedAws(script);
  servers.push(server);
  const clock = { at: 0, now: () => clock.at };
  const client = new SecretsManagerClient(clientSettings({ endpoint: server.endpoint, attemptsMax: 1, requestTimeoutMs: 300 }));
  const onLoaded = ({ keyId, secretKey }: BrokerCredentials) => {
    redaction.register(keyId);
    redaction.register(secretKey);
  };
  const secrets = new SecretsManagerSecrets(client, { prefix: 'evenkeel/', clock, cacheMinutes: 5, onLoaded });
  return { secrets, server, clock };
}

const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'nothing was thrown',
    (thrown: unknown) => thrown,
  );

describe('credentials in Secrets Manager', () => {
  it('are asked for by prefix and account name', async () => {
    const { secrets, server } = await secretsOver(() => secretAnswer(JSON.stringify(KEYS)));
    expect(await secrets.brokerCredentials('main')).toEqual(KEYS);
    expect(server.requests.map(({ operation, body }) => [operation, JSON.parse(body)])).toEqual([
      ['GetSecretValue', { SecretId: 'evenkeel/main' }],
    ]);
  });

  it('are asked for once in five minutes, and again afterwards', async () => {
    const { secrets, server, clock } = await secretsOver(() => secretAnswer(JSON.stringify(KEYS)));
    await secrets.brokerCredentials('main');
    clock.at = 5 * MINUTE_MS - 1;
    await secrets.brokerCredentials('main');
    expect(server.requests).toHaveLength(1);
    clock.at = 5 * MINUTE_MS;
    await secrets.brokerCredentials('main');
    expect(server.requests).toHaveLength(2);
  });

  it('are asked for once by ten callers at once, and once an account', async () => {
    const { secrets, server } = await secretsOver(() => secretAnswer(JSON.stringify(KEYS)));
    const answers = await Promise.all(Array.from({ length: 10 }, () => secrets.brokerCredentials('main')));
    expect(answers).toEqual(Array.from({ length: 10 }, () => KEYS));
    expect(server.requests).toHaveLength(1);
    await secrets.brokerCredentials('second');
    expect(server.requests).toHaveLength(2);
  });

  it('fail for all who wait together and are asked for again by the next', async () => {
    const { secrets, server } = await secretsOver((_request, count) =>
      count === 1 ? awsError(500, 'InternalServiceError') : secretAnswer(JSON.stringify(KEYS)),
    );
    const both = await Promise.allSettled([secrets.brokerCredentials('main'), secrets.brokerCredentials('main')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await secrets.brokerCredentials('main')).toEqual(KEYS);
    expect(server.requests).toHaveLength(2);
  });

  it('are missing when there is no such secret', async () => {
    const { secrets } = await secretsOver(() => awsError(400, 'ResourceNotFoundException'));
    const failure = await failureOf(secrets.brokerCredentials('main'));
    expect(failure).toBeInstanceOf(OutsideError);
    expect(failure).toMatchObject({ code: 'secret-missing', effect: 'none', message: expect.stringContaining('evenkeel/main') });
  });

  it('say why they could not be read', async () => {
    const codes = [];
    for (const answer of [awsError(400, 'AccessDeniedException'), awsError(503, 'ServiceUnavailable'), 'drop', 'hang'] as const) {
      const { secrets } = await secretsOver(() => answer);
      codes.push(((await failureOf(secrets.brokerCredentials('main'))) as OutsideError).code);
    }
    expect(codes).toEqual(['unauthorized', 'http-503', 'connection', 'timeout']);
  });
});

/** Every way in which a secret can be bad while the canary is in it. */
const malformed: Readonly<Record<string, string>> = {
  'not JSON': CANARY,
  'JSON cut short': `{"keyId":"PKTEST0123456789ABCD","secretKey":"${CANARY}`,
  'JSON with a stray word': `{"keyId": ${CANARY}}`,
  'a JSON string': JSON.stringify(CANARY),
  'a list': JSON.stringify([CANARY]),
  'null beside white space': '  null  ',
  'without a keyId': JSON.stringify({ secretKey: CANARY }),
  'the credential as a name': JSON.stringify({ ...KEYS, [CANARY]: 'x' }),
  'a number for a key': JSON.stringify({ keyId: 12345678, secretKey: CANARY }),
  'a key with white space': JSON.stringify({ keyId: `${CANARY} `, secretKey: CANARY }),
  'an empty key': JSON.stringify({ keyId: '', secretKey: CANARY }),
  'a nested key': JSON.stringify({ keyId: { value: CANARY }, secretKey: CANARY }),
  empty: '',
  'only white space': ' \n',
};

/** Answers around the secret that the SDK itself cannot read. */
const unreadableAnswers: Readonly<Record<string, ScriptedAnswer>> = {
  'an answer cut short': { status: 200, body: `{"Name":"evenkeel/main","SecretString":"${CANARY}` },
  'an answer that is not JSON': { status: 200, body: CANARY },
  'an error that quotes the secret': awsError(400, 'InvalidRequestException', `cannot show ${CANARY}`),
  'an error that is not JSON': { status: 500, body: `<html>${CANARY}</html>` },
  'binary only': { status: 200, body: JSON.stringify({ SecretBinary: Buffer.from(CANARY).toString('base64') }) },
};

/** Everything a log, a debugger or a crash report could show of a value, non-enumerable parts and causes included. */
function everythingIn(value: unknown, seen = new Set<unknown>()): string {
  if (typeof value !== 'object' || value === null) return String(value);
  if (seen.has(value)) return '';
  seen.add(value);
  const members = Reflect.ownKeys(value).map((name) => `${String(name)}: ${everythingIn(Reflect.get(value, name), seen)}`);
  return [String(value instanceof Error ? value : ''), inspect(value, { depth: 10, showHidden: true }), ...members].join('\n');
}

describe('a canary in a secret', () => {
  const cases: [string, ScriptedAnswer][] = [
    ...Object.entries(malformed).map(([how, text]): [string, ScriptedAnswer] => [how, secretAnswer(text)]),
    ...Object.entries(unreadableAnswers),
  ];

  it.each(cases)('is nowhere in what is thrown or logged when the secret is bad: %s', async (_how, answer) => {
    const { secrets } = await secretsOver(() => answer);
    const telemetry = new CollectingTelemetry();
    const failure = await failureOf(secrets.brokerCredentials('main'));
    expect(failure).toBeInstanceOf(OutsideError);
    expect((failure as OutsideError).message).toContain('evenkeel/main');
    telemetry.error('could not load the credentials', { failure });
    const shown = `${everythingIn(failure)}\n${JSON.stringify(failure)}\n${JSON.stringify(telemetry.lines)}`;
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain(Buffer.from(CANARY).toString('base64'));
  });

  it.each(Object.entries(malformed))('makes it secret-malformed: %s', async (_how, text) => {
    const { secrets } = await secretsOver(() => secretAnswer(text));
    expect(await failureOf(secrets.brokerCredentials('main'))).toMatchObject({ code: 'secret-malformed', effect: 'none' });
  });

  it('would be found by this test if it were there', () => {
    const leak = new Error('outer', {
      cause: Object.defineProperty(new Error('inner'), 'body', { value: { text: CANARY }, enumerable: false }),
    });
    expect(everythingIn(leak)).toContain(CANARY);
  });

  it('is blanked by telemetry once it was loaded, wherever a later line carries it', async () => {
    const redaction = new Redaction();
    const { secrets } = await secretsOver(() => secretAnswer(JSON.stringify(KEYS)), { redaction });
    const loaded = await secrets.brokerCredentials('main');
    const telemetry = new CollectingTelemetry({ redaction });
    telemetry.info(`signed in with ${loaded.secretKey}`, {
      loaded,
      url: `https://broker/?k=${encodeURIComponent(loaded.secretKey)}`,
      deep: [new Map([['header', { value: loaded.secretKey }]])],
      failure: new Error('rejected', { cause: new Error(`header was ${loaded.secretKey}`) }),
    });
    expect(telemetry.lines).toHaveLength(1);
    const shown = everythingIn(telemetry.lines);
    expect(shown).not.toContain(CANARY);
    expect(shown).not.toContain(KEYS.keyId);
    expect(shown).toContain('header was [redacted]');
  });
});
