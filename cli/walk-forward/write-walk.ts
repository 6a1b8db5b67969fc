// --out: the files of a walk-forward, each whole or as it was before; walk-forward.json last, so that a folder without it, or with
// that of another walk, was not finished.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Vary } from '../../research/sweep/vary.ts';
import type { WalkedVariants } from '../../research/walk-forward/walk-variants.ts';
import { jsonObjectOf } from '../../shared/contracts/json-of.ts';
import { CommandFailure } from '../failure.ts';
import { canWriteNewFile, writeNewFile } from '../new-file.ts';
import { openOutFolder, unwritable } from '../out-folder.ts';
import { csv } from '../sweep/sweep-csv.ts';
import type { WalkDocument } from './walk-document.ts';

const DOCUMENT = 'walk-forward.json';

/**
 * Before it is walked. A walk that is there is written over by the same one alone.
 * @param walk the hash of everything that it comes from.
 * @throws CommandFailure, exit 2, for a folder that cannot be written to, or holds another walk.
 */
export async function openWalkFolder(out: string, walk: string): Promise<void> {
  openOutFolder(out);
  const file = join(out, DOCUMENT);
  const writable = await canWriteNewFile(file, { replace: true });
  if (writable.kind === 'refused') throw unwritable(file, writable.reason, { exitCode: 2 });
  const text = textOf(file);
  if (text === undefined || jsonObjectOf(text)?.['walk'] === walk) return;
  const why = 'the walk there is of another file, other values, folds, prices, options or release: name another --out';
  throw new CommandFailure('of-another-walk', `--out ${out}: ${why}`, { exitCode: 2 });
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** @param benchmark its returns on the bars of the walk. @throws CommandFailure, exit 1, where a file cannot be written. */
export async function writeWalk(
  out: string,
  document: WalkDocument,
  walked: WalkedVariants,
  benchmark: Float64Array | undefined,
): Promise<void> {
  const files: readonly (readonly [string, string])[] = [
    ['folds.csv', foldsCsv(document)],
    ['returns.csv', returnsCsv(walked, document, benchmark)],
    ['tried.csv', triedCsv(walked, document.varies)],
    [DOCUMENT, `${JSON.stringify(document, null, 2)}\n`],
  ];
  for (const [name, text] of files) {
    const written = await writeNewFile(join(out, name), text, { replace: true });
    if (written.kind === 'refused') throw unwritable(join(out, name), written.reason, { exitCode: 1 });
  }
}

function foldsCsv({ folds, varies }: WalkDocument): string {
  const header = ['fold', 'training-first', 'training-last', 'test-first', 'test-last', ...varies.map(({ path }) => path)];
  return csv(
    [...header, 'variant', 'in-sample', 'out-of-sample', 'tried', 'switch-turnover', 'switch-cost', 'neighbours', 'sharp-peak'],
    folds.map(({ training, test, chosen, variant, inSample, outOfSample, tried, switched, neighbours, isSharpPeak }, fold) => [
      ...[fold + 1, training.first, training.last, test.first, test.last, ...varies.map(({ path }) => chosen?.[path] ?? '')],
      ...[variant ?? '', inSample ?? '', outOfSample ?? '', tried, switched.turnover, switched.cost, neighbours ?? '', isSharpPeak],
    ]),
  );
}

function returnsCsv(
  { dates, returns, folds }: WalkedVariants,
  { benchmarkSymbol }: WalkDocument,
  benchmark: Float64Array | undefined,
): string {
  const foldOf = folds.flatMap(({ fold: { test } }, place) => new Array<number>(test.to - test.from).fill(place + 1));
  let equity = 1;
  return csv(
    ['date', 'fold', 'return', 'equity', ...(benchmarkSymbol === null ? [] : [benchmarkSymbol])],
    dates.map((date, bar) => {
      const earned = returns[bar] as number;
      equity *= 1 + earned;
      return [date, foldOf[bar] as number, earned, equity, ...(benchmark === undefined ? [] : [benchmark[bar] as number])];
    }),
  );
}

function triedCsv({ folds }: WalkedVariants, varies: readonly Vary[]): string {
  return csv(
    ['fold', ...varies.map(({ path }) => path), 'part-of-training', 'score'],
    folds.flatMap(({ searched }, fold) =>
      searched.tried.map(({ candidate, budget, score }) => [
        ...[fold + 1, ...varies.map(({ path }) => candidate[path] ?? ''), budget, Number.isNaN(score) ? '' : score],
      ]),
    ),
  );
}
