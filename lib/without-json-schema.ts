// Leaves zod's writer of JSON Schemas out of a bundle. Every schema names its part of it in case it is asked, so esbuild
// would ship all of it; a function reads and checks, and describes to nobody what it would accept.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const SCHEMAS = /node_modules[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/;
const ITS_PART = /^ *inst\._zod\.processJSONSchema = \(ctx, json, params\) => processors\.\w+\(inst, ctx, json, params\);\n/gm;
const WRITER = /^import \{ (createStandardJSONSchemaMethod), (createToJSONSchemaMethod) \} from "\.\.\/core\/to-json-schema\.js";$/m;

/** Who asks all the same is told why there is none. */
const REFUSAL = '() => () => { throw new Error("schemas are not written in a function: see lib/without-json-schema.ts"); }';

export const withoutJsonSchema: Plugin = {
  name: 'without-json-schema',
  setup(build) {
    build.onLoad({ filter: SCHEMAS }, ({ path }) => ({ contents: describingNothing(readFileSync(path, 'utf8')) }));
  },
};

/** The same schemas: they read and check as before. */
export function describingNothing(source: string): string {
  return source.replaceAll(ITS_PART, '').replace(WRITER, `const $1 = ${REFUSAL};\nconst $2 = ${REFUSAL};`);
}
