// A claim and a sweep that count in the trial ledger of a deployment: its table, and an owner with credentials.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { DynamoTrialLedger } from '../../shared/adapters/aws/dynamo-trial-ledger.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';
import { secretPrefixOf } from '../../shared/contracts/secret-prefix.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import { startScriptedAws } from '../shared/adapters/aws/scripted-aws.ts';
import { evenkeel } from './spoken.ts';

let aws: EmbeddedAws;
let folder = '';
beforeAll(async () => {
  aws = await startEmbeddedAws();
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-deployed-ledger-'));
  mkdirSync(join(folder, 'prices'));
  for (const [place, symbol] of ['VTI', 'BND'].entries()) {
    const rows = sessionsBetween('2015-01-02', '2022-12-30').map(
      ({ date }, day) => `${date},${(100 * 1.0003 ** day * (1 + Math.sin(day / (11 + place)) / 20)).toFixed(4)}`,
    );
    writeFileSync(join(folder, 'prices', `${symbol}.csv`), ['date,close', ...rows, ''].join('\n'));
  }
  writeFileSync(
    join(folder, 'rotation.yaml'),
    'strategy: Rotation\nrebalance: { every: month }\ntree: { filter: { top: 1, by: { cumulative-return: 60 }, of: [VTI, BND] } }\n',
  );
});
beforeEach(() => {
  vi.stubEnv(environmentNames.table, aws.table);
  vi.stubEnv(environmentNames.secretPrefix, secretPrefixOf('paper'));
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_ENDPOINT_URL', aws.endpoints.dynamodb);
});
afterAll(async () => {
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

const claim = () => join(folder, 'claim.yaml');
const prices = () => ['--prices', join(folder, 'prices')];
const facts = async () => {
  const client = new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb }));
  return (await new DynamoTrialLedger(client, aws.table).entries('rotation')).map(({ fact }) => fact.kind);
};

describe('the trial ledger of a deployment', () => {
  it('has what a claim, a sweep and a walk try, and no file is made', { timeout: 60_000 }, async () => {
    const made = await evenkeel([
      ...['hypothesis', 'new', 'rotation', '--strategy', join(folder, 'rotation.yaml'), ...prices()],
      ...['--benchmark', 'VTI', '--out', claim()],
    ]);
    expect(made).toMatchObject({ code: 0, err: '' });
    const text = readFileSync(claim(), 'utf8').replace(/^claim: .*$/m, 'claim: what rose goes on rising');
    writeFileSync(claim(), text.replace('variants: {}', 'variants: { tree.filter.by.cumulative-return: [20, 60] }'));

    const run = await evenkeel(['hypothesis', 'run', claim(), ...prices(), '--ledger', 'deployed']);
    expect(run).toMatchObject({ code: 0, err: expect.not.stringContaining('error:'), out: expect.stringContaining('2 of 20 trials used') });
    expect(await facts()).toEqual(['registered', 'trial', 'trial-ended', 'trial', 'trial-ended']);

    const swept = await evenkeel([
      ...['sweep', join(folder, 'rotation.yaml'), '--vary', 'tree.filter.by.cumulative-return=20,120', ...prices(), '--to', '2020-12-01'],
      ...['--out', join(folder, 'swept'), '--workers', '2', '--hypothesis', 'rotation', '--trials', 'deployed', '--stage', 'paper'],
    ]);
    expect(swept.code).toBe(0);
    expect((await facts()).filter((kind) => kind === 'trial')).toHaveLength(4);

    const walked = await evenkeel([
      ...['walk-forward', join(folder, 'rotation.yaml'), '--vary', 'tree.filter.by.cumulative-return=20,120', ...prices()],
      ...['--to', '2020-12-01', '--workers', '2', '--hypothesis', 'rotation', '--trials', 'deployed'],
    ]);
    expect(walked.code).toBe(0);
    expect((await facts()).filter((kind) => kind === 'trial').length).toBeGreaterThan(4);

    const listed = await evenkeel(['hypothesis', 'list', folder, '--ledger', 'deployed', '--json']);
    // 20 counts twice: sweep and walk end earlier than the claim, and earn nothing on cash.
    expect(JSON.parse(listed.out).hypotheses).toMatchObject([
      { hypothesis: 'rotation', standing: { code: 'tried' }, tried: 4, trials: 20 },
    ]);
    expect(existsSync(join(folder, 'trials.jsonl'))).toBe(false);
  });

  it('is found by the stack of its stage where the variables are of the other one, or is said not to be there', async () => {
    const stacks = await startScriptedAws(({ body }) => {
      expect(decodeURIComponent(body)).toContain('StackName=EvenkeelState-live');
      const message = 'Stack with id EvenkeelState-live does not exist';
      return {
        status: 400,
        body: `<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>${message}</Message></Error></ErrorResponse>`,
      };
    });
    vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', stacks.endpoint);
    const { code, err } = await evenkeel(['hypothesis', 'list', folder, '--ledger', 'deployed', '--stage', 'live']);
    await stacks.close();
    expect(code).toBe(2);
    expect(err).toContain('there is no stack EvenkeelState-live');
    expect(stacks.requests).toHaveLength(1);
  });

  it('is of no third stage', async () => {
    const { code, err } = await evenkeel(['hypothesis', 'list', folder, '--ledger', 'deployed', '--stage', 'test']);
    expect([code, err.includes('expected paper or live')]).toEqual([2, true]);
  });
});
