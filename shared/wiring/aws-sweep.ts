// The bucket of the sweeps, as the function that runs a batch has it: nothing else is bound here, and nothing of trading.
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { S3SweepStore } from '../adapters/aws/s3-sweep-store.ts';
import { SWEEP_BUCKET } from '../contracts/sweep-batch.ts';
import type { SweepStore } from '../ports/sweep-store.ts';

/** Prices of many symbols are tens of megabytes, and come from, or go to, wherever their owner sits. */
const REQUEST_MS = 300_000;

export function awsSweepStore(bucket: string): SweepStore {
  return new S3SweepStore(new S3Client(clientSettings({ requestTimeoutMs: REQUEST_MS })), bucket);
}

/** @throws Error when the function's environment does not name it. */
export function deployedSweepStore(): SweepStore {
  const bucket = process.env[SWEEP_BUCKET] ?? '';
  if (bucket === '') throw new Error(`the function's environment is not whole: ${SWEEP_BUCKET}`);
  return awsSweepStore(bucket);
}
