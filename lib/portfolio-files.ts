// Puts the portfolio files beside the handler's code: what a run reads was fixed, reviewed and hashed when it
// was deployed, and needs no permission to read. They are written as JSON: a function need not load a YAML parser.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { encodeLiveDocuments, LIVE_DOCUMENTS_FOLDER } from '../shared/contracts/hypothesis/live-documents.ts';
import { parsePortfolioFile } from '../shared/contracts/portfolio-file.ts';
import { portfolioJson } from '../shared/contracts/portfolio-json.ts';
import { needsSolver } from '../shared/contracts/solver-needed.ts';
import type { PortfolioAsset } from './stage.ts';

const FOLDER = 'portfolios';

/** Where the functions find the files: Lambda unpacks the code into `/var/task`. */
export const portfoliosDir = `/var/task/${FOLDER}`;

/** Writes these files into the folder of a function's code, and beside each live one what lets it trade. */
export function deployPortfolioFiles(files: readonly PortfolioAsset[], codeFolder: string): void {
  const folder = join(codeFolder, FOLDER);
  mkdirSync(folder, { recursive: true });
  // Two files of one name, such as core.yaml and core.yml, must not become one.
  for (const { file, live } of files) {
    const name = `${parse(file).name}.json`;
    writeFileSync(join(folder, name), jsonOf(file), { flag: 'wx' });
    if (live === undefined) continue;
    mkdirSync(join(folder, LIVE_DOCUMENTS_FOLDER), { recursive: true });
    writeFileSync(join(folder, LIVE_DOCUMENTS_FOLDER, name), encodeLiveDocuments(live), { flag: 'wx' });
  }
}

/** Whether the code beside these files must hold the solvers. A file that is refused needs nothing. */
export function needSolver(files: readonly PortfolioAsset[]): boolean {
  return files.some(({ file }) => {
    const read = parsePortfolioFile(jsonOf(file), file);
    return read.kind === 'portfolio' && needsSolver(read.policy);
  });
}

function jsonOf(file: string): string {
  return portfolioJson(readFileSync(file, 'utf8'), file, (path) => readFileSync(resolve(dirname(file), path), 'utf8'));
}
