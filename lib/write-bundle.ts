// Bundles one handler into a folder: `node write-bundle.ts ENTRY FOLDER [with-solvers]`. A process of its own, because the CDK wants the
// bundle when its call returns, and esbuild runs plugins only for those who wait.
import { build } from 'esbuild';
import { handlerBundle, solverBundle } from './bundling.ts';

const [entry, outdir, solvers] = process.argv.slice(2);
if (entry === undefined || outdir === undefined) throw new Error('usage: write-bundle ENTRY FOLDER [with-solvers]');
const bundle = solvers === 'with-solvers' ? solverBundle : handlerBundle;
await build({ ...bundle, entryPoints: { index: entry }, outdir, logLevel: 'warning' });
