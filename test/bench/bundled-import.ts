// Bundles a module as the handlers are shipped and times its import in a fresh process, from inside it, so that
// starting Node is not counted.
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { handlerBundle } from '../../lib/bundling.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';
import type { Measure } from './bench.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

/** What every handler is compared with. */
export const DYNAMODB_CLIENT = "export { DynamoDBClient } from '@aws-sdk/client-dynamodb';";

export interface Handler {
  readonly name: string;
  /** Relative to the root. */
  readonly file: string;
}

export function handlers(): readonly Handler[] {
  return globSync('lambdas/*/handler.ts', { cwd: ROOT })
    .sort()
    .map((file) => ({ name: file.split('/')[1] ?? file, file }));
}

/**
 * The milliseconds that importing this module takes.
 * @param outdir where its bundle goes, a folder of its own.
 */
export async function bundledImport(contents: string, outdir: string): Promise<Measure> {
  const stdin = { contents, resolveDir: ROOT, loader: 'ts' as const };
  await build({ ...handlerBundle, stdin, entryNames: 'index', outdir, logLevel: 'error' });
  const probe = join(outdir, 'probe.mjs');
  const target = JSON.stringify(pathToFileURL(join(outdir, 'index.mjs')).href);
  await writeFile(
    probe,
    `const from = performance.now();\nawait import(${target});\nconsole.log(performance.now() - from);\nprocess.exit(0);\n`,
  );
  const env = { ...process.env, ...functionEnvironment() };
  return async () => {
    const { stdout } = await run(process.execPath, [probe], { env });
    const figure = Number(stdout.trim().split('\n').at(-1));
    if (!Number.isFinite(figure)) throw new Error(`no figure from ${probe}: ${stdout}`);
    return figure;
  };
}

/** What a deployed function finds in its environment: without it a handler refuses to work. */
function functionEnvironment(): Record<string, string> {
  const ours = Object.values(environmentNames).map((name) => [name, 'bench']);
  return { ...Object.fromEntries(ours), AWS_REGION: 'us-east-1' };
}
