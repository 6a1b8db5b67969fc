// How a handler becomes the code of a function. Shared by the stack that ships it and the script that weighs it, so
// that what is weighed is what is shipped.
import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { BuildOptions } from 'esbuild';
import { pureSchemas } from './pure-schemas.ts';
import { versionAlone } from './version-alone.ts';
import { withoutEventStreams } from './without-event-streams.ts';
import { withoutJsonSchema } from './without-json-schema.ts';
import { withoutSolvers } from './without-solvers.ts';

const ROOT = resolve(import.meta.dirname, '..');

/** What packages bring along and no function runs is left out; what is left works as it did. */
const SHORTENED = [pureSchemas, versionAlone, withoutEventStreams, withoutJsonSchema];

/** With the solvers, in esbuild's own words. */
export const solverBundle = {
  // The names of the files depend on paths: relative to the checkout they are the same on every machine.
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  // What is imported only when it is needed becomes a file of its own, which is not even read until then.
  splitting: true,
  outExtension: { '.js': '.mjs' },
  minify: true,
  // Source maps would double the zip, and a stack trace of a minified line still names the error.
  sourcemap: false,
  // ECMAScript builds first: they can be shaken, and what is not shipped need not be loaded.
  mainFields: ['module', 'main'],
  // Nothing is left to the runtime, the AWS SDK included: the version tested is the version deployed. Left out
  // is what the SDK imports on demand alone, and in a function never does: ways to find credentials where the environment
  // has none, and a reader of the names of browsers.
  external: [
    'bowser',
    '@aws-sdk/credential-provider-http',
    '@aws-sdk/credential-provider-ini',
    '@aws-sdk/credential-provider-login',
    '@aws-sdk/credential-provider-process',
    '@aws-sdk/credential-provider-sso',
    '@aws-sdk/credential-provider-web-identity',
    '@smithy/credential-provider-imds',
  ],
  plugins: SHORTENED,
  // A few dependencies are CommonJS and ask for Node's own modules at load time.
  banner: { js: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);" },
} satisfies BuildOptions;

/** As usual: none of the portfolios needs a solver. */
export const handlerBundle = { ...solverBundle, plugins: [...SHORTENED, withoutSolvers] } satisfies BuildOptions;

/** A handler above this takes noticeably longer to start. */
export const BUNDLE_BYTES_MAX = 800 * 1024;

/**
 * Writes the code of this handler into a folder: `index.mjs` exports `handler`.
 * @param hasSolvers whether a portfolio beside it needs them.
 * @throws Error when esbuild refuses it; what it says is on stderr.
 */
export function bundleHandler(entry: string, outdir: string, hasSolvers = false): void {
  const program = resolve(import.meta.dirname, 'write-bundle.ts');
  execFileSync(process.execPath, [program, entry, outdir, ...(hasSolvers ? ['with-solvers'] : [])], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}
