// A strategy in whichever language its owner has it: our YAML, or a Composer symphony unchanged.
import type { StrategyFile } from '../../core/strategy/tree.ts';
import type { Problem } from '../problem.ts';
import { noOtherFile, type ReadText } from '../read-text.ts';
import { importSymphony } from '../symphony/import-symphony.ts';
import type { ImportReport } from '../symphony/open-report.ts';
import { parseStrategyYaml } from './parse-strategy-yaml.ts';

export type AnyStrategy =
  | { readonly kind: 'strategy'; readonly strategy: StrategyFile /** Of a symphony. */; readonly report?: ImportReport }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[] };

/**
 * Never throws.
 * @param file by its ending tells the language; nothing is opened.
 * @param readText how the files that it names are read.
 */
export function readAnyStrategy(text: string, file: string, readText: ReadText = noOtherFile): AnyStrategy {
  return languageOf(file, text) === 'yaml' ? parseStrategyYaml(text, file, readText) : importSymphony(text, file);
}

/** A symphony begins with a bracket, a quote or a comment of its own; a strategy file with a key. */
export function languageOf(file: string, text: string): 'yaml' | 'symphony' {
  const ending = /\.([a-z]+)$/i.exec(file)?.[1]?.toLowerCase();
  if (ending === 'yaml' || ending === 'yml') return 'yaml';
  if (ending === 'json' || ending === 'edn' || ending === 'clj') return 'symphony';
  return /^[\uFEFF\s,]*[({[";]/.test(text) ? 'symphony' : 'yaml';
}
