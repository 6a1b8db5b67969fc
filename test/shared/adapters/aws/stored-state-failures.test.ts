// How the smaller stores fail: what is there but not whole, and what does not answer.
import { DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { DynamoHighWaterMarks } from '../../../../shared/adapters/aws/dynamo-high-water-marks.ts';
import { DynamoKillSwitch } from '../../../../shared/adapters/aws/dynamo-kill-switch.ts';
import { S3ArtifactStore } from '../../../../shared/adapters/aws/s3-artifact-store.ts';
import { SnsNotifier } from '../../../../shared/adapters/aws/sns-notifier.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../../../shared/adapters/local/embedded-aws.ts';
import { contentHash } from '../../../../shared/contracts/canonical-json.ts';
import type { BreakerStanding } from '../../../../shared/core/risk/breaker.ts';
import { aHalt, aResume } from '../../../builders/halt.ts';
import { forward, type Script, type ScriptedAws, startScriptedAws } from './scripted-aws.ts';

let aws: EmbeddedAws;
const servers: ScriptedAws[] = [];

beforeEach(async () => {
  aws = await startEmbeddedAws();
});

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
  await aws.close();
});

async function settingsOver(script: Script, attemptsMax = 1) {
  const server = await startScriptedAws(script);
  servers.push(server);
  return clientSettings({ endpoint: server.endpoint, attemptsMax, requestTimeoutMs: 300 });
}

const dynamo = () => new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb }));
const s3 = () => new S3Client(clientSettings({ endpoint: aws.endpoints.s3 }));

async function putItem(pk: string, sk: string, attributes: Record<string, { S: string } | { N: string }>): Promise<void> {
  await dynamo().send(new PutItemCommand({ TableName: aws.table, Item: { pk: { S: pk }, sk: { S: sk }, ...attributes } }));
}

describe('a kill switch that cannot be read', () => {
  it('throws, so that nobody takes it for off', async () => {
    const killSwitch = new DynamoKillSwitch(new DynamoDBClient(await settingsOver(() => 'drop')), aws.table);
    await expect(killSwitch.read('sixty-forty')).rejects.toMatchObject({ name: 'StoreError', effect: 'none', code: 'connection' });
  });

  it('throws when only one of the two switches answers', async () => {
    const oneOfTwo: Script = (request) => (request.body.includes('portfolio/') ? forward(aws.endpoints.dynamodb, request) : 'drop');
    const killSwitch = new DynamoKillSwitch(new DynamoDBClient(await settingsOver(oneOfTwo)), aws.table);
    await expect(killSwitch.read('sixty-forty')).rejects.toMatchObject({ name: 'StoreError' });
  });

  it('throws when the stored switch is not whole', async () => {
    await putItem('kill-switch', 'all', { reason: { S: 'drawdown' } });
    await expect(new DynamoKillSwitch(dynamo(), aws.table).read('sixty-forty')).rejects.toMatchObject({ code: 'bad-answer' });
  });

  it('says that it may have been turned when the answer was lost', async () => {
    const loseWrites: Script = (request) => (request.operation === 'PutItem' ? 'hang' : forward(aws.endpoints.dynamodb, request));
    const killSwitch = new DynamoKillSwitch(new DynamoDBClient(await settingsOver(loseWrites)), aws.table);
    await expect(killSwitch.turnOn('sixty-forty', aHalt())).rejects.toMatchObject({ effect: 'unknown', code: 'timeout' });
    await new DynamoKillSwitch(dynamo(), aws.table).turnOn('sixty-forty', aHalt());
    await expect(killSwitch.turnOff('sixty-forty', aResume())).rejects.toMatchObject({ effect: 'unknown', code: 'timeout' });
    expect(await killSwitch.read('sixty-forty')).toMatchObject({ kind: 'on' });
  });

  it('is not turned, for certain, when it cannot even be looked at', async () => {
    const killSwitch = new DynamoKillSwitch(new DynamoDBClient(await settingsOver(() => 'hang')), aws.table);
    await expect(killSwitch.turnOn('sixty-forty', aHalt())).rejects.toMatchObject({ effect: 'none', code: 'timeout' });
  });

  it('is on when the first answer was lost and the SDK sent it again', async () => {
    let writes = 0;
    const loseTheFirst: Script = async (request) => {
      const answer = await forward(aws.endpoints.dynamodb, request);
      if (request.operation === 'PutItem') writes += 1;
      return request.operation === 'PutItem' && writes === 1 ? 'drop' : answer;
    };
    const killSwitch = new DynamoKillSwitch(new DynamoDBClient(await settingsOver(loseTheFirst, 3)), aws.table);
    await killSwitch.turnOn('sixty-forty', aHalt());
    expect(await killSwitch.read('sixty-forty')).toMatchObject({ kind: 'on', reason: 'drill', since: 1_000 });
  });
});

describe('a kill switch that two people turn', () => {
  /** Somebody else turns it just before the first write to the switch itself arrives. */
  async function switchWithOther(other: () => Promise<unknown>): Promise<DynamoKillSwitch> {
    let isDone = false;
    const interfere: Script = async (request) => {
      if (!isDone && request.operation === 'PutItem' && !request.body.includes('kill-switch-turns/')) {
        isDone = true;
        await other();
      }
      return forward(aws.endpoints.dynamodb, request);
    };
    return new DynamoKillSwitch(new DynamoDBClient(await settingsOver(interfere)), aws.table);
  }

  it('is not turned off over a halt that came in between', async () => {
    const bert = new DynamoKillSwitch(dynamo(), aws.table);
    await bert.turnOn(undefined, aHalt({ reason: 'deploy' }));
    const anna = await switchWithOther(() => bert.turnOn(undefined, aHalt({ reason: 'the broker misbehaves', by: 'bert', at: 2_000 })));
    expect(await anna.turnOff(undefined, aResume({ at: 3_000 }))).toEqual({ kind: 'turned-again' });
    expect(await anna.readOne(undefined)).toMatchObject({ kind: 'on', reason: 'deploy' });
    // Neither of the halts is lost, and the resume that had no effect is none.
    expect((await anna.turns(undefined, 10)).map(({ reason }) => reason)).toEqual(['the broker misbehaves', 'deploy']);
  });

  it('is turned on all the same when somebody turned it off in between', async () => {
    const bert = new DynamoKillSwitch(dynamo(), aws.table);
    await bert.turnOn(undefined, aHalt({ reason: 'deploy' }));
    const anna = await switchWithOther(() => bert.turnOff(undefined, aResume({ by: 'bert' })));
    const turned = await anna.turnOn(undefined, aHalt({ reason: 'the broker misbehaves', at: 3_000 }));
    expect(turned).toMatchObject({ wasOn: false, state: { reason: 'the broker misbehaves', since: 3_000 } });
    expect(await bert.readOne(undefined)).toEqual(turned.state);
  });
});

describe('a kill switch that was written by hand', () => {
  const byHand = () => putItem('kill-switch', 'all', { reason: { S: 'why I stopped' }, since: { N: '1000' } });

  it('is on, cancels, and is turned off as any other', async () => {
    await byHand();
    const killSwitch = new DynamoKillSwitch(dynamo(), aws.table);
    expect(await killSwitch.read('sixty-forty')).toEqual({
      kind: 'on',
      reason: 'why I stopped',
      since: 1_000,
      by: 'unknown',
      openOrders: 'cancel',
    });
    expect(await killSwitch.turnOff(undefined, aResume())).toMatchObject({ kind: 'turned-off' });
    expect((await killSwitch.turns(undefined, 10)).map(({ by, after }) => `${by} ${after.kind}`)).toEqual(['anna off', 'unknown on']);
  });

  it('over one that was turned off stops again', async () => {
    const killSwitch = new DynamoKillSwitch(dynamo(), aws.table);
    await killSwitch.turnOn(undefined, aHalt());
    await killSwitch.turnOff(undefined, aResume());
    await byHand();
    expect(await killSwitch.read('sixty-forty')).toMatchObject({ kind: 'on', reason: 'why I stopped' });
  });

  it.each([
    ['a turn that is cut short', { turnId: { S: '1' }, turn: { S: '{"id":"1","at"' } }],
    ['no time', { reason: { S: 'drawdown' } }],
    ['a time that is none', { reason: { S: 'drawdown' }, since: { N: '1.5' } }],
  ])('with %s throws, so that nobody takes it for off, and a halt takes its place', async (_, attributes) => {
    await putItem('kill-switch', 'all', attributes);
    const killSwitch = new DynamoKillSwitch(dynamo(), aws.table);
    await expect(killSwitch.read('sixty-forty')).rejects.toMatchObject({ name: 'StoreError', code: 'bad-answer' });
    await expect(killSwitch.turnOff(undefined, aResume())).rejects.toMatchObject({ code: 'bad-answer' });
    const { state } = await killSwitch.turnOn(undefined, aHalt());
    expect(await killSwitch.read('sixty-forty')).toEqual(state);
  });
});

function aStanding(mark: bigint): BreakerStanding {
  return { mark, transfers: 0n, level: 'normal' };
}

describe('a high-water mark', () => {
  it('is not guessed when what is stored is no whole number', async () => {
    await putItem('high-water-mark', 'sixty-forty', { mark: { N: '1.5' } });
    await expect(new DynamoHighWaterMarks(dynamo(), aws.table).read('sixty-forty')).rejects.toMatchObject({ code: 'bad-answer' });
  });

  it('holds 38 digits and refuses the 39th', async () => {
    const marks = new DynamoHighWaterMarks(dynamo(), aws.table);
    const widest = 10n ** 38n - 1n;
    expect(await marks.move('sixty-forty', undefined, aStanding(widest))).toBe('moved');
    expect(await marks.read('sixty-forty')).toEqual(aStanding(widest));
    await expect(marks.move('sixty-forty', aStanding(widest), aStanding(widest + 1n))).rejects.toThrow(RangeError);
  });

  it.each([
    ['level', { level: { S: 'nervous' } }],
    ['session', { daySession: { S: 'yesterday' }, dayEquity: { N: '1' } }],
    ['opening of its day', { daySession: { S: '2026-11-20' } }],
  ])('is not guessed where its %s cannot be read', async (_what, attributes) => {
    await putItem('high-water-mark', 'sixty-forty', { mark: { N: '5' }, ...attributes });
    await expect(new DynamoHighWaterMarks(dynamo(), aws.table).read('sixty-forty')).rejects.toMatchObject({ code: 'bad-answer' });
  });

  it('of a release that kept the mark alone is read, and moved', async () => {
    await putItem('high-water-mark', 'sixty-forty', { mark: { N: '5' } });
    const marks = new DynamoHighWaterMarks(dynamo(), aws.table);
    expect(await marks.read('sixty-forty')).toEqual(aStanding(5n));
    expect(await marks.move('sixty-forty', aStanding(5n), { ...aStanding(7n), level: 'caution' })).toBe('moved');
    expect(await marks.read('sixty-forty')).toEqual({ ...aStanding(7n), level: 'caution' });
  });

  it('says that it may have moved when the answer was lost', async () => {
    const marks = new DynamoHighWaterMarks(new DynamoDBClient(await settingsOver(() => 'drop')), aws.table);
    await expect(marks.move('sixty-forty', undefined, aStanding(1n))).rejects.toMatchObject({ effect: 'unknown', code: 'connection' });
    await expect(marks.read('sixty-forty')).rejects.toMatchObject({ effect: 'none', code: 'connection' });
  });
});

describe('an artifact', () => {
  const hash = contentHash('{"kind":"plan"}');

  it.each([
    ['other', '{"kind":"plan","quantity":2}'],
    ['cut', '{"kind":"pl'],
    ['no', ''],
  ])('with %s bytes under its hash is an error, not an artifact', async (_how, Body) => {
    await s3().send(new PutObjectCommand({ Bucket: aws.bucket, Key: `artifacts/${hash}.json`, Body, ContentLength: Body.length }));
    await expect(new S3ArtifactStore(s3(), aws.bucket).get(hash)).rejects.toMatchObject({ name: 'StoreError', code: 'bad-answer' });
  });

  it('is an error, not absent, when the bucket is', async () => {
    await expect(new S3ArtifactStore(s3(), 'no-such-bucket').get(hash)).rejects.toMatchObject({ name: 'StoreError', effect: 'none' });
    await expect(new S3ArtifactStore(s3(), 'no-such-bucket').put(hash, '{"kind":"plan"}')).rejects.toMatchObject({ name: 'StoreError' });
  });

  it('may have been stored when the answer was lost', async () => {
    const store = new S3ArtifactStore(new S3Client(await settingsOver(() => 'hang')), aws.bucket);
    await expect(store.put(hash, '{"kind":"plan"}')).rejects.toMatchObject({ effect: 'unknown', code: 'timeout' });
    await expect(store.get(hash)).rejects.toMatchObject({ effect: 'none', code: 'timeout' });
  });
});

it('a notice whose answer was lost may have been sent', async () => {
  const notifier = new SnsNotifier(new SNSClient(await settingsOver(() => 'drop')), aws.topicArn);
  const notice = { severity: 'page', code: 'run-unresolved', subject: 'look', body: 'now' } as const;
  await expect(notifier.notify(notice)).rejects.toMatchObject({ name: 'OutsideError', effect: 'unknown', code: 'connection' });
});

it('a connection that was refused certainly had no effect', async () => {
  const server = await startScriptedAws(() => 'drop');
  await server.close();
  const marks = new DynamoHighWaterMarks(new DynamoDBClient(clientSettings({ endpoint: server.endpoint, attemptsMax: 1 })), aws.table);
  await expect(marks.move('sixty-forty', undefined, aStanding(1n))).rejects.toMatchObject({ effect: 'none', code: 'connection' });
});
