// The trial ledger in DynamoDB: what the contract cannot say. Writers in each other's way, answers that get lost, items that
// somebody touched, and more than one page.
import { DeleteItemCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { countOfTrials } from '../../../../research/validation/trials/trial-count.ts';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { DynamoTrialLedger } from '../../../../shared/adapters/aws/dynamo-trial-ledger.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../../../shared/adapters/local/embedded-aws.ts';
import { BrokenLedger } from '../../../../shared/ports/trial-ledger.ts';
import { aHoldoutOpening, aRegistration, aTrial, aTrialEnd } from '../../../builders/trials.ts';
import { forward, type Script, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

let aws: EmbeddedAws;
const proxies: ScriptedAws[] = [];

beforeEach(async () => {
  aws = await startEmbeddedAws();
});
afterEach(async () => {
  for (const proxy of proxies.splice(0)) await proxy.close();
  await aws.close();
});

const dynamo = () => new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb }));
const aLedger = () => new DynamoTrialLedger(dynamo(), aws.table);

async function proxied(fate: Script, attemptsMax = 1) {
  const proxy = await startScriptedAws((request, count) => fate(request, count));
  proxies.push(proxy);
  const client = new DynamoDBClient(clientSettings({ endpoint: proxy.endpoint, attemptsMax, requestTimeoutMs: 2_000 }));
  return { ledger: new DynamoTrialLedger(client, aws.table), proxy };
}

const passed: Script = (request) => forward(aws.endpoints.dynamodb, request);

describe('several processes that append to the trial ledger in DynamoDB', () => {
  it('open a holdout once between them, by the same person in the same millisecond too', async () => {
    await aLedger().append([aRegistration()], 1_000);
    const opened = await Promise.all([1, 2, 3, 4].map(() => aLedger().append([aHoldoutOpening()], 2_000)));
    expect(opened.map(({ kind }) => kind).sort()).toEqual(['appended', 'refused', 'refused', 'refused']);
    expect((await aLedger().entries()).filter(({ fact }) => fact.kind === 'holdout-opened')).toHaveLength(1);
  });

  it('lose none of their trials, make one chain of them, and pass no budget together', async () => {
    await aLedger().append([aRegistration({ trialsMax: 6 })], 1_000);
    const variant = (writer: number, at: number) => String(writer * 3 + at).padStart(64, '0');
    const writers = [0, 1, 2].map(async (writer) => {
      const ledger = aLedger();
      const kinds: string[] = [];
      for (const at of [0, 1, 2]) kinds.push((await ledger.append([aTrial({ variant: variant(writer, at) })], 2_000)).kind);
      return kinds;
    });
    const kinds = (await Promise.all(writers)).flat();
    expect(kinds.filter((kind) => kind === 'appended')).toHaveLength(6);
    const entries = await aLedger().entries();
    expect(entries.map(({ sequence }) => sequence)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(countOfTrials(entries)).toMatchObject({ variants: 6, evaluations: 6, withoutEnd: 6, trialsMax: 6 });
  });

  it('see at once what another has registered: a refusal is never by what one knew before', async () => {
    const mine = aLedger();
    expect(await mine.entries()).toEqual([]);
    await aLedger().append([aRegistration()], 1_000);
    expect(await mine.append([aTrial()], 2_000)).toMatchObject({ kind: 'appended' });
  });
});

describe('an append whose answer is lost', () => {
  it('is recognised as ours when the SDK sends it again and is refused by our own item', async () => {
    let puts = 0;
    const { ledger } = await proxied(async (request, count) => {
      const answer = await passed(request, count);
      if (request.operation !== 'PutItem') return answer;
      puts += 1;
      return puts === 1 ? 'drop' : answer;
    }, 3);
    expect(await ledger.append([aRegistration()], 1_000)).toMatchObject({ kind: 'appended' });
    expect(puts).toBe(2);
    expect(await ledger.append([aTrial()], 2_000)).toMatchObject({ kind: 'appended' });
    expect(await aLedger().entries()).toHaveLength(2);
  });

  it('is unknown when nothing is there, and what did land counts when one looks again', async () => {
    const { ledger } = await proxied((request, count) => (request.operation === 'PutItem' ? 'drop' : passed(request, count)));
    await expect(ledger.append([aRegistration()], 1_000)).rejects.toMatchObject({ name: 'StoreError', effect: 'unknown' });
    expect(await ledger.entries()).toEqual([]);

    let isBlind = false;
    const { ledger: blind } = await proxied(async (request, count) => {
      const answer = isBlind && request.operation !== 'PutItem' ? 'drop' : await passed(request, count);
      if (request.operation !== 'PutItem') return answer;
      isBlind = true;
      return 'drop';
    });
    await expect(blind.append([aRegistration()], 1_000)).rejects.toMatchObject({ effect: 'unknown' });
    isBlind = false;
    expect(await blind.entries()).toHaveLength(1);
    expect(await blind.append([aRegistration()], 2_000)).toMatchObject({ code: 'registered-before' });
  });
});

describe('what is stored of the trial ledger', () => {
  const items = async () => {
    const query = new QueryCommand({
      TableName: aws.table,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'trials' } },
    });
    return (await dynamo().send(query)).Items ?? [];
  };

  it('is one item for each append, under the sequence of its first entry, and never forgotten', async () => {
    const ledger = aLedger();
    await ledger.append([aRegistration(), aTrial(), aTrial()], 1_000);
    await ledger.append([aTrial()], 2_000);
    expect(await ledger.append([], 3_000)).toEqual({ kind: 'appended', entries: [] });
    const found = await items();
    expect(found.map(({ sk, entries }) => [sk?.S, entries?.S?.split('\n').length])).toEqual([
      ['000000000000', 3],
      ['000000000003', 1],
    ]);
    for (const item of found) expect(Object.keys(item).sort()).toEqual(['entries', 'pk', 'sk', 'writeId']);
  });

  it('is read by consistent queries alone, page by page', async () => {
    const ledger = aLedger();
    const trials = (count: number) => Array.from({ length: count }, () => aTrial({ parameters: 'x'.repeat(1_000) }));
    await ledger.append([aRegistration()], 1_000);
    // Two megabytes: a page of a query is at most one.
    for (let batch = 0; batch < 8; batch += 1) await ledger.append(trials(200), 2_000);
    const { ledger: other, proxy } = await proxied(passed);
    expect(await other.entries()).toHaveLength(1_601);
    const queries = proxy.requests.map(({ operation, body }) => ({ operation, isConsistent: JSON.parse(body).ConsistentRead as boolean }));
    expect(queries.length).toBeGreaterThan(1);
    for (const query of queries) expect(query).toEqual({ operation: 'Query', isConsistent: true });
  });

  it('refuses more at once than an item holds, before anything is written', async () => {
    const ledger = aLedger();
    const many = Array.from({ length: 400 }, () => aTrial({ parameters: 'x'.repeat(1_000) }));
    await expect(ledger.append([aRegistration(), ...many], 1_000)).rejects.toThrow(RangeError);
    expect(await ledger.entries()).toEqual([]);
    expect(await ledger.append([aRegistration()], 2_000)).toMatchObject({ kind: 'appended' });
  });

  it('is broken when an entry is changed, gone from the middle, or put in', async () => {
    const ledger = aLedger();
    await ledger.append([aRegistration()], 1_000);
    const appended = await ledger.append([aTrial()], 2_000);
    if (appended.kind === 'refused') throw new Error(appended.code);
    await ledger.append([aTrialEnd(appended.entries[0]?.hash ?? '')], 3_000);
    const [, trial, end] = await items();
    if (trial === undefined || end === undefined) throw new Error('three items');
    const put = (item: typeof trial) => dynamo().send(new PutItemCommand({ TableName: aws.table, Item: item }));
    const { pk, sk } = trial;
    if (pk === undefined || sk === undefined) throw new Error('an item has its keys');

    await put({ ...trial, entries: { S: (trial['entries']?.S ?? '').replace('2019-12-31', '2018-12-31') } });
    await expect(aLedger().entries()).rejects.toThrow(BrokenLedger);
    await dynamo().send(new DeleteItemCommand({ TableName: aws.table, Key: { pk, sk } }));
    await expect(aLedger().append([aTrial()], 4_000)).rejects.toThrow(BrokenLedger);
    await put(trial);
    expect(await aLedger().entries()).toHaveLength(3);
    await put({ ...end, sk: { S: '000000000009' } });
    await expect(aLedger().entries()).rejects.toThrow(BrokenLedger);
  });
});
