// How long a cold handler takes to import, against importing the DynamoDB client alone: both bundled alike,
// both in a fresh process, timed from inside it so that starting Node is not counted.
import { execFile } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { handlerBundle } from '../../lib/bundling.ts';
import { environmentNames } from '../../shared/contracts/environment.ts';
import type { Bench, Measure } from './bench.ts';

const ROOT = join(import.meta.dirname, '../..');
const run = promisify(execFile);

export const bench: Bench = {
  name: 'handler import',
  unit: 'ms',
  floor: 'the DynamoDB client alone',
  rounds: 9,
  limits: { ratioMax: 1.6 },
  async prepare() {
    const handlers = globSync('lambdas/*/handler.ts', { cwd: ROOT }).sort();
    if (handlers.length === 0) return { skipped: 'there is no lambdas/*/handler.ts' };
    const folder = await mkdtemp(join(tmpdir(), 'handler-import-'));
    const floor = join(folder, 'floor.mjs');
    await bundle({ contents: "export { DynamoDBClient } from '@aws-sdk/client-dynamodb';", resolveDir: ROOT }, floor);
    const subjects = [];
    for (const handler of handlers) {
      const name = handler.split('/')[1] ?? handler;
      const outfile = join(folder, `${name}.mjs`);
      await bundle({ contents: `export * from './${handler}';`, resolveDir: ROOT }, outfile);
      subjects.push({ name, measure: await importing(outfile) });
    }
    return { subjects, floor: await importing(floor), dispose: () => rm(folder, { recursive: true, force: true }) };
  },
};

async function bundle(stdin: { contents: string; resolveDir: string }, outfile: string): Promise<void> {
  const { banner, ...options } = handlerBundle;
  await build({ ...options, banner: { js: banner }, stdin: { ...stdin, loader: 'ts' }, outfile, logLevel: 'error' });
}

async function importing(bundled: string): Promise<Measure> {
  const probe = bundled.replace(/\.mjs$/, '.probe.mjs');
  const target = JSON.stringify(pathToFileURL(bundled).href);
  const text = `const from = performance.now();\nawait import(${target});\nconsole.log(performance.now() - from);\nprocess.exit(0);\n`;
  await writeFile(probe, text);
  return async () => {
    const env = { ...process.env, ...functionEnvironment() };
    const { stdout } = await run(process.execPath, [probe], { env });
    const figure = Number(stdout.trim().split('\n').at(-1));
    if (!Number.isFinite(figure)) throw new Error(`no figure from ${probe}: ${stdout}`);
    return figure;
  };
}

/** What a deployed function finds in its environment: without it a handler refuses to start. */
function functionEnvironment(): Record<string, string> {
  const ours = Object.values(environmentNames).map((name) => [name, 'bench']);
  return { ...Object.fromEntries(ours), AWS_REGION: 'us-east-1' };
}
