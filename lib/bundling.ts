// How a handler becomes one file. Shared by the stack that ships it and the script that weighs it, so that
// what is weighed is what is shipped.
import { type BundlingOptions, type ICommandHooks, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';

/** In esbuild's own words. */
export const handlerBundle = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  minify: true,
  // Source maps would double the zip, and a stack trace of a minified line still names the error.
  sourcemap: false,
  // ECMAScript builds first: they can be shaken, and what is not shipped need not be loaded.
  mainFields: ['module', 'main'] as string[],
  // Nothing is left to the runtime, the AWS SDK included: the version tested is the version deployed. Left out
  // are ways to find credentials that the SDK loads only where the environment has none; a function's always has.
  external: [
    '@aws-sdk/credential-provider-http',
    '@aws-sdk/credential-provider-ini',
    '@aws-sdk/credential-provider-login',
    '@aws-sdk/credential-provider-process',
    '@aws-sdk/credential-provider-sso',
    '@aws-sdk/credential-provider-web-identity',
    '@smithy/credential-provider-imds',
  ] as string[],
  // A few dependencies are CommonJS and ask for Node's own modules at load time.
  banner: "import { createRequire } from 'node:module';const require = createRequire(import.meta.url);",
} as const;

/** A handler above this takes noticeably longer to start. */
export const BUNDLE_BYTES_MAX = 800 * 1024;

/** The same in the words of the construct. */
export function constructBundling(commandHooks: ICommandHooks): BundlingOptions {
  return {
    target: handlerBundle.target,
    format: OutputFormat.ESM,
    minify: handlerBundle.minify,
    sourceMap: handlerBundle.sourcemap,
    mainFields: handlerBundle.mainFields,
    externalModules: handlerBundle.external,
    bundleAwsSDK: true,
    banner: handlerBundle.banner,
    forceDockerBundling: false,
    commandHooks,
  };
}
