// A sweep in the cloud, from whatever was done of it before: it is started where it does not run, followed, and its rows are
// fetched. It may be left at any moment and goes on without whoever started it; nobody can start it twice.

import { performance } from 'node:perf_hooks';
import { SWEEP_BATCH_MAX, SWEEP_WORKERS_MAX, sweepInputKeyOf } from '../../../shared/contracts/sweep-batch.ts';
import type { ContentHash } from '../../../shared/core/values/identity.ts';
import type { SweepEngine, SweepStanding } from '../../../shared/ports/sweep-engine.ts';
import type { SweepStore } from '../../../shared/ports/sweep-store.ts';
import { runVariant, type SweptKind, type VariantRow } from '../run-variant.ts';
import type { SweepInputs } from '../sweep-log.ts';
import type { Variant } from '../vary.ts';
import { type BatchLine, decodeLine, encodeLine } from './batch-line.ts';
import { keepPrices, keepWork, type Witness } from './cloud-work.ts';
import type { CloudCount } from './count-cloud-trials.ts';

export interface CloudSweep {
  readonly sweep: ContentHash;
  readonly kind: SweptKind;
  readonly inputs: SweepInputs;
  readonly variant: (place: number) => Variant;
  /** The variants whose rows are not here. */
  readonly places: readonly number[];
  /** Calls at a time; left out, half of what the account may run, so that its trading is never kept waiting. */
  readonly workers?: number;
  readonly store: SweepStore;
  readonly engine: SweepEngine;
  /** Of the code of the functions; undefined where nothing says. */
  readonly source: ContentHash | undefined;
  readonly wait: (ms: number) => Promise<void>;
  /** Left out, nothing is counted. */
  readonly count?: CloudCount;
  /** Once for each variant, as it is fetched: where it is written down. */
  readonly onRow: (row: VariantRow) => void;
  readonly onStart: (plan: CloudPlan) => void;
  readonly onProgress: (standing: Extract<SweepStanding, { kind: 'running' }>) => void;
  /** Asked before anything is started, and between two looks. */
  readonly isStopped: () => boolean;
}

export interface CloudPlan {
  readonly variants: number;
  readonly batch: number;
  readonly workers: number;
  /** What the first of them took on this machine. */
  readonly secondsOfVariant: number;
}

/** `left-running`: it goes on without us. `not-started`: nothing of what is missing is under way. */
export type CloudSwept = 'finished' | 'left-running' | 'not-started';

/** `another-sweep`: one at a time, for the sake of what else the account runs. `other-code`: the functions are not of this code. */
export class CloudSweepRefused extends Error {
  override readonly name = 'CloudSweepRefused';
  readonly code: 'another-sweep' | 'too-many-workers' | 'other-code';

  constructor(code: CloudSweepRefused['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** An attempt that was started or followed here did not come to its end. Its rows so far were fetched. */
export class CloudSweepFailed extends Error {
  override readonly name = 'CloudSweepFailed';
}

const LOOK_MS = 5_000;
/** For which a batch is made: long beside a start, short beside what a call may take. */
const BATCH_SECONDS = 60;
const WITNESSES_MAX = 5;
/** A function is given several, so that none is left with more than its share. */
const BATCHES_OF_WORKER = 4;

/** @throws CloudSweepRefused, CloudSweepFailed, TrialRefused, OutsideError */
export async function cloudSweep(asked: CloudSweep): Promise<CloudSwept> {
  const { sweep, engine, isStopped } = asked;
  const missing = new Set(asked.places);
  let started = 0;
  let followed = 0;
  for (;;) {
    const standing = await engine.latest(sweep);
    const take = standing.kind === 'never-started' ? 0 : standing.take;
    // What was started a moment ago need not be visible yet.
    if (standing.kind === 'running' || take < started) {
      if (isStopped()) return 'left-running';
      if (standing.kind === 'running') asked.onProgress(standing);
      followed = take;
      await asked.wait(LOOK_MS);
      continue;
    }
    await fetchRows(asked, missing);
    if (missing.size === 0) return 'finished';
    // One that somebody else began may have been of fewer variants than are missing here; one of ours was of all of them.
    const isFailure = standing.kind === 'ended' && (take === started || (take === followed && standing.how !== 'succeeded'));
    if (isFailure) throw failureOf(standing, missing.size);
    if (isStopped()) return 'not-started';
    started = take + 1;
    await start(asked, started, [...missing]);
  }
}

async function fetchRows({ sweep, store, count, onRow }: CloudSweep, missing: Set<number>): Promise<void> {
  const fetched: BatchLine[] = [];
  for await (const lines of store.rows(sweep)) {
    for (const text of lines.split('\n')) {
      if (text === '') continue;
      const line = decodeLine(text);
      if (missing.delete(line.row.place)) fetched.push(line);
    }
  }
  fetched.sort((a, b) => a.row.place - b.row.place);
  // Counted first: a row that is written down is never asked for again.
  await count?.ended(fetched);
  for (const { row } of fetched) onRow(row);
}

async function start(asked: CloudSweep, take: number, places: readonly number[]): Promise<void> {
  const { sweep, kind, inputs, variant, store, engine, count, onStart } = asked;
  refuseOtherCode(asked);
  const others = (await engine.running()).filter((other) => other !== sweep);
  if (others.length > 0) throw new CloudSweepRefused('another-sweep', `the sweep ${others[0]} runs: one at a time`);
  const workers = workersOf(asked.workers, await engine.functionsMax());
  // What takes long, and may fail for that, is done before anything is counted.
  const prices = await keepPrices(store, inputs.prices);
  await count?.begun(places.map((place) => variant(place).values));
  const { witness, secondsOfVariant } = witnessOf(asked, places);
  const batch = batchOf(places.length, workers, secondsOfVariant);
  onStart({ variants: places.length, batch, workers, secondsOfVariant });
  const work = await keepWork(store, { ...inputs, kind, prices, witness });
  const items = sweepInputKeyOf(await store.keepInput(Buffer.from(JSON.stringify(places))));
  await engine.start(take, { sweep, work, items, batch, workers });
}

/** The functions refuse it too, but only when everything is counted. */
function refuseOtherCode({ inputs, source }: CloudSweep): void {
  if (source === inputs.source) return;
  const theirs = source === undefined ? 'do not say of which code they are' : `are of the code ${source.slice(0, 12)}`;
  throw new CloudSweepRefused('other-code', `the functions ${theirs}, and this is ${inputs.source.slice(0, 12)}`);
}

/** The first that is not refused, if that is among the first few: a refusal says nothing of how a machine adds up. */
function witnessOf({ kind, inputs, variant }: CloudSweep, places: readonly number[]) {
  let found: { readonly witness: Witness; readonly secondsOfVariant: number } | undefined;
  for (const place of places.slice(0, WITNESSES_MAX)) {
    const began = performance.now();
    const ran = runVariant(kind, variant(place), inputs.prices, inputs.options);
    found = { witness: { place, line: encodeLine(ran) }, secondsOfVariant: (performance.now() - began) / 1_000 };
    if (ran.row.outcome.kind === 'result') break;
  }
  if (found === undefined) throw new RangeError('there is nothing to start');
  return found;
}

function workersOf(asked: number | undefined, functionsMax: number): number {
  const half = Math.max(1, Math.floor(functionsMax / 2));
  const most = Math.min(SWEEP_WORKERS_MAX, half);
  if (asked === undefined) return most;
  if (asked <= most) return asked;
  const why = half < SWEEP_WORKERS_MAX ? `half of the ${functionsMax} functions that this account may run at once` : 'the most of a sweep';
  throw new CloudSweepRefused('too-many-workers', `${asked} at a time: ${most} is ${why}`);
}

/** The rows do not depend on it. */
function batchOf(variants: number, workers: number, secondsOfVariant: number): number {
  const even = Math.ceil(variants / (workers * BATCHES_OF_WORKER));
  const timely = Math.floor(BATCH_SECONDS / Math.max(secondsOfVariant, 0.001));
  return Math.max(1, Math.min(even, timely, SWEEP_BATCH_MAX));
}

function failureOf({ how, detail }: Extract<SweepStanding, { kind: 'ended' }>, missing: number): CloudSweepFailed {
  return new CloudSweepFailed(
    `it has ${how === 'failed' ? 'failed' : how}, and ${missing} rows are missing: ${detail ?? 'no reason given'}`,
  );
}
