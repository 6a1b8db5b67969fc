// The AWS SDK describes every shape of a service in one file, as arrays that name each other through functions. esbuild
// cannot see that making them does nothing else, so it would ship them all: here each is marked as a value that may be
// left out. What a call of ours uses stays as it is.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const SCHEMAS = /@aws-sdk[\\/]client-[^\\/]+[\\/]dist-es[\\/]schemas[\\/]schemas_0\.js$/;
const SCHEMA = /^((?:export )?(?:var|const) \w+\$? = )(\[[\s\S]*?\]);$/gm;

export const pureSchemas: Plugin = {
  name: 'pure-schemas',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, ({ path }) => ({ contents: markedPure(readFileSync(path, 'utf8')) }));
  },
};

/** Each schema as the result of a pure function: the same value, made the moment it was made before. */
export function markedPure(source: string): string {
  return source.replaceAll(SCHEMA, '$1/* @__PURE__ */ (() => $2)();');
}
