// --out: the files of a backtest in a folder, the manifest last. A folder without it was not finished.
import { mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import description from '../../package.json' with { type: 'json' };
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import type { Metrics } from '../../research/metrics/metrics.ts';
import { type OutputInputs, outputFiles } from '../../research/outputs/output-files.ts';
import { SYMPHONY_CHARACTERS_MAX } from '../../shared/contracts/symphony/import-symphony.ts';
import { CommandFailure } from '../failure.ts';
import { readFileText } from '../file-text.ts';

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
  try {
    mkdirSync(folder, { recursive: true });
    for (const [name, bytes] of outputFiles(result, metrics, { ...inputs, strategy, version: description.version }))
      await writeFile(join(folder, name), bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    throw new CommandFailure('bad-output', `--out ${folder}: it cannot be written to (${code})`, { exitCode: 1, cause: error });
  }
}
