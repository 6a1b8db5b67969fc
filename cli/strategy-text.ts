// A strategy in whichever language its owner has it: our YAML, or a Composer symphony unchanged.
import { extname } from 'node:path';
import type { Problem } from '../shared/contracts/problem.ts';
import { parseStrategyYaml } from '../shared/contracts/strategy-file/parse-strategy-yaml.ts';
import { importSymphony, SYMPHONY_CHARACTERS_MAX } from '../shared/contracts/symphony/import-symphony.ts';
import type { ImportReport } from '../shared/contracts/symphony/open-report.ts';
import type { StrategyFile } from '../shared/core/strategy/tree.ts';
import { type FileText, readFileText } from './file-text.ts';

export type StrategyText =
  | { readonly kind: 'strategy'; readonly strategy: StrategyFile /** Of a symphony. */; readonly report?: ImportReport }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/** Reads a strategy file (.yaml, .yml) or a symphony (.json, .edn, .clj); a file of another name is told by its content. */
export async function readStrategy(file: string): Promise<StrategyText> {
  const read = await readStrategyText(file);
  if (read.kind === 'refused') return { kind: 'refused', problems: [read.problem] };
  return languageOf(file, read.text) === 'yaml' ? parseStrategyYaml(read.text, file) : importSymphony(read.text, file);
}

export function readStrategyText(file: string): Promise<FileText> {
  const expected = 'a strategy: YAML of ours, or a symphony as .json, .edn or .clj';
  // A character takes at least one byte.
  return readFileText(file, { file: expected, content: 'a text in UTF-8', bytesMax: SYMPHONY_CHARACTERS_MAX });
}

/** A symphony begins with a bracket, a quote or a comment of its own; a strategy file with a key. */
export function languageOf(file: string, text: string): 'yaml' | 'symphony' {
  switch (extname(file).toLowerCase()) {
    case '.yaml':
    case '.yml':
      return 'yaml';
    case '.json':
    case '.edn':
    case '.clj':
      return 'symphony';
    default:
      return /^[\uFEFF\s,]*[({[";]/.test(text) ? 'symphony' : 'yaml';
  }
}
