// Bundles every handler as the stack does and weighs it. Ends with 1 when one is too heavy, or when there is none.
import { globSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type BuildOptions, build } from 'esbuild';
import { BUNDLE_BYTES_MAX, handlerBundle, solverBundle } from '../lib/bundling.ts';

const root = resolve(import.meta.dirname, '..');
const handlers = globSync('lambdas/*/handler.ts', { cwd: root }).sort();

async function bundledBytes(handler: string, bundle: BuildOptions): Promise<number> {
  const { outputFiles } = await build({ ...bundle, entryPoints: { index: handler }, outdir: 'weighed', write: false, logLimit: 10 });
  return (outputFiles ?? []).reduce((sum, file) => sum + file.contents.byteLength, 0);
}

if (handlers.length === 0) {
  console.error('no lambdas/*/handler.ts to bundle');
  process.exitCode = 1;
}
for (const handler of handlers) {
  const bytes = await bundledBytes(handler, handlerBundle);
  const withSolvers = await bundledBytes(handler, solverBundle);
  const tooHeavy = Math.max(bytes, withSolvers) > BUNDLE_BYTES_MAX;
  const solvers = withSolvers === bytes ? '' : `, ${withSolvers} with solvers`;
  console.log(`${dirname(handler)} ${bytes} bytes${solvers}${tooHeavy ? ` — above ${BUNDLE_BYTES_MAX}` : ''}`);
  if (tooHeavy) process.exitCode = 1;
}
