// Puts the portfolio files beside the handler's code: what a run reads was fixed, reviewed and hashed when it
// was deployed, and needs no permission to read.
import { basename } from 'node:path';
import type { ICommandHooks } from 'aws-cdk-lib/aws-lambda-nodejs';

const FOLDER = 'portfolios';

/** Where the functions find the files: Lambda unpacks the code into `/var/task`. */
export const portfoliosDir = `/var/task/${FOLDER}`;

/** Copies these files into the bundle after esbuild has written it. */
export function copyPortfolioFiles(files: readonly string[]): ICommandHooks {
  return {
    beforeBundling: () => [],
    beforeInstall: () => [],
    afterBundling(_inputDir, outputDir) {
      const folder = `${outputDir}/${FOLDER}`;
      return [`mkdir -p ${quoted(folder)}`, ...files.map((file) => `cp ${quoted(file)} ${quoted(`${folder}/${basename(file)}`)}`)];
    },
  };
}

/** One word to a POSIX shell, whatever the path contains. */
function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
