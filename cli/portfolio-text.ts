// The text of a portfolio file, or why it cannot be had.
import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { PORTFOLIO_FILE_BYTES_MAX } from '../shared/contracts/portfolio-file.ts';
import type { ReadText } from '../shared/contracts/read-text.ts';
import { type FileText, readFileText } from './file-text.ts';

export function readPortfolioText(file: string): Promise<FileText> {
  return readFileText(file, { file: 'a portfolio file', content: 'a YAML text in UTF-8', bytesMax: PORTFOLIO_FILE_BYTES_MAX });
}

/** Rather than a strategy of ours. A key of the outermost mapping stands at the beginning of a line. */
export function isPortfolioText(text: string): boolean {
  return /^(?:portfolio|"portfolio"|'portfolio')[ \t]*:/m.test(text);
}

/** Strategies and values are named relative to the file that names them. */
export function besideFile(file: string): ReadText {
  return (path) => readFileSync(resolve(dirname(file), path), 'utf8');
}
