// Leaves the solvers out of a bundle. Only what constructs portfolios by them needs them, and everything in a bundle is loaded
// by every function that starts.
import { resolve } from 'node:path';
import type { Plugin } from 'esbuild';

const NO_SOLVERS = resolve(import.meta.dirname, '../shared/wiring/no-solvers.ts');

export const withoutSolvers: Plugin = {
  name: 'without-solvers',
  setup(build) {
    build.onResolve({ filter: /\/kept-solvers\.ts$/ }, () => ({ path: NO_SOLVERS }));
  },
};
