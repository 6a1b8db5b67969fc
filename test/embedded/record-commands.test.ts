// The commands that read records, over the state that one demo of three sessions leaves: as an owner types them after
// `npm run demo`.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { runEvenkeel, stateFolder } from '../cli/child.ts';
import { evenkeel } from '../cli/spoken.ts';

const LAST = 'demo/2004-10-29/monthly';
const FIRST = 'demo/2004-08-31/monthly';

/** Processes and servers of their own, on a machine that may have other work. */
vi.setConfig({ testTimeout: 60_000, hookTimeout: 120_000 });

let above = '';
/** Where the demo was typed, and where it left its state. */
let folder = '';
let state = '';

beforeAll(async () => {
  above = mkdtempSync(join(tmpdir(), 'evenkeel-records-'));
  folder = mkdtempSync(join(above, 'work-'));
  const { code } = await runEvenkeel(['demo', '--to', '2004-10-29'], folder);
  expect(code).toBe(0);
  state = stateFolder(folder) ?? '';
});
afterAll(() => rmSync(above, { recursive: true, force: true }));

async function said(...args: readonly string[]): Promise<string> {
  const { code, out, err } = await evenkeel([...args, '--state', state]);
  expect([code, err]).toEqual([0, '']);
  return out;
}

async function documentOf<Document>(...args: readonly string[]): Promise<Document> {
  return JSON.parse(await said(...args, '--json')) as Document;
}

/** A copy of the state, with which a test may do what it likes. */
function aCopy(): string {
  const copy = join(mkdtempSync(join(above, 'copy-')), 'state');
  cpSync(state, copy, { recursive: true });
  return copy;
}

describe('without a word about where', () => {
  it('the newest demo is looked at, and it says so', async () => {
    const { code, out, err } = await runEvenkeel(['runs'], folder);
    expect([code, err]).toEqual([0, '']);
    expect(out.split('\n')[0]).toBe(`Of the demo in ${state.slice(folder.length + 1)}, the newest here.`);
  });

  it('a command that changes something takes no demo that nobody named', async () => {
    const { code, err } = await runEvenkeel(['halt', '--reason', 'a drill'], folder);
    expect(code).toBe(2);
    expect(err).toContain('no EVENKEEL_… variable names a deployment; for the newest demo here say --state .evenkeel/demo-');
  });
});

describe('evenkeel runs', () => {
  it('lists them newest first, with what they traded, left and cost', async () => {
    const { portfolios } = await documentOf<{ portfolios: { runs: { runId: string; traded: string }[] }[] }>('runs', 'demo');
    expect(portfolios).toHaveLength(1);
    expect(portfolios[0]?.runs.map(({ runId }) => runId)).toEqual([LAST, 'demo/2004-09-30/monthly', FIRST]);
    expect(portfolios[0]?.runs[2]).toMatchObject({ phase: 'ended', ending: 'completed', code: null, residuals: [] });
    // All cash at first, and 99 % of it wanted in five stocks of whole shares.
    const traded = Number(portfolios[0]?.runs[2]?.traded);
    expect(traded).toBeGreaterThan(98_000);
    expect(traded).toBeLessThanOrEqual(99_100);
  });

  it('as a table fits on eighty columns', async () => {
    const lines = (await said('runs', '--limit', '2')).split('\n').slice(1);
    expect(lines.filter((line) => /^2004-/.test(line))).toHaveLength(2);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([['0'], ['1001'], ['many']])('refuses --limit %s', async (limit) => {
    expect(await evenkeel(['runs', '--limit', limit, '--state', state])).toMatchObject({
      code: 2,
      err: expect.stringContaining('1 to 1000'),
    });
  });

  it('names the portfolios that there are', async () => {
    expect(await evenkeel(['runs', 'dmo', '--state', state])).toMatchObject({ code: 2, err: expect.stringContaining('there are: demo') });
  });
});

describe('evenkeel show', () => {
  it('tells every step and every order, and adds up', async () => {
    const { run } = await documentOf<{
      run: {
        timeline: { event: string }[];
        trades: { filled: string; quantity: string; orders: { filled: string; clientOrderId: string }[] }[];
        artifacts: { kind: string }[];
      };
    }>('show', LAST);
    expect(run.timeline.map(({ event }) => event)).toEqual(['due', 'claimed', 'looked', 'decided', 'planned', 'reviewed', 'ended']);
    expect(run.trades.length).toBeGreaterThan(2);
    for (const { filled, quantity, orders } of run.trades) {
      expect(filled).toBe(quantity);
      expect(orders.reduce((sum, order) => sum + Number(order.filled), 0)).toBe(Number(filled));
      for (const { clientOrderId } of orders) expect(clientOrderId).toMatch(/^demo_2004-10-29_monthly_/);
    }
    expect(run.artifacts.map(({ kind }) => kind)).toEqual(['snapshot', 'decision', 'plan', 'review', 'outcome']);
  });

  it('in words fits on eighty columns', async () => {
    const lines = (await said('show', LAST)).split('\n').slice(1);
    expect(lines).toContain(`${LAST}  completed`);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it.each([
    [
      'a session without a run',
      'demo/2004-10-28/monthly',
      `no run demo/2004-10-28/monthly; the nearest: ${LAST}, demo/2004-09-30/monthly, ${FIRST}`,
    ],
    ['another schedule', 'demo/2004-09-30/daily', 'the nearest: demo/2004-09-30/monthly,'],
    ['another portfolio', 'dmo/2004-10-29/monthly', 'no portfolio "dmo": there are: demo'],
    ['no run id', 'yesterday', `"yesterday": expected a run id such as ${LAST}`],
  ])('says which runs are near %s', async (_, run, message) => {
    for (const command of ['show', 'replay'])
      expect(await evenkeel([command, run, '--state', state])).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });
});

describe('evenkeel why', () => {
  it('leads from the quote to the fill', async () => {
    const { why } = await documentOf<{ why: Record<string, unknown> }>('why', FIRST, 'msft');
    expect(why).toMatchObject({
      symbol: 'MSFT',
      answer: 'traded',
      seen: { position: '0', isOurs: true },
      sleeves: [{ name: 'stocks', capital: '100%', turn: 'every-run' }],
      line: { weight: '0%', target: '19.8%', drift: '-19.8%', band: '0.99%', isInside: false },
      plan: { isTriggered: true, isForced: false },
      trade: { side: 'buy' },
      review: { kind: 'approved' },
      residual: null,
      ending: { kind: 'completed' },
    });
  });

  it('in words fits on eighty columns', async () => {
    const lines = (await said('why', LAST, 'IBM')).split('\n').slice(1);
    expect(lines).toContain(`IBM in ${LAST}  traded`);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('names the symbols that the run knows', async () => {
    expect(await evenkeel(['why', LAST, 'SPY', '--state', state])).toMatchObject({
      code: 2,
      err: expect.stringContaining('there are: AAPL, AMZN, GOOG, IBM, MSFT'),
    });
    expect(await evenkeel(['why', LAST, 'no symbol', '--state', state])).toMatchObject({ code: 2 });
  });
});

describe('evenkeel replay', () => {
  it.each([[FIRST], ['demo/2004-09-30/monthly'], [LAST]])('comes to the same bytes of %s', async (run) => {
    const { replay } = await documentOf<{ replay: { isSame: boolean; parts: { part: string; recorded?: string; replayed?: string }[] } }>(
      'replay',
      run,
    );
    expect(replay.isSame).toBe(true);
    expect(replay.parts.map(({ part }) => part)).toEqual(['decision', 'plan', 'review', 'next']);
    for (const { recorded, replayed } of replay.parts) expect(replayed).toBe(recorded);
  });

  it('in words fits on eighty columns', async () => {
    const lines = (await said('replay', LAST)).split('\n').slice(1);
    expect(lines).toContain(`${LAST}  the same, byte for byte`);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });
});

describe('evenkeel plan', () => {
  it('says what would be traded where the demo stands, and changes nothing', async () => {
    const before = readFileSync(join(state, 'exchange.json'), 'utf8');
    const { plan } = await documentOf<{ plan: { lines: { symbol: string }[] } }>('plan', 'demo');
    expect(plan).toMatchObject({
      // The demo's last session is over, and watched: what comes next is the session after it.
      session: '2004-11-01',
      prices: 'last-closes',
      outcome: 'nothing-to-trade',
      detail: 'inside the band',
      trades: [],
    });
    expect(plan.lines.map(({ symbol }) => symbol)).toEqual(['AAPL', 'AMZN', 'GOOG', 'IBM', 'MSFT', 'cash']);
    expect(readFileSync(join(state, 'exchange.json'), 'utf8')).toBe(before);
    const { portfolios } = await documentOf<{ portfolios: { runs: unknown[] }[] }>('runs');
    expect(portfolios[0]?.runs).toHaveLength(3);
  });

  it('in words fits on eighty columns', async () => {
    const lines = (await said('plan', 'demo')).split('\n').slice(1);
    expect(lines).toContain('Nothing was claimed, written or sent.');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('says what would refuse a run, and exits 1', async () => {
    const copy = aCopy();
    expect((await evenkeel(['halt', '--reason', 'a drill', '--state', copy])).code).toBe(0);
    const { code, out, err } = await evenkeel(['plan', 'demo', '--state', copy]);
    expect([code, err]).toEqual([1, 'error: a run would be refused: kill-switch\n']);
    expect(out).toContain('refused  kill-switch: a drill');
    expect(await evenkeel(['plan', 'demo', '--json', '--state', copy])).toMatchObject({ code: 1, err: '' });
  });

  it.each([
    ['another portfolio', ['plan', 'dmo'], 'no portfolio "dmo": there are: demo'],
    ['another schedule', ['plan', 'demo', '--schedule', 'daily'], '--schedule "daily": there are: monthly'],
  ])('names what there is in the place of %s', async (_, args, message) => {
    expect(await evenkeel([...args, '--state', state])).toMatchObject({ code: 2, out: '', err: expect.stringContaining(message) });
  });

  it('says how to mend a state that does not name its prices', async () => {
    const copy = aCopy();
    for (const text of ['{}', '{']) {
      writeFileSync(join(copy, 'market.json'), text);
      expect(await evenkeel(['plan', 'demo', '--state', copy])).toMatchObject({
        code: 2,
        err: expect.stringContaining('say the same demo command'),
      });
    }
  });
});

describe('evenkeel audit verify', () => {
  async function verified(where: string, ...args: readonly string[]) {
    const { code, out } = await evenkeel(['audit', 'verify', 'demo', '--json', '--state', where, ...args]);
    const [portfolio] = (JSON.parse(out) as { portfolios: { head: string; findings: { kind: string; what: string }[] }[] }).portfolios;
    return { code, head: portfolio?.head ?? '', findings: portfolio?.findings.map(({ kind, what }) => `${kind} ${what}`) ?? [] };
  }

  it('finds all whole, names the head, and knows it again', async () => {
    const { code, head, findings } = await verified(state);
    expect([code, findings]).toEqual([0, []]);
    expect(head).toMatch(/^3\.[0-9a-f]{64}$/);
    expect(await verified(state, '--anchor', head)).toEqual({ code: 0, head, findings: [] });
  });

  it('in words fits on eighty columns', async () => {
    const lines = (await said('audit', 'verify')).split('\n').slice(1);
    expect(lines).toContain('demo  whole');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('finds what was done to the table and the bucket', async () => {
    const copy = aCopy();
    const { head } = await verified(copy);
    const aws = await startEmbeddedAws(join(copy, 'aws'));
    const dynamo = new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb }));
    const s3 = new S3Client(clientSettings({ endpoint: aws.endpoints.s3 }));
    const itemsOf = async (pk: string) => {
      const query = { TableName: aws.table, KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: pk } } };
      return (await dynamo.send(new QueryCommand(query))).Items ?? [];
    };
    try {
      const [august, september, october] = await itemsOf('run/demo');
      const [, , newest] = await itemsOf('audit/demo');
      if (august?.record?.S === undefined || september === undefined || october === undefined || newest === undefined)
        throw new Error('no runs');
      // A better price in August, September forgotten, its plan forged, the end of the chain cut off.
      const edited = august.record.S.replace(/"averageFillPrice":"\d+/, '"averageFillPrice":"1');
      expect(edited).not.toBe(august.record.S);
      await dynamo.send(new PutItemCommand({ TableName: aws.table, Item: { ...august, record: { S: edited } } }));
      for (const { pk, sk } of [september, newest] as Record<'pk' | 'sk', { S: string }>[])
        await dynamo.send(new DeleteItemCommand({ TableName: aws.table, Key: { pk, sk } }));
      const plan = (JSON.parse(august.record.S) as { artifacts: { plan: string } }).artifacts.plan;
      await s3.send(new PutObjectCommand({ Bucket: aws.bucket, Key: `artifacts/${plan}.json`, Body: '{}' }));
    } finally {
      dynamo.destroy();
      s3.destroy();
      await aws.close();
    }
    expect(await verified(copy, '--anchor', head)).toMatchObject({
      code: 1,
      findings: [
        'truncated link 3',
        `edited run ${FIRST}`,
        `edited plan of ${FIRST}`,
        'missing run demo/2004-09-30/monthly',
        `not-sealed run ${LAST}`,
      ],
    });
  });

  it('says that another key can prove nothing, and that there is none', async () => {
    const copy = aCopy();
    writeFileSync(join(copy, 'audit-key'), 'x'.repeat(64));
    expect(await verified(copy)).toMatchObject({ code: 1, findings: ['rewritten link 1', 'rewritten link 2', 'rewritten link 3'] });
    writeFileSync(join(copy, 'audit-key'), 'short');
    expect(await evenkeel(['audit', 'verify', '--state', copy])).toMatchObject({
      code: 1,
      err: expect.stringContaining('is no audit key'),
    });
    rmSync(join(copy, 'audit-key'));
    expect(await evenkeel(['audit', 'verify', '--state', copy])).toMatchObject({
      code: 1,
      err: expect.stringContaining('there is no audit key'),
    });
  });

  it.each([
    ['a head that is none', ['demo', '--anchor', '3.abc'], '--anchor "3.abc": expected a head'],
    ['a head of no portfolio', ['--anchor', `3.${'ab'.repeat(32)}`], 'name the portfolio'],
    ['another portfolio', ['dmo'], 'no portfolio "dmo": there are: demo'],
  ])('refuses %s', async (_, args, message) => {
    expect(await evenkeel(['audit', 'verify', ...args, '--state', state])).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringContaining(message),
    });
  });
});

describe('with --json', () => {
  it.each([
    ['runs', ['runs']],
    ['show', ['show', LAST]],
    ['why', ['why', LAST, 'IBM']],
    ['replay', ['replay', LAST]],
    ['plan', ['plan', 'demo']],
    ['audit verify', ['audit', 'verify']],
    ['a run that is not there', ['show', 'demo/2004-10-28/monthly']],
  ])('%s says one document and nothing else', async (_, args) => {
    const { out, err } = await evenkeel([...args, '--json', '--state', state]);
    expect(err).toBe('');
    expect(() => JSON.parse(out)).not.toThrow();
  });
});

it('a folder that holds no state is said to hold none', async () => {
  const empty = mkdtempSync(join(above, 'none-'));
  for (const args of [['runs'], ['show', LAST], ['audit', 'verify']])
    expect(await evenkeel([...args, '--state', empty])).toMatchObject({
      code: 2,
      err: expect.stringContaining('holds no state of a demo'),
    });
});
