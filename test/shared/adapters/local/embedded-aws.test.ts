import { mkdtemp, rm } from 'node:fs/promises';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { clientSettings } from '../../../../shared/adapters/aws/client-settings.ts';
import { DynamoHighWaterMarks } from '../../../../shared/adapters/aws/dynamo-high-water-marks.ts';
import { S3ArtifactStore } from '../../../../shared/adapters/aws/s3-artifact-store.ts';
import { SnsNotifier } from '../../../../shared/adapters/aws/sns-notifier.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../../../shared/adapters/local/embedded-aws.ts';
import { FolderInUse } from '../../../../shared/adapters/local/folder-hold.ts';
import { contentHash } from '../../../../shared/contracts/canonical-json.ts';
import { decodeNotice } from '../../../../shared/contracts/notice-message.ts';
import { writeAndClose, writeUntilKilled } from './writer-process.ts';

let folder = '';
const started: EmbeddedAws[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'evenkeel-'));
});

afterEach(async () => {
  for (const aws of started.splice(0)) await aws.close();
  await rm(folder, { recursive: true });
});

async function start(): Promise<EmbeddedAws> {
  const aws = await startEmbeddedAws(folder);
  started.push(aws);
  return aws;
}

const marksOf = (aws: EmbeddedAws) =>
  new DynamoHighWaterMarks(new DynamoDBClient(clientSettings({ endpoint: aws.endpoints.dynamodb })), aws.table);
const artifactsOf = (aws: EmbeddedAws) => new S3ArtifactStore(new S3Client(clientSettings({ endpoint: aws.endpoints.s3 })), aws.bucket);
const notifierOf = (aws: EmbeddedAws) => new SnsNotifier(new SNSClient(clientSettings({ endpoint: aws.endpoints.sns })), aws.topicArn);

async function receiveBodies(aws: EmbeddedAws): Promise<string[]> {
  const sqs = new SQSClient(clientSettings({ endpoint: aws.endpoints.sqs }));
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: aws.noticesQueueUrl, MaxNumberOfMessages: 10 }));
  sqs.destroy();
  return Messages.map(({ Body = '' }) => decodeNotice(JSON.parse(Body).Message)?.body ?? Body);
}

const STANDING = { mark: 5_000_000n, transfers: 0n, level: 'normal' } as const;

describe('the embedded AWS', () => {
  it('has everything that was written when the same folder is started again', async () => {
    const first = await start();
    const text = '{"kind":"plan"}';
    await marksOf(first).move('sixty-forty', undefined, STANDING);
    await artifactsOf(first).put(contentHash(text), text);
    await notifierOf(first).notify({ severity: 'info', code: 'daily-digest', subject: 'done', body: 'all filled' });
    await first.close();

    const second = await start();
    expect(await marksOf(second).read('sixty-forty')).toEqual(STANDING);
    expect(await artifactsOf(second).get(contentHash(text))).toBe(text);
    expect(await receiveBodies(second)).toEqual(['all filled']);
  });

  it('delivers a notice once, however often the folder was started', async () => {
    for (let times = 0; times < 3; times += 1) await (await start()).close();
    const aws = await start();
    await notifierOf(aws).notify({ severity: 'page', code: 'run-unresolved', subject: 'look', body: 'an order is unknown' });
    expect(await receiveBodies(aws)).toEqual(['an order is unknown']);
  });

  it('refuses a folder that is in use and names it', async () => {
    await start();
    await expect(startEmbeddedAws(folder)).rejects.toThrow(FolderInUse);
    await expect(startEmbeddedAws(folder)).rejects.toThrow(folder);
  });

  it('forgets everything when it has no folder', async () => {
    const first = await startEmbeddedAws();
    await marksOf(first).move('sixty-forty', undefined, STANDING);
    await first.close();
    const second = await startEmbeddedAws();
    started.push(second);
    expect(await marksOf(second).read('sixty-forty')).toBeUndefined();
  });

  it('may be closed twice', async () => {
    const aws = await start();
    await aws.close();
    await expect(aws.close()).resolves.toBeUndefined();
  });

  const outward = Object.values(networkInterfaces())
    .flat()
    .find((address) => address !== undefined && !address.internal && address.family === 'IPv4')?.address;
  it.skipIf(outward === undefined)('answers on no address but the loopback (skipped where the machine has no other)', async () => {
    const aws = await start();
    for (const endpoint of [aws.endpoints.dynamodb, aws.endpoints.s3]) {
      const { port } = new URL(endpoint);
      await expect(fetch(`http://${outward}:${port}/`, { signal: AbortSignal.timeout(2_000) })).rejects.toThrow();
      expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBeGreaterThan(0);
    }
  });

  it('keeps every acknowledged write when the process is killed in the middle', async () => {
    const acknowledged = await writeUntilKilled(folder, 25);
    expect(acknowledged.length).toBeGreaterThanOrEqual(25);
    const aws = await start();
    for (const text of acknowledged) expect(await artifactsOf(aws).get(contentHash(text))).toBe(text);
    expect((await marksOf(aws).read('sixty-forty'))?.mark).toBeGreaterThanOrEqual(BigInt(acknowledged.length));
  }, 30_000);

  it('leaves nothing open when it closes: the process ends by itself', async () => {
    expect(await writeAndClose(folder, 3)).toEqual({ exitCode: 0, writes: 3 });
  }, 30_000);
});
