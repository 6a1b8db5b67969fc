// Puts the portfolio files beside the handler's code: what a run reads was fixed, reviewed and hashed when it
// was deployed, and needs no permission to read. They are written as JSON: a function need not load a YAML parser.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { parsePortfolioFile } from '../shared/contracts/portfolio-file.ts';
import { portfolioJson } from '../shared/contracts/portfolio-json.ts';
import { needsSolver } from '../shared/contracts/solver-needed.ts';

const FOLDER = 'portfolios';

/** Where the functions find the files: Lambda unpacks the code into `/var/task`. */
export const portfoliosDir = `/var/task/${FOLDER}`;

/** Writes these files into the folder of a function's code. */
export function deployPortfolioFiles(files: readonly string[], codeFolder: string): void {
  const folder = join(codeFolder, FOLDER);
  mkdirSync(folder, { recursive: true });
  // Two files of one name, such as core.yaml and core.yml, must not become one.
  for (const file of files) writeFileSync(join(folder, `${parse(file).name}.json`), jsonOf(file), { flag: 'wx' });
}

/** Whether the code beside these files must hold the solvers. A file that is refused needs nothing. */
export function needSolver(files: readonly string[]): boolean {
  return files.some((file) => {
    const read = parsePortfolioFile(jsonOf(file), file);
    return read.kind === 'portfolio' && needsSolver(read.policy);
  });
}

function jsonOf(file: string): string {
  return portfolioJson(readFileSync(file, 'utf8'), file, (path) => readFileSync(resolve(dirname(file), path), 'utf8'));
}
