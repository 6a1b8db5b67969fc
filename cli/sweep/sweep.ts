// Reads what is to be swept, runs what is not finished yet, and says what came of all of it.
import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import description from '../../package.json' with { type: 'json' };
import { priceTable } from '../../research/backtest/price-table.ts';
import { countVariants } from '../../research/sweep/count-variants.ts';
import { runSweep } from '../../research/sweep/run-sweep.ts';
import { readVariant, type SweptKind, type VariantRow } from '../../research/sweep/run-variant.ts';
import { openSweepLog, type SweepLog, sweepIdentity } from '../../research/sweep/sweep-log.ts';
import { type Vary, variantsOf } from '../../research/sweep/vary.ts';
import { TrialRefused, type TrialSpan } from '../../research/validation/trials/count-trials.ts';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import { symbolsOf, watchedSymbols } from '../../shared/core/strategy/evaluate.ts';
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { type AskedBacktest, backtestOptions } from '../backtest/asked-options.ts';
import { CommandFailure } from '../failure.ts';
import type { Output } from '../output.ts';
import { readPrices } from '../price-folders.ts';
import { openTrialLedger } from '../trial-ledger.ts';
import { sweepCsv, sweepText } from './sweep-text.ts';
import { sweptText } from './swept-text.ts';

export interface AskedSweep extends Pick<AskedBacktest, 'prices' | 'from' | 'to' | 'cash' | 'costBps' | 'slippage'> {
  readonly vary: readonly string[];
  readonly out: string;
  readonly resume?: boolean;
  readonly workers?: string;
  readonly hypothesis?: string;
  /** A file, or the word for the deployed one. */
  readonly trials: string;
  readonly stage?: string;
}

/** As `evenkeel backtest` takes where nothing else is said. */
const USUAL = {
  cashRate: '0%',
  commissionBps: '0',
  borrowBps: '50',
  impact: '1',
  fees: 'dated',
  dividends: 'reinvested',
  weights: 'whole',
} as const;
const WORKERS_MAX = 256;

/** @throws CommandFailure: exit 2 for input that cannot be used, exit 1 for a sweep that was stopped. */
export async function sweep(file: string, asked: AskedSweep, output: Output): Promise<void> {
  const options = backtestOptions({ ...USUAL, ...asked });
  const workers = workersOf(asked.workers);
  const varies = asked.vary.map(varyOf);
  const { kind, text } = await sweptText(file);
  const made = variantsOf(text, varies);
  if (made.kind === 'refused') {
    const flaws = made.flaws.map(({ path, value, expected }) => `--vary ${path}=${value}: expected ${expected}`);
    throw new CommandFailure('usage', flaws.join('\n'), { exitCode: 2 });
  }
  const prices = priceTable(
    readPrices(asked.prices, symbolsIn(kind, made.variant, varies)),
    kind === 'portfolio' ? 'equities' : calendarOf(kind, text),
  );
  const identity = sweepIdentity({ version: description.version, text, varies, prices, options });
  const log = openLog(asked, identity);
  const rows: VariantRow[] = [...log.finished];
  const done = new Set(rows.map(({ place }) => place));
  const places = Array.from({ length: made.count }, (_, place) => place).filter((place) => !done.has(place));
  const interrupted = listenForInterrupt(output);
  const began = performance.now();
  try {
    const ended = await runSweep({
      ...{ kind, prices, options, variant: made.variant, places, workers, isStopped: interrupted.isStopped },
      ...(await counting(asked, text, {
        first: options.from ?? (prices.dates[0] as NewYorkDate),
        last: options.to ?? (prices.dates.at(-1) as NewYorkDate),
      })),
      onRow(row) {
        log.add(row);
        rows.push(row);
        output.progress(progressText(rows.length, made.count, rows.length - done.size, performance.now() - began));
      },
    });
    output.progress('');
    if (ended === 'stopped')
      throw new CommandFailure('interrupted', `stopped after ${rows.length} of ${made.count}; the same command with --resume goes on`, {
        exitCode: 1,
      });
  } catch (error) {
    if (!(error instanceof TrialRefused)) throw error;
    throw new CommandFailure(error.code, `--hypothesis ${asked.hypothesis}: ${error.message}`, { exitCode: 2, cause: error });
  } finally {
    log.close();
    interrupted.stopListening();
  }
  rows.sort((a, b) => a.place - b.place);
  const document = { file, sweep: identity, trials: made.count, varies, rows };
  write(asked.out, document, sweepCsv(rows, varies));
  output.result(document, sweepText(rows, varies, asked.out, output.colors));
}

/** Beside what people remember to count. */
async function counting({ hypothesis, trials, stage }: AskedSweep, text: string, span: TrialSpan) {
  if (hypothesis === undefined) return {};
  const ledger = await openTrialLedger(trials, stage);
  return { around: countVariants({ ledger, clock: { now: Date.now }, hypothesis, strategy: contentHash(text) }, span) };
}

function varyOf(text: string): Vary {
  const at = text.indexOf('=');
  if (at <= 0)
    throw new CommandFailure('usage', `--vary ${JSON.stringify(text)}: expected a path and values such as tree.filter.top=1,2,3`, {
      exitCode: 2,
    });
  return {
    path: text.slice(0, at),
    values: text
      .slice(at + 1)
      .split(',')
      .map((value) => value.trim()),
  };
}

function workersOf(text: string | undefined): number {
  if (text === undefined) return availableParallelism();
  const workers = Number(text);
  if (/^\d{1,3}$/.test(text) && workers >= 1 && workers <= WORKERS_MAX) return workers;
  throw new CommandFailure('usage', `--workers ${JSON.stringify(text)}: expected a whole number from 1 to ${WORKERS_MAX}`, { exitCode: 2 });
}

/** A path may change which symbols are held: those that any one value brings, with the first of all others beside it. */
function symbolsIn(kind: SweptKind, variant: (place: number) => { readonly text: string }, varies: readonly Vary[]): string[] {
  const symbols = new Set<string>();
  let stride = 1;
  for (const { values } of varies.toReversed()) {
    for (const [at] of values.entries()) {
      const read = readVariant(kind, variant(at * stride).text);
      if (read.kind === 'refused') continue;
      for (const { strategy } of read.subject.sleeves)
        for (const symbol of [...symbolsOf(strategy), ...watchedSymbols(strategy)]) symbols.add(symbol);
    }
    stride *= values.length;
  }
  return [...symbols];
}

function calendarOf(kind: SweptKind, text: string) {
  const read = readVariant(kind, text);
  return read.kind === 'refused' ? 'equities' : read.subject.calendar;
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

/** What is under way is finished and written; a second Ctrl-C loses only that. */
function listenForInterrupt(output: Output): { isStopped: () => boolean; stopListening: () => void } {
  let isStopped = false;
  const onInterrupt = (): void => {
    if (isStopped) return;
    isStopped = true;
    output.note('\nStopping after the variants that are under way …');
  };
  process.on('SIGINT', onInterrupt);
  process.on('SIGTERM', onInterrupt);
  return {
    isStopped: () => isStopped,
    stopListening() {
      process.off('SIGINT', onInterrupt);
      process.off('SIGTERM', onInterrupt);
    },
  };
}
