// The function of a sweep as it is shipped: its bundle in a process of its own, a bucket over HTTP, and rows that are those of
// this machine to the byte.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleHandler } from '../../lib/bundling.ts';
import { SWEEP_HANDLER } from '../../lib/handler-entries.ts';
import { encodeLine } from '../../research/sweep/cloud/batch-line.ts';
import { keepPrices, keepWork } from '../../research/sweep/cloud/cloud-work.ts';
import { runVariant } from '../../research/sweep/run-variant.ts';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { S3SweepStore } from '../../shared/adapters/aws/s3-sweep-store.ts';
import { type EmbeddedAws, startEmbeddedAws } from '../../shared/adapters/local/embedded-aws.ts';
import { SWEEP_BUCKET, SWEEP_SOURCE_FILE } from '../../shared/contracts/sweep-batch.ts';
import { identity, inputs, PLACES, variant } from '../research/sweep/cloud/swept-rotation.ts';
import { FunctionProcess } from './function-process.ts';

const lineOf = (place: number) => encodeLine(runVariant('strategy', variant(place), inputs.prices, inputs.options));

let aws: EmbeddedAws;
let folder = '';
let worker: FunctionProcess;
let log = 0;
beforeAll(async () => {
  aws = await startEmbeddedAws();
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-bundled-sweep-'));
  bundleHandler(SWEEP_HANDLER, folder);
  writeFileSync(join(folder, SWEEP_SOURCE_FILE), inputs.source);
  log = openSync(join(folder, 'log'), 'a');
  const environment = {
    ...{ AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    ...{ AWS_ENDPOINT_URL_S3: aws.endpoints.s3, [SWEEP_BUCKET]: aws.bucket },
  };
  worker = new FunctionProcess(folder, environment, log);
}, 60_000);
afterAll(async () => {
  await worker.stop();
  closeSync(log);
  await aws.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the bundled function of a sweep', () => {
  it('needs nothing but its bucket, and comes to the bytes of this machine in batches of any size', async () => {
    const store = new S3SweepStore(new S3Client(clientSettings({ endpoint: aws.endpoints.s3 })), aws.bucket);
    const prices = await keepPrices(store, inputs.prices);
    const work = await keepWork(store, { ...inputs, kind: 'strategy', prices, witness: { place: 0, line: lineOf(0) } });
    for (const Items of [[0], [1, 2], [3, 4, 5]])
      expect(await worker.invoke({ BatchInput: { sweep: identity, work }, Items })).toEqual({
        kind: 'returned',
        value: { rows: Items.length },
      });
    const texts: string[] = [];
    for await (const text of store.rows(identity)) texts.push(text);
    expect(texts.join('')).toBe(PLACES.map((place) => `${lineOf(place)}\n`).join(''));
    expect(readFileSync(join(folder, 'log'), 'utf8')).toBe('');
  });
});
