// The deployed watchdog and notify with an AWS that is out of reach: every port must get as far as its own call.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environmentNames, WEBHOOK_SWITCH } from '../../../shared/contracts/environment.ts';
import { portfolioJson } from '../../../shared/contracts/portfolio-json.ts';
import { awsNotify } from '../../../shared/wiring/aws-notify.ts';
import { awsWatchdog } from '../../../shared/wiring/aws-watchdog.ts';

const PORTFOLIO = resolve(import.meta.dirname, '../../../portfolios/golden-butterfly.yaml');
const UNREACHABLE = { code: 'connection' };
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-operations-'));
  writeFileSync(join(folder, 'golden-butterfly.json'), portfolioJson(readFileSync(PORTFOLIO, 'utf8'), PORTFOLIO));
  for (const name of Object.values(environmentNames)) vi.stubEnv(name, 'anything');
  vi.stubEnv(environmentNames.portfoliosDir, folder);
  vi.stubEnv(environmentNames.secretPrefix, 'evenkeel/paper/');
  vi.stubEnv(environmentNames.topicArn, 'arn:aws:sns:us-east-1:111111111111:alarms');
  vi.stubEnv(environmentNames.ownerTopicArn, 'arn:aws:sns:us-east-1:111111111111:owner');
  vi.stubEnv(WEBHOOK_SWITCH, 'on');
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'of-the-role');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  // The discard port: nobody listens there.
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
});

afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('the deployed watchdog', () => {
  it('knows its portfolios, and reaches out for everything that it looks at', async () => {
    // The watchdog starts no execution, so it is not told of the machine.
    vi.stubEnv(environmentNames.stateMachineArn, undefined);
    const world = awsWatchdog();
    expect(await world.portfolios.names()).toEqual(['golden-butterfly']);
    const { policy } = await world.portfolios.load('golden-butterfly');
    const { brokerClock, digests, keyAges, ledgers, killSwitch } = world.portsFor(policy);
    await expect(digests.latest('golden-butterfly', 1)).rejects.toMatchObject(UNREACHABLE);
    await expect(keyAges.keysSince('main')).rejects.toMatchObject(UNREACHABLE);
    await expect(ledgers.load('golden-butterfly')).rejects.toMatchObject(UNREACHABLE);
    await expect(killSwitch.read('golden-butterfly')).rejects.toMatchObject(UNREACHABLE);
    // It goes no further than the keys that it would need.
    await expect(brokerClock.read()).rejects.toMatchObject({ code: 'credentials' });
  });
});

describe('the deployed notify', () => {
  it('reaches out for its memory, the mail and the webhook', async () => {
    const { folds, mail, webhook } = awsNotify().ports;
    const message = { severity: 'page', code: 'run-missing', title: 'a title', text: 'a text' } as const;
    await expect(folds.take('k', { by: 'm', title: 't', at: 0, until: 1 })).rejects.toMatchObject(UNREACHABLE);
    await expect(mail.send(message)).rejects.toMatchObject(UNREACHABLE);
    await expect(webhook.post(message)).rejects.toMatchObject(UNREACHABLE);
  });

  it('asks for no webhook where the deployment has none', async () => {
    vi.stubEnv(WEBHOOK_SWITCH, 'off');
    const message = { severity: 'page', code: 'run-missing', title: 'a title', text: 'a text' } as const;
    expect(await awsNotify().ports.webhook.post(message)).toBe('none');
  });

  it('needs no more than four variables, and names those that are missing', () => {
    const { table, ownerTopicArn, secretPrefix, ...others } = environmentNames;
    for (const name of Object.values(others)) vi.stubEnv(name, undefined);
    expect(() => awsNotify()).not.toThrow();
    for (const name of [table, ownerTopicArn, secretPrefix, WEBHOOK_SWITCH]) vi.stubEnv(name, '');
    expect(() => awsNotify()).toThrow(
      `the function's environment is not whole: ${table}, ${ownerTopicArn}, ${secretPrefix}, ${WEBHOOK_SWITCH}`,
    );
  });
});
