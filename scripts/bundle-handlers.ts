// Bundles every handler as the stack does and weighs it. Ends with 1 when one is too heavy, or when there is none.
import { globSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { build } from 'esbuild';
import { BUNDLE_BYTES_MAX, handlerBundle } from '../lib/bundling.ts';

const root = resolve(import.meta.dirname, '..');
const handlers = globSync('lambdas/*/handler.ts', { cwd: root }).sort();

async function bundledBytes(handler: string): Promise<number> {
  const { outputFiles } = await build({ ...handlerBundle, entryPoints: { index: handler }, outdir: 'weighed', write: false, logLimit: 10 });
  return outputFiles.reduce((sum, file) => sum + file.contents.byteLength, 0);
}

if (handlers.length === 0) {
  console.error('no lambdas/*/handler.ts to bundle');
  process.exitCode = 1;
}
for (const handler of handlers) {
  const bytes = await bundledBytes(handler);
  const tooHeavy = bytes > BUNDLE_BYTES_MAX;
  console.log(`${dirname(handler)} ${bytes} bytes${tooHeavy ? ` — above ${BUNDLE_BYTES_MAX}` : ''}`);
  if (tooHeavy) process.exitCode = 1;
}
