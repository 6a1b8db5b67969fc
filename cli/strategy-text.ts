// The text of a strategy file, in whichever language it is, or why it cannot be had.
import { SYMPHONY_CHARACTERS_MAX } from '../shared/contracts/symphony/import-symphony.ts';
import { type FileText, readFileText } from './file-text.ts';

export function readStrategyText(file: string): Promise<FileText> {
  const expected = 'a strategy: YAML of ours, or a symphony as .json, .edn or .clj';
  // A character takes at least one byte.
  return readFileText(file, { file: expected, content: 'a text in UTF-8', bytesMax: SYMPHONY_CHARACTERS_MAX });
}
