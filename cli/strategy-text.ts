// A strategy from a file of its owner's, in whichever language it is.
import { type AnyStrategy, readAnyStrategy } from '../shared/contracts/strategy-file/read-strategy.ts';
import { SYMPHONY_CHARACTERS_MAX } from '../shared/contracts/symphony/import-symphony.ts';
import { type FileText, readFileText } from './file-text.ts';
import { besideFile } from './portfolio-text.ts';

/** Reads a strategy file (.yaml, .yml) or a symphony (.json, .edn, .clj); a file of another name is told by its content. */
export async function readStrategy(file: string): Promise<AnyStrategy> {
  const read = await readStrategyText(file);
  return read.kind === 'refused' ? { kind: 'refused', problems: [read.problem] } : readAnyStrategy(read.text, file, besideFile(file));
}

export function readStrategyText(file: string): Promise<FileText> {
  const expected = 'a strategy: YAML of ours, or a symphony as .json, .edn or .clj';
  // A character takes at least one byte.
  return readFileText(file, { file: expected, content: 'a text in UTF-8', bytesMax: SYMPHONY_CHARACTERS_MAX });
}
