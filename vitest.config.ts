// How the tests run: every *.test.ts under test/, two workers, coverage as a gate (`npm run coverage`).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    globalSetup: ['test/own-temporary-folder.ts'],
    setupFiles: ['test/property-seed.ts'],
    pool: 'threads',
    maxWorkers: 2,
    // A worker loads each module once, not once a file: a third of all the time.
    isolate: false,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    teardownTimeout: 10_000,
    // A leaked mock or stubbed variable in one file must not decide another.
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    coverage: {
      provider: 'v8',
      // Listed by folder, not by what the tests happen to import: an untested file counts as untested.
      include: ['shared/**/*.ts', 'exchange/**/*.ts', 'lambdas/**/*.ts', 'cli/**/*.ts', 'lib/**/*.ts', 'research/**/*.ts'],
      exclude: ['**/*.d.ts'],
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: {
        statements: 90,
        lines: 90,
        functions: 90,
        branches: 80,
        'shared/core/**': { statements: 95, lines: 95, functions: 95, branches: 90 },
      },
    },
  },
});
