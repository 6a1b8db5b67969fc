// --out: the files of a backtest in a folder, the manifest last. A folder without it was not finished.
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import description from '../../package.json' with { type: 'json' };
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import type { Metrics } from '../../research/metrics/metrics.ts';
import { type OutputInputs, outputFiles } from '../../research/outputs/output-files.ts';
import { SYMPHONY_CHARACTERS_MAX } from '../../shared/contracts/symphony/import-symphony.ts';
import { CommandFailure } from '../failure.ts';
import { readFileText } from '../file-text.ts';
import { openOutFolder, writeTo } from '../out-folder.ts';

/** @throws CommandFailure, exit 1, where the folder cannot be written to. */
export async function writeOutputs(
  folder: string,
  file: string,
  result: BacktestResult,
  metrics: Metrics,
  inputs: Omit<OutputInputs, 'strategy' | 'version'>,
): Promise<void> {
  const read = await readFileText(file, {
    file: 'the file of the backtest',
    content: 'a text in UTF-8',
    bytesMax: SYMPHONY_CHARACTERS_MAX,
  });
  if (read.kind === 'refused')
    throw new CommandFailure('bad-input', `${file} is no longer there`, { exitCode: 2, problems: [read.problem] });
  const strategy = { file: basename(file), text: read.text };
  openOutFolder(folder);
  for (const [name, bytes] of outputFiles(result, metrics, { ...inputs, strategy, version: description.version }))
    writeTo(folder, () => writeFileSync(join(folder, name), bytes));
}
