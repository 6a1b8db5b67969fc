// The deployed world towards the broker: which address, whose keys, and what is printed of them.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { writtenPortfolio } from '../../../shared/adapters/local/written-portfolio.ts';
import { environmentNames } from '../../../shared/contracts/environment.ts';
import { awsWorld } from '../../../shared/wiring/aws.ts';
import { type ScriptedAws, startScriptedAws } from '../adapters/aws/scripted-aws.ts';

/** What would come from Secrets Manager; its value is in no rule of the redaction. */
const KEYS = { keyId: 'canary-key-0815', secretKey: 'canary-secret-0815' };

let folder = '';
let variables: Record<string, string> = {};
let aws: ScriptedAws;
const asked: string[] = [];
const printed: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-aws-'));
  writeFileSync(join(folder, 'paper.yaml'), portfolioOf('on-paper', 'paper'));
  writeFileSync(join(folder, 'live.yaml'), portfolioOf('for-real', 'live'));
  variables = {
    [environmentNames.table]: 'table',
    [environmentNames.bucket]: 'bucket',
    [environmentNames.topicArn]: 'arn:aws:sns:us-east-1:123456789012:evenkeel',
    [environmentNames.secretPrefix]: 'evenkeel/paper/',
    [environmentNames.portfoliosDir]: folder,
  };
  aws = await startScriptedAws(() => ({ status: 200, body: JSON.stringify({ SecretString: JSON.stringify(KEYS) }) }));
});
afterAll(async () => {
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

beforeEach(() => {
  asked.length = 0;
  printed.length = 0;
  for (const [variable, value] of Object.entries(variables)) vi.stubEnv(variable, value);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
  vi.stubEnv('AWS_ENDPOINT_URL_SECRETS_MANAGER', aws.endpoint);
  vi.stubEnv('POWERTOOLS_DEV', 'true');
  for (const method of ['log', 'info', 'warn', 'error'] as const)
    vi.spyOn(console, method).mockImplementation((line: unknown) => void printed.push(String(line)));
  // No test of ours may reach the broker: it is only looked where the request would have gone.
  vi.stubGlobal('fetch', async (url: URL) => {
    asked.push(`${url.origin}${url.pathname}`);
    return new Response('{"message":"unauthorized."}', { status: 401 });
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

function portfolioOf(name: string, mode: 'paper' | 'live'): string {
  return `portfolio: ${name}
account: { mode: ${mode}, number: PA12345678 }
schedules: { daily: { at: close-25m, every: day } }
sleeves: { core: { capital: 100%, strategy: { specified: { SPY: 50%, TLT: 50% } } } }
limits: { position: 60% }
`;
}

describe('the world of a deployed function', () => {
  it('is built from a whole environment, without asking anybody anything', async () => {
    const world = awsWorld(writtenPortfolio);
    expect((await world.portfolios.load('on-paper')).policy.account.mode).toBe('paper');
    expect(() => world.flush()).not.toThrow();
    expect([asked, aws.requests.length]).toEqual([[], 0]);
  });

  it('names every variable that is missing or empty, all at once', () => {
    const { stateMachineArn, ownerTopicArn: _ofNotify, ...needed } = environmentNames;
    vi.stubEnv(environmentNames.bucket, '');
    expect(() => awsWorld()).toThrow("the function's environment is not whole: EVENKEEL_BUCKET");
    vi.stubEnv(stateMachineArn, '');
    expect(() => awsWorld()).toThrow('EVENKEEL_BUCKET, EVENKEEL_STATE_MACHINE_ARN');
    for (const name of Object.values(environmentNames)) vi.stubEnv(name, undefined);
    expect(() => awsWorld()).toThrow(Object.values(needed).join(', '));
  });

  it.each([
    ['on-paper', 'https://paper-api.alpaca.markets/v2/account'],
    ['for-real', 'https://api.alpaca.markets/v2/account'],
  ])('trades %s at %s', async (name, url) => {
    const world = awsWorld(writtenPortfolio);
    const { policy } = await world.portfolios.load(name);
    await expect(world.portsFor(policy, 'a-run').broker.account()).rejects.toMatchObject({ name: 'BrokerError', code: 'unauthorized' });
    expect(asked).toEqual([url]);
    // The secret of the account that the file names, below the prefix of the stage.
    expect(aws.requests.at(-1)?.body).toContain('evenkeel/paper/main');
  });

  it('offers the auctions that the file says its account has, and no other', async () => {
    const world = awsWorld(writtenPortfolio);
    const { policy } = await world.portfolios.load('on-paper');
    expect(world.portsFor(policy, 'a-run').broker.capabilities.auctions).toEqual([]);
    const account = { ...policy.account, auctions: ['close'] as const };
    expect(world.portsFor({ ...policy, account }, 'a-run').broker.capabilities.auctions).toEqual(['close']);
  });

  it.each(['on-paper', 'for-real'])('reads the prices of %s where all prices are', async (name) => {
    const world = awsWorld(writtenPortfolio);
    const { policy } = await world.portfolios.load(name);
    await expect(world.portsFor(policy, 'a-run').marketData.latestQuotes(['SPY'])).rejects.toMatchObject({ code: 'unauthorized' });
    expect(asked).toEqual(['https://data.alpaca.markets/v2/stocks/quotes/latest']);
  });

  it('uses one set of keys for all of one turn, whatever its owner stores in the midst of it', async () => {
    const clock = { at: 0, now: () => clock.at };
    const world = awsWorld(writtenPortfolio, { clock });
    const { policy } = await world.portfolios.load('on-paper');
    const before = aws.requests.length;
    const { broker, marketData } = world.portsFor(policy, 'a-run');
    await expect(broker.account()).rejects.toThrow();
    // Longer than the keys are cached between turns.
    clock.at += 6 * 60_000;
    await expect(broker.positions()).rejects.toThrow();
    await expect(marketData.latestQuotes(['SPY'])).rejects.toThrow();
    expect(aws.requests.length - before).toBe(1);
    await expect(world.portsFor(policy, 'a-run').broker.account()).rejects.toThrow();
    expect(aws.requests.length - before).toBe(2);
  });

  it('blanks the keys in every line from the moment it has them, and says the run on each', async () => {
    const world = awsWorld(writtenPortfolio);
    const { policy } = await world.portfolios.load('on-paper');
    const { broker, telemetry } = world.portsFor(policy, 'a-run');
    await expect(broker.account()).rejects.toThrow();
    telemetry.error(`sent ${KEYS.secretKey}`, { error: new Error('outer', { cause: new Error(KEYS.keyId) }) });
    expect(printed.map((line) => (JSON.parse(line) as { runId: string }).runId)).toEqual(['a-run', 'a-run']);
    expect(printed.join()).not.toContain('canary');
  });
});

describe('the deployed handlers', () => {
  const handlers = {
    signal: () => import('../../../lambdas/signal/handler.ts'),
    execution: () => import('../../../lambdas/execution/handler.ts'),
  };

  it.each(['signal', 'execution'] as const)('refuse garbage for the %s by its fields, without an environment', async (name) => {
    vi.resetModules();
    for (const variable of Object.values(environmentNames)) vi.stubEnv(variable, undefined);
    const { handler } = await handlers[name]();
    await expect(handler({ surprise: true })).rejects.toMatchObject({ name: 'ZodError' });
  });

  it.each([
    ['signal', { portfolio: 'on-paper', schedule: 'daily', scheduledTime: '2019-03-14T19:35:00Z' }],
    ['execution', { runId: 'on-paper/2019-03-14/daily' }],
  ] as const)('do nothing for a good event of the %s where the environment is not whole, and say what is missing', async (name, event) => {
    vi.resetModules();
    for (const variable of Object.values(environmentNames)) vi.stubEnv(variable, undefined);
    const { handler } = await handlers[name]();
    await expect(handler(event)).rejects.toThrow("the function's environment is not whole: EVENKEEL_TABLE, EVENKEEL_BUCKET");
    expect(asked).toEqual([]);
  });
});
