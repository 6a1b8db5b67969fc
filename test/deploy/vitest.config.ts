// `npm run test:deploy`: one file, in its order, with minutes for each step. It needs Python and PyPI; nothing is skipped.
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    root: resolve(import.meta.dirname, '../..'),
    include: ['test/deploy/**/*.deploy.ts'],
    pool: 'forks',
    fileParallelism: false,
    testTimeout: 180_000,
    hookTimeout: 180_000,
    bail: 1,
  },
});
