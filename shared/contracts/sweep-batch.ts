// What a sweep in the cloud hands on: the command line to the state machine, the machine to its function, and both to the bucket.
import * as z from 'zod';
import type { ContentHash } from '../core/values/identity.ts';
import { contentHashText as hash } from './codecs.ts';

/** One variant after the other is reckoned by one processor, and this much memory is one: more would be paid for and idle. */
export const SWEEP_MEMORY_MB = 1_769;
/** A batch is made for a minute; this is the most that Lambda allows, for one that was misjudged. */
export const SWEEP_TIMEOUT_SECONDS = 900;
/** Functions at a time, whatever was asked: the machine refuses more. */
export const SWEEP_WORKERS_MAX = 100;
/** Variants that one call is given. */
export const SWEEP_BATCH_MAX = 500;

/** Command line → state machine. */
export interface SweepStart {
  /** The identity of the sweep. */
  readonly sweep: ContentHash;
  /** The input that says what is swept. */
  readonly work: ContentHash;
  /** Key of the places that are to be run, as a JSON array. */
  readonly items: string;
  /** Places that one call is given. */
  readonly batch: number;
  /** Calls at a time. */
  readonly workers: number;
}

/** State machine → function, in the shape that a Distributed Map gives its batches. */
export const sweepBatchEvent = z.strictObject({
  BatchInput: z.strictObject({ sweep: hash, work: hash }),
  Items: z.array(z.int().nonnegative()).min(1).max(SWEEP_BATCH_MAX),
});
export type SweepBatchEvent = z.output<typeof sweepBatchEvent>;

/** The function's answer. The rows themselves are in the bucket. */
export interface SweepBatchResult {
  readonly rows: number;
}

/** Folders of the bucket: whoever may read or write one may not therefore read or write another. */
export const sweepFolders = { inputs: 'inputs', rows: 'rows', runs: 'runs' } as const;

export function sweepInputKeyOf(input: ContentHash): string {
  return `${sweepFolders.inputs}/${input}`;
}

/** What all batches of a sweep begin with. */
export function sweepRowsPrefixOf(sweep: ContentHash): string {
  return `${sweepFolders.rows}/${sweep}/`;
}

/** Of the function alone: the bucket of the sweeps. */
export const SWEEP_BUCKET = 'EVENKEEL_SWEEP_BUCKET';

/** What the stack of the sweeps prints, and the command line looks for. */
export const sweepOutputs = { bucket: 'SweepBucketName', machine: 'SweepMachineArn' } as const;
