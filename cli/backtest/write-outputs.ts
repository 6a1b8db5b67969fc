// --out: the files of a backtest in a folder, the manifest last. A folder without it was not finished.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import description from '../../package.json' with { type: 'json' };
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import type { Metrics } from '../../research/metrics/metrics.ts';
import { type OutputInputs, outputFiles } from '../../research/outputs/output-files.ts';
import { sourceHash } from '../../shared/adapters/local/source-hash.ts';
import { openOutFolder, writeTo } from '../out-folder.ts';
import type { ReadFile } from '../signal/subject.ts';

/** @throws CommandFailure, exit 1, where the folder cannot be written to. */
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
  for (const [name, bytes] of outputFiles(result, metrics, { ...inputs, strategy, version: description.version, source }))
    writeTo(folder, () => writeFileSync(join(folder, name), bytes));
}
