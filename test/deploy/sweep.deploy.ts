// A sweep in the cloud on an emulator of AWS: the product's machine, its bundled function and its bucket, started, followed and
// fetched by the product's own adapters. The emulator gives each place to a call of its own and knows neither batches nor a bound
// that is read from the input: those two are put into the definition as it takes them, and held to the template by test/lib.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { CreateFunctionCommand, LambdaClient, waitUntilFunctionActiveV2 } from '@aws-sdk/client-lambda';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleHandler } from '../../lib/bundling.ts';
import { sweepSteps } from '../../lib/constructs/sweep-steps.ts';
import { SWEEP_HANDLER } from '../../lib/handler-entries.ts';
import { CloudSweepFailed, cloudSweep } from '../../research/sweep/cloud/cloud-sweep.ts';
import { runVariant, type VariantRow } from '../../research/sweep/run-variant.ts';
import { clientSettings } from '../../shared/adapters/aws/client-settings.ts';
import { S3SweepStore } from '../../shared/adapters/aws/s3-sweep-store.ts';
import { StepFunctionsSweeps } from '../../shared/adapters/aws/step-functions-sweeps.ts';
import { SWEEP_BUCKET, SWEEP_SOURCE_FILE, SWEEP_WORKERS_MAX } from '../../shared/contracts/sweep-batch.ts';
import type { SweepStore } from '../../shared/ports/sweep-store.ts';
import { identity, inputs, PLACES, variant } from '../research/sweep/cloud/swept-rotation.ts';
import { type Emulator, startEmulator } from './ministack.ts';

const BUCKET = 'sweeps';
const ROLE = 'arn:aws:iam::000000000000:role/anybody';

let folder = '';
let emulator: Emulator;
let store: S3SweepStore;
let engine: StepFunctionsSweeps;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-emulated-sweep-'));
  emulator = await startEmulator(folder);
  const settings = clientSettings({ endpoint: emulator.url, requestTimeoutMs: 60_000 });
  const [s3, lambda, sfn] = [new S3Client(settings), new LambdaClient(settings), new SFNClient(settings)];
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const code = join(folder, 'code');
  bundleHandler(SWEEP_HANDLER, code);
  writeFileSync(join(code, SWEEP_SOURCE_FILE), inputs.source);
  execFileSync('python3', ['-m', 'zipfile', '-c', join(folder, 'code.zip'), ...readdirSync(code).map((name) => join(code, name))]);
  const { FunctionArn = '' } = await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'worker',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: ROLE,
      Timeout: 60,
      Code: { ZipFile: readFileSync(join(folder, 'code.zip')) },
      Environment: { Variables: { [SWEEP_BUCKET]: BUCKET } },
    }),
  );
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: 60 }, { FunctionName: 'worker' });
  const { stateMachineArn = '' } = await sfn.send(
    new CreateStateMachineCommand({ name: 'sweep', roleArn: ROLE, definition: JSON.stringify(emulable(FunctionArn)) }),
  );
  store = new S3SweepStore(s3, BUCKET);
  engine = new StepFunctionsSweeps(sfn, lambda, stateMachineArn);
});
afterAll(async () => {
  await emulator?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** The steps of the product, a place in a batch of its own. */
function emulable(functionArn: string): object {
  const steps = sweepSteps({
    ...{ partition: 'aws', functionArn, functionTimeoutSeconds: 60, bucket: BUCKET, workersMax: SWEEP_WORKERS_MAX },
  }) as { States: { Variants: Record<string, unknown> } };
  const { ItemBatcher, MaxConcurrencyPath, ...map } = steps.States.Variants;
  const { BatchInput } = ItemBatcher as { readonly BatchInput: object };
  expect(MaxConcurrencyPath).toBe('$.workers');
  const ItemSelector = { BatchInput, 'Items.$': 'States.Array($$.Map.Item.Value)' };
  return { ...steps, States: { ...steps.States, Variants: { ...map, MaxConcurrency: 2, ItemSelector } } };
}

async function swept(sweep: string, asked: { readonly version: string; readonly store?: SweepStore }) {
  const rows: VariantRow[] = [];
  const seen: number[] = [];
  const result = await cloudSweep({
    ...{ sweep, kind: 'strategy', inputs: { ...inputs, version: asked.version }, variant, places: PLACES },
    ...{ store: asked.store ?? store, engine, source: inputs.source, wait: () => wait(200), isStopped: () => false, workers: 2 },
    onRow: (row) => rows.push(row),
    onStart: () => undefined,
    onProgress: ({ all }) => seen.push(all),
  });
  return { result, rows, seen };
}

describe('a sweep on an emulator of AWS', () => {
  const here = PLACES.map((place) => JSON.stringify(runVariant('strategy', variant(place), inputs.prices, inputs.options).row));

  it('comes to the bytes of this machine, and is not started twice', async () => {
    const { result, rows, seen } = await swept(identity, inputs);
    expect(result).toBe('finished');
    expect(rows.map((row) => JSON.stringify(row))).toEqual(here);
    expect(seen.length).toBeGreaterThan(0);
    expect(await engine.latest(identity)).toEqual({ kind: 'ended', take: 1, how: 'succeeded' });
    expect((await swept(identity, inputs)).rows).toHaveLength(PLACES.length);
    expect(await engine.latest(identity)).toMatchObject({ take: 1 });
    expect(await engine.running()).toEqual([]);
  });

  it('fails with the words of the function where that refuses', async () => {
    // Of another identity than its inputs have.
    const failing = swept('f'.repeat(64), { version: 'another' });
    await expect(failing).rejects.toThrow(CloudSweepFailed);
    await expect(failing).rejects.toThrow(/the work [0-9a-f]{64} is of the sweep/);
  });

  it('is refused by the machine itself when it wants too much at once', async () => {
    const start = { sweep: 'e'.repeat(64), work: 'e'.repeat(64), items: 'none', batch: 1, workers: SWEEP_WORKERS_MAX + 1 };
    expect(await engine.start(1, start)).toBe('started');
    await expect.poll(() => engine.latest(start.sweep), { timeout: 30_000 }).toMatchObject({ kind: 'ended', how: 'failed' });
    expect(await engine.latest(start.sweep)).toMatchObject({ detail: expect.stringContaining('TooManyWorkers') });
  });
});
