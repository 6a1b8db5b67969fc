// Reads what is to be swept, runs what is not finished yet, here or in the cloud, and says what came of all of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { countVariants } from '../../research/sweep/count-variants.ts';
import { runSweep } from '../../research/sweep/run-sweep.ts';
import type { VariantRow } from '../../research/sweep/run-variant.ts';
import { openSweepLog, type SweepLog } from '../../research/sweep/sweep-log.ts';
import { TrialRefused } from '../../research/validation/trials/count-trials.ts';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { openTrialLedger } from '../trial-ledger.ts';
import { type CloudDesk, deployedDesk, sweepInCloud } from './cloud.ts';
import { listenForInterrupt } from './interrupt.ts';
import { sweepCsv, sweepText } from './sweep-text.ts';
import { type AskedInputs, type SweptInputs, sweptInputs } from './swept-inputs.ts';
import type { Counting, SweepUnderWay } from './under-way.ts';

export interface AskedSweep extends AskedInputs {
  readonly out: string;
  readonly resume?: boolean;
  readonly workers?: string;
  readonly cloud?: boolean;
  /** Of the cloud, and of the deployed ledger. */
  readonly stage?: string;
  readonly hypothesis?: string;
  /** A file, or the word for the deployed one. */
  readonly trials: string;
}

const WORKERS_MAX = 256;

/**
 * @param openDesk the cloud of a stage.
 * @throws CommandFailure: exit 2 for input that cannot be used, exit 1 for a sweep that was stopped or has failed.
 */
export async function sweep(
  file: string,
  asked: AskedSweep,
  output: Output,
  openDesk: (stage: string | undefined) => Promise<CloudDesk> = deployedDesk,
): Promise<void> {
  const workers = workersOf(asked.workers);
  const swept = await sweptInputs(file, asked);
  const { inputs, identity, count } = swept;
  const desk = asked.cloud === true ? await openDesk(asked.stage) : undefined;
  const counting = await countingOf(asked, swept);
  const log = openLog(asked, identity);
  const rows: VariantRow[] = [...log.finished];
  const done = new Set(rows.map(({ place }) => place));
  const places = Array.from({ length: count }, (_, place) => place).filter((place) => !done.has(place));
  const onRow = (row: VariantRow): void => {
    log.add(row);
    rows.push(row);
  };
  const underWay = { ...swept, places, counting, workers, onRow };
  try {
    if (desk === undefined) await sweepHere(underWay, output);
    else await sweepInCloud(underWay, desk, output);
  } catch (error) {
    if (!(error instanceof TrialRefused)) throw error;
    throw new CommandFailure(error.code, `--hypothesis ${asked.hypothesis}: ${error.message}`, { exitCode: 2, cause: error });
  } finally {
    log.close();
  }
  rows.sort((a, b) => a.place - b.place);
  const document = { file, sweep: identity, trials: count, varies: inputs.varies, rows };
  write(asked.out, document, sweepCsv(rows, inputs.varies));
  output.result(document, sweepText(rows, inputs.varies, asked.out, output.colors));
}

async function sweepHere(underWay: SweepUnderWay, output: Output): Promise<void> {
  const { kind, inputs, variant, count, places, counting, workers = availableParallelism(), onRow } = underWay;
  const before = count - places.length;
  let finished = before;
  const interrupted = listenForInterrupt(output, 'Stopping after the variants that are under way …');
  const began = performance.now();
  try {
    const ended = await runSweep({
      ...{ kind, prices: inputs.prices, options: inputs.options, variant, places, workers, isStopped: interrupted.isStopped },
      ...(counting === undefined ? {} : { around: countVariants(counting.subject, counting.span) }),
      onRow(row) {
        onRow(row);
        finished += 1;
        output.progress(progressText(finished, count, finished - before, performance.now() - began));
      },
    });
    output.progress('');
    if (ended === 'stopped')
      throw new CommandFailure('interrupted', `stopped after ${finished} of ${count}; the same command with --resume goes on`, {
        exitCode: 1,
      });
  } finally {
    interrupted.stopListening();
  }
}

/** Beside what people remember to count. */
async function countingOf(
  { hypothesis, trials, stage }: AskedSweep,
  { inputs: { text, options, prices } }: SweptInputs,
): Promise<Counting | undefined> {
  if (hypothesis === undefined) return undefined;
  const ledger = await openTrialLedger(trials, stage);
  return {
    subject: { ledger, clock: { now: Date.now }, hypothesis, strategy: contentHash(text) },
    span: {
      first: options.from ?? (prices.dates[0] as NewYorkDate),
      last: options.to ?? (prices.dates.at(-1) as NewYorkDate),
    },
  };
}

function workersOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const workers = Number(text);
  if (/^\d{1,3}$/.test(text) && workers >= 1 && workers <= WORKERS_MAX) return workers;
  throw new CommandFailure('usage', `--workers ${JSON.stringify(text)}: expected a whole number from 1 to ${WORKERS_MAX}`, { exitCode: 2 });
}

function openLog({ out, resume }: AskedSweep, identity: string): SweepLog {
  const file = join(out, 'variants.jsonl');
  try {
    mkdirSync(out, { recursive: true });
    const opened = openSweepLog(file, identity, resume === true);
    if (opened.kind === 'open') return opened.log;
    const why =
      opened.kind === 'exists'
        ? 'a sweep was begun there: --resume goes on with it, or name another --out'
        : 'the sweep there is of another file, other values, prices or options: name another --out';
    throw new CommandFailure(opened.kind, `--out ${out}: ${why}`, { exitCode: 2 });
  } catch (error) {
    throw unwritable(out, error);
  }
}

function write(out: string, document: unknown, csv: string): void {
  try {
    writeFileSync(join(out, 'sweep.csv'), csv);
    writeFileSync(join(out, 'sweep.json'), `${JSON.stringify(document, null, 2)}\n`);
  } catch (error) {
    throw unwritable(out, error);
  }
}

function unwritable(out: string, error: unknown): unknown {
  const code = error instanceof Error && !(error instanceof CommandFailure) && 'code' in error ? String(error.code) : undefined;
  return code === undefined
    ? error
    : new CommandFailure('bad-output', `--out ${out}: it cannot be written to (${code})`, { exitCode: 1, cause: error });
}

const SECOND = 1_000;

function progressText(finished: number, all: number, now: number, ms: number): string {
  const left = Math.ceil(((all - finished) * ms) / now / SECOND);
  return `${finished} of ${all} variants, about ${left} s to go`;
}
