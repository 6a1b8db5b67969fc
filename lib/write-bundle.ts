// Bundles one handler into a folder: `node write-bundle.ts ENTRY FOLDER`. A process of its own, because the CDK wants the
// bundle when its call returns, and esbuild runs plugins only for those who wait.
import { build } from 'esbuild';
import { handlerBundle } from './bundling.ts';

const [entry, outdir] = process.argv.slice(2);
if (entry === undefined || outdir === undefined) throw new Error('usage: write-bundle ENTRY FOLDER');
await build({ ...handlerBundle, entryPoints: { index: entry }, outdir, logLevel: 'warning' });
