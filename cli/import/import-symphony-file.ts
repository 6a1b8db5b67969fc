// Imports a symphony, says what it is, and writes it as a strategy file of ours when asked to.
import { resolve } from 'node:path';
import { parseStrategyYaml } from '../../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { languageOf } from '../../shared/contracts/strategy-file/read-strategy.ts';
import { strategyYaml } from '../../shared/contracts/strategy-file/strategy-yaml.ts';
import { importSymphony } from '../../shared/contracts/symphony/import-symphony.ts';
import type { StrategyFile } from '../../shared/core/strategy/tree.ts';
import { CommandFailure } from '../failure.ts';
import { writeNewFile } from '../new-file.ts';
import type { Output } from '../output.ts';
import { readStrategyText } from '../strategy-text.ts';
import { importDocument, importText } from './import-text.ts';

export interface ImportOptions {
  readonly out?: string;
  readonly force?: true;
}

/** @throws CommandFailure, exit 2 with every construct that cannot be taken, or where `--out` cannot be written. */
export async function importSymphonyFile(file: string, { out, force }: ImportOptions, output: Output): Promise<void> {
  if (out === undefined && force === true) throw bad('usage', '--force needs --out <file>, the file to replace');
  if (out !== undefined && resolve(out) === resolve(file)) throw bad('usage', `--out ${out}: it is the symphony itself`);
  const read = await readStrategyText(file);
  if (read.kind === 'refused') throw bad('bad-strategy', `${file} is refused`, [read.problem]);
  if (languageOf(file, read.text) === 'yaml') throw bad('bad-input', `${file} is YAML: expected a symphony as .json, .edn or .clj`);
  const imported = importSymphony(read.text, file);
  if (imported.kind === 'refused') {
    const { problems } = imported;
    throw bad('bad-strategy', `${file} is refused: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`, problems);
  }
  if (out !== undefined) await writeStrategy(imported.strategy, out, force === true);
  const document = importDocument(file, imported.strategy, imported.report, out);
  output.result(document, importText(document, output.colors));
}

const TOO_MUCH = 'this strategy is too much for a strategy file; signal and sleeves take the symphony as it is';

async function writeStrategy(strategy: StrategyFile, out: string, replace: boolean): Promise<void> {
  const text = strategyYaml(strategy);
  // What would not read back as the same strategy must not be traded.
  const again = parseStrategyYaml(text, out);
  if (again.kind === 'refused') throw bad('bad-strategy', TOO_MUCH, again.problems);
  if (strategyYaml(again.strategy) !== text) throw new Error('the strategy file that was written reads back as another strategy');
  const written = await writeNewFile(out, text, { replace });
  if (written.kind === 'written') return;
  const hint = written.reason === 'it exists' ? ' (--force replaces it)' : '';
  throw bad('bad-output', `--out ${out}: ${written.reason}${hint}`);
}

function bad(code: string, message: string, problems: CommandFailure['problems'] = []): CommandFailure {
  return new CommandFailure(code, message, { exitCode: 2, problems });
}
