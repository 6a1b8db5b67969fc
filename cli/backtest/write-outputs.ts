// --out: the files of a backtest in a folder, the manifest last. A folder without it was not finished.
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import description from '../../package.json' with { type: 'json' };
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import type { Metrics } from '../../research/metrics/metrics.ts';
import { type OutputInputs, outputFiles } from '../../research/outputs/output-files.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { canonicalJson } from '../../shared/contracts/canonical-json.ts';
import { jsonObjectOf } from '../../shared/contracts/json-of.ts';
import { CommandFailure } from '../failure.ts';
import { openOutFolder, writeTo } from '../out-folder.ts';
import type { ReadFile } from '../signal/subject.ts';

/** @throws CommandFailure, exit 2, where the folder cannot be written to, or holds the results of another file or of other options. */
export async function writeOutputs(
  folder: string,
  /** The file of the backtest, then what it names. */
  files: readonly ReadFile[],
  result: BacktestResult,
  metrics: Metrics,
  inputs: Omit<OutputInputs, 'strategy' | 'version' | 'source'>,
): Promise<void> {
  const [own, ...named] = files;
  const strategy = { file: basename(own?.file ?? ''), text: own?.text ?? '', named };
  const source = sourceHash();
  openOutFolder(folder);
  const written = outputFiles(result, metrics, { ...inputs, strategy, version: description.version, source });
  refuseOthers(folder, Buffer.from(written.get(MANIFEST) ?? []).toString());
  for (const [name, bytes] of written) writeTo(folder, () => writeFileSync(join(folder, name), bytes));
}

const MANIFEST = 'manifest.json';

/** Later prices and another release may go over their own; what was asked has to be the same. */
function refuseOthers(folder: string, manifest: string): void {
  const before = manifestIn(folder);
  if (before === undefined || askedOf(before) === askedOf(manifest)) return;
  const why = 'the results there are of another file or of other options: name another --out';
  throw new CommandFailure('of-another-backtest', `--out ${folder}: ${why}`, { exitCode: 2 });
}

/** undefined where there is none: nothing was finished there. */
function manifestIn(folder: string): string | undefined {
  return writeTo(folder, () => {
    try {
      return readFileSync(join(folder, MANIFEST), 'utf8');
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  });
}

function askedOf(manifest: string): string {
  const { strategy, options, benchmark, seed } = jsonObjectOf(manifest) ?? {};
  return canonicalJson([strategy, options, benchmark, seed].map((each) => each ?? null));
}
