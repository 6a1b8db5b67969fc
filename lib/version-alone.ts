// Of the description of a package a client of the AWS SDK wants its version, for the name by which it introduces itself.
// esbuild would ship the description whole: what it depends on, who wrote it, and how it is built.
import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const DESCRIPTION = /node_modules[\\/]@aws-sdk[\\/]client-[^\\/]+[\\/]package\.json$/;

export const versionAlone: Plugin = {
  name: 'version-alone',
  setup(build) {
    build.onLoad({ filter: DESCRIPTION }, ({ path }) => {
      const { version } = JSON.parse(readFileSync(path, 'utf8')) as { readonly version: string };
      return { contents: JSON.stringify({ version }), loader: 'json' };
    });
  },
};
