// The record commands as they are typed, against a deployment: its table, and an owner without credentials.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { DynamoRunStore } from '../../shared/adapters/aws/dynamo-run-store.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';
import { secretPrefixOf } from '../../shared/contracts/secret-prefix.ts';
import { aClaim } from '../shared/workflow/workflow-world.ts';
import { evenkeel } from './spoken.ts';

const RUN = 'balanced/2026-11-20/daily';
const COMMANDS = [
  ['runs'],
  ['show', RUN],
  ['why', RUN, 'SPY'],
  ['replay', RUN],
  ['audit', 'verify'],
  ['report'],
  ['export', '--out', 'never-made'],
];

let aws: EmbeddedAws;
let folder: string;
beforeEach(async () => {
  aws = await startEmbeddedAws();
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-records-'));
  writeFileSync(
    join(folder, 'balanced.yaml'),
    `portfolio: balanced
account: { name: main }
schedules: { daily: { at: close-25m, every: day, band: { absolute: 0.5% } } }
sleeves: { core: { capital: 100%, strategy: { specified: { SPY: 50%, TLT: 50% } } } }
limits: { position: 60%, turnover: 100%, order-notional: 60000 USD }
`,
  );
  for (const name of Object.values(environmentNames)) vi.stubEnv(name, 'anything');
  vi.stubEnv(environmentNames.table, aws.table);
  vi.stubEnv(environmentNames.portfoliosDir, folder);
  vi.stubEnv(environmentNames.secretPrefix, secretPrefixOf('paper'));
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoints.dynamodb);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('a deployment that the environment names', () => {
  it('is looked at, and named', async () => {
    const dynamo = new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb }));
    await new DynamoRunStore(dynamo, aws.table).claim(aClaim('daily', '2026-11-20'));
    dynamo.destroy();
    const { code, out } = await evenkeel(['runs', '--json']);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      world: { kind: 'deployment', stage: 'paper' },
      portfolios: [{ portfolio: 'balanced', runs: [{ runId: RUN, phase: 'claimed', ending: null, shortfall: null }] }],
    });
    expect((await evenkeel(['show', RUN])).out).toMatch(/^Of the paper deployment\.\n\n/);
    expect(await evenkeel(['replay', RUN])).toMatchObject({ code: 1, err: `error: ${RUN} has nothing to replay: it is claimed\n` });
    expect((await evenkeel(['why', RUN, 'SPY'])).out).toContain('not traded: claimed');
    const report = await evenkeel(['report', '--json']);
    expect(JSON.parse(report.out)).toMatchObject({
      world: { kind: 'deployment', stage: 'paper' },
      portfolios: [
        { portfolio: 'balanced', from: '2026-11-20', runs: [{ runId: RUN, phase: 'claimed' }], trades: [], account: null, lots: [] },
      ],
    });
    const exported = join(folder, 'exported');
    expect((await evenkeel(['export', 'balanced', '--out', exported])).out).toContain('Of the paper deployment.');
    expect(await evenkeel(['export', '--verify', exported])).toMatchObject({ code: 0, err: '' });
  });

  it('is one whose paper runs are signed for: without any a policy fails its check, and that is written down', async () => {
    const at = (name: string) => join(folder, name);
    for (const symbol of ['SPY', 'TLT']) writeFileSync(at(`${symbol}.csv`), 'date,close\n2026-11-18,100\n2026-11-19,101\n2026-11-20,102\n');
    await evenkeel(['hypothesis', 'keys', '--key', at('key.pem'), '--public', at('verdict-keys.json')]);
    const { code, out, err } = await evenkeel([
      'policy',
      'check',
      at('balanced.yaml'),
      '--prices',
      folder,
      '--by',
      'anna',
      '--key',
      at('key.pem'),
    ]);
    expect([code, err]).toEqual([1, expect.stringContaining('error: balanced did not pass: years, ')]);
    expect(out).toMatch(/^Of the paper deployment\.\n\nbalanced: failed\n/);
    expect(JSON.parse(readFileSync(at('balanced.policy-check.json'), 'utf8')).document).toMatchObject({ outcome: 'failed', runs: [] });
    vi.stubEnv(environmentNames.secretPrefix, secretPrefixOf('live'));
    const live = await evenkeel(['policy', 'check', at('balanced.yaml'), '--prices', folder, '--by', 'anna', '--key', at('key.pem')]);
    expect(live).toMatchObject({ code: 2, out: '', err: expect.stringContaining('is checked on the paper deployment, and this is live') });
  });

  it('has nothing to verify before its first run has ended', async () => {
    expect(await evenkeel(['audit', 'verify'])).toMatchObject({ code: 0, out: expect.stringContaining('nothing to verify yet') });
  });

  it.each(COMMANDS)('refuses politely without credentials: %s', async (...args) => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_PROFILE', 'AWS_SESSION_TOKEN']) vi.stubEnv(name, undefined);
    for (const name of ['AWS_SHARED_CREDENTIALS_FILE', 'AWS_CONFIG_FILE']) vi.stubEnv(name, join(folder, 'none'));
    vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    const { code, out, err } = await evenkeel(args);
    expect([code, out]).toEqual([1, '']);
    expect(err).toMatch(/^error: .*CredentialsProviderError.*sign in with credentials that may do this.*\n$/);
    const json = await evenkeel([...args, '--json']);
    expect([json.code, json.err]).toEqual([1, '']);
    expect(JSON.parse(json.out)).toMatchObject({ error: { code: 'unauthorized' } });
    // What could not be read leaves no folder behind.
    expect(existsSync('never-made')).toBe(false);
  });

  it('that is named in part is a matter of usage, demo or not', async () => {
    vi.stubEnv(environmentNames.bucket, undefined);
    for (const args of [...COMMANDS, ['plan', 'balanced'], ['status']])
      expect(await evenkeel(args)).toMatchObject({ code: 2, err: expect.stringContaining('not set: EVENKEEL_BUCKET') });
  });
});
