// Puts the portfolio files beside the handler's code: what a run reads was fixed, reviewed and hashed when it
// was deployed, and needs no permission to read. They are written as JSON: a function need not load a YAML parser.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, parse, resolve } from 'node:path';
import { portfolioJson } from '../shared/contracts/portfolio-json.ts';

const FOLDER = 'portfolios';

/** Where the functions find the files: Lambda unpacks the code into `/var/task`. */
export const portfoliosDir = `/var/task/${FOLDER}`;

/** Writes these files into the folder of a function's code. */
export function deployPortfolioFiles(files: readonly string[], codeFolder: string): void {
  const folder = join(codeFolder, FOLDER);
  mkdirSync(folder, { recursive: true });
  // Two files of one name, such as core.yaml and core.yml, must not become one.
  for (const file of files)
    writeFileSync(
      join(folder, `${parse(file).name}.json`),
      portfolioJson(readFileSync(file, 'utf8'), file, (path) => readFileSync(resolve(dirname(file), path), 'utf8')),
      { flag: 'wx' },
    );
}
