// --out: the files of a walk-forward, each whole or as it was before; walk-forward.json last, so that a folder without it, or with
// that of another walk, was not finished.
import { join } from 'node:path';
import type { Vary } from '../../research/sweep/vary.ts';
import type { WalkedVariants } from '../../research/walk-forward/walk-variants.ts';
import { writeNewFile } from '../new-file.ts';
import { unwritable } from '../out-folder.ts';
import { csv } from '../sweep/sweep-csv.ts';
import type { WalkDocument } from './walk-document.ts';

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
    ['walk-forward.json', `${JSON.stringify(document, null, 2)}\n`],
  ];
  for (const [name, text] of files) {
    const written = await writeNewFile(join(out, name), text, { replace: true });
    if (written.kind === 'refused') throw unwritable(join(out, name), written.reason);
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
