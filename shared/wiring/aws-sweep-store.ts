// The bucket of the sweeps, as the function that runs a batch has it: nothing else is bound here, and nothing of trading.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { S3Client } from '@aws-sdk/client-s3';
import { clientSettings } from '../adapters/aws/client-settings.ts';
import { S3SweepStore } from '../adapters/aws/s3-sweep-store.ts';
import { SWEEP_BUCKET, SWEEP_SOURCE_FILE } from '../contracts/sweep-batch.ts';
import type { ContentHash } from '../core/values/identity.ts';
import type { SweepStore } from '../ports/sweep-store.ts';

/** Prices of many symbols are tens of megabytes, and come from, or go to, wherever their owner sits. */
const REQUEST_MS = 300_000;

export function awsSweepStore(bucket: string): SweepStore {
  return new S3SweepStore(new S3Client(clientSettings({ requestTimeoutMs: REQUEST_MS })), bucket);
}

/** What the function works in, and the hash of the sources that its code was made of. */
export interface SweepWorker {
  readonly store: SweepStore;
  readonly source: ContentHash;
}

/** @throws Error when the function's environment does not name its bucket, or nothing beside its code says what that was made of. */
export function deployedSweepWorker(): SweepWorker {
  const bucket = process.env[SWEEP_BUCKET] ?? '';
  if (bucket === '') throw new Error(`the function's environment is not whole: ${SWEEP_BUCKET}`);
  // All of the code lies in one folder when it is bundled, and its deployment wrote the file there.
  return { store: awsSweepStore(bucket), source: readFileSync(join(import.meta.dirname, SWEEP_SOURCE_FILE), 'utf8') };
}
