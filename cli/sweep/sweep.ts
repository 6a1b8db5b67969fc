// Reads what is to be swept, runs what is not finished yet, here or in the cloud, and says what came of all of it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import description from '../../package.json' with { type: 'json' };
import { priceWarnings } from '../../research/backtest/price-warnings.ts';
import { runSweep } from '../../research/sweep/run-sweep.ts';
import type { VariantRow } from '../../research/sweep/run-variant.ts';
import { openSweepLog, type SweepHead, type SweepLog, sweepIdentity } from '../../research/sweep/sweep-log.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { type AskedOptions, backtestOptions } from '../backtest/asked-options.ts';
import { failedResult } from '../failed-result.ts';
import { CommandFailure } from '../failure.ts';
import { untilInterrupted } from '../interrupt.ts';
import { openOutFolder, writeTo } from '../out-folder.ts';
import type { Output } from '../output.ts';
import { askedVariants, pricesOfVariants, subjectsOf, symbolsOfSubjects, workersOf } from './asked-variants.ts';
import { type CloudDesk, deployedDesk, sweepInCloud } from './cloud.ts';
import { type AskedTrials, countedVariants, refusedTrial, uncountedPlaces } from './counted-variants.ts';
import { everyVariantRefused } from './every-variant-refused.ts';
import { sweepCsv } from './sweep-csv.ts';
import { sweepText } from './sweep-text.ts';
import type { SweepUnderWay } from './under-way.ts';

export interface AskedSweep extends AskedOptions, AskedTrials {
  readonly prices: readonly string[];
  readonly vary: readonly string[];
  readonly out: string;
  readonly resume?: boolean;
  readonly workers?: string;
  readonly cloud?: boolean;
  /** Of the cloud, and of the deployed ledger. */
  readonly stage?: string;
}

/**
 * @param openDesk the cloud of a stage.
 * @throws CommandFailure: exit 2 for input that cannot be used, exit 1 for a sweep that was stopped, has failed, or has nothing but
 * refused variants.
 */
export async function sweep(
  file: string,
  asked: AskedSweep,
  output: Output,
  openDesk: (stage: string | undefined) => Promise<CloudDesk> = deployedDesk,
): Promise<void> {
  const options = backtestOptions(asked);
  const workers = workersOf(asked.workers);
  const variants = await askedVariants(file, asked.vary);
  const { kind, text, varies, count, variant } = variants;
  const prices = pricesOfVariants(variants, asked.prices);
  const inputs = { version: description.version, source: sourceHash(), text, varies, prices, options };
  const identity = sweepIdentity(inputs);
  const desk = asked.cloud === true ? await openDesk(asked.stage) : undefined;
  const counted = await countedVariants(asked, text, prices, options, output);
  const log = openLog(asked, { sweep: identity, source: inputs.source });
  const rows: VariantRow[] = [...log.finished];
  const done = new Set(rows.map(({ place }) => place));
  const onRow = (row: VariantRow): void => {
    // Run again only to be counted.
    if (done.has(row.place)) return;
    log.add(row);
    rows.push(row);
  };
  try {
    const uncounted = counted === undefined ? new Set<number>() : await uncountedPlaces(counted, rows);
    if (uncounted.size > 0) output.note(`${uncounted.size} variants were run before anybody counted: they are run again, as trials`);
    const places = Array.from({ length: count }, (_, place) => place).filter((place) => !done.has(place) || uncounted.has(place));
    const underWay = { kind, inputs, identity, variant, count, places, counted, onRow };
    if (desk === undefined) await sweepHere({ ...underWay, workers }, output);
    else await sweepInCloud(asked.workers === undefined ? underWay : { ...underWay, workers }, desk, output);
  } catch (error) {
    throw refusedTrial(error, asked.hypothesis);
  } finally {
    log.close();
  }
  rows.sort((a, b) => a.place - b.place);
  const symbols = [...symbolsOfSubjects(subjectsOf(variants))];
  const records = rows.flatMap(({ outcome }) => (outcome.kind === 'result' ? [{ symbols, start: outcome.start }] : []));
  const warnings = priceWarnings(prices, options, records);
  const document = { file, sweep: identity, trials: count, varies, warnings, rows };
  write(asked.out, document, sweepCsv(rows, varies));
  const said = sweepText(rows, varies, asked.out, output.colors);
  const refused = everyVariantRefused(rows);
  if (refused !== undefined) throw failedResult(refused, document, said, output);
  output.result(document, said);
  for (const { detail } of warnings) output.note(detail);
}

async function sweepHere(underWay: SweepUnderWay & { readonly workers: number }, output: Output): Promise<void> {
  const { kind, inputs, variant, count, places, counted, workers, onRow } = underWay;
  const before = count - places.length;
  let finished = before;
  const began = performance.now();
  const ended = await untilInterrupted(output, 'Stopping after the variants that are under way', (isStopped) =>
    runSweep({
      ...{ kind, prices: inputs.prices, options: inputs.options, variant, places, workers, isStopped },
      ...(counted === undefined ? {} : { around: counted.around }),
      onRow(row) {
        onRow(row);
        finished += 1;
        output.progress(progressText(finished, count, finished - before, performance.now() - began));
      },
    }),
  );
  if (ended === 'stopped')
    throw new CommandFailure('interrupted', `stopped after ${finished} of ${count}; the same command with --resume goes on`, {
      exitCode: 1,
    });
}

function openLog({ out, resume }: AskedSweep, by: SweepHead): SweepLog {
  const file = join(out, 'variants.jsonl');
  openOutFolder(out);
  const opened = writeTo(out, () => openSweepLog(file, by, resume === true));
  switch (opened.kind) {
    case 'open':
      return opened.log;
    case 'exists':
      throw notBegun(opened.kind, out, 'a sweep was begun there: --resume goes on with it, or name another --out');
    case 'of-another-sweep':
      throw notBegun(opened.kind, out, 'the sweep there is of another file, other values, prices, options or release: name another --out');
    case 'of-other-code': {
      const codes = `by other code, ${opened.begunBy.slice(0, 12)}, and this is ${by.source.slice(0, 12)}`;
      throw notBegun(opened.kind, out, `the sweep there was begun ${codes}: go back to that code, or name another --out`);
    }
  }
}

function notBegun(code: string, out: string, why: string): CommandFailure {
  return new CommandFailure(code, `--out ${out}: ${why}`, { exitCode: 2 });
}

function write(out: string, document: unknown, csv: string): void {
  writeTo(out, () => {
    writeFileSync(join(out, 'sweep.csv'), csv);
    writeFileSync(join(out, 'sweep.json'), `${JSON.stringify(document, null, 2)}\n`);
  });
}

const SECOND = 1_000;

function progressText(finished: number, all: number, now: number, ms: number): string {
  const left = Math.ceil(((all - finished) * ms) / now / SECOND);
  return `${finished} of ${all} variants, about ${left} s to go`;
}
