// What AWS puts around a handler, in a process of its own that tells what it used: `node profiled-runtime.ts FOLDER` loads the
// bundle that is there, takes events one by one from its parent, and answers each with processor time, wall time and peak.
import { join } from 'node:path';
import type { ProfiledAnswer } from './profiled-function.ts';

const [folder = ''] = process.argv.slice(2);

async function measured(work: () => Promise<unknown>): Promise<ProfiledAnswer> {
  const [cpu, from] = [process.cpuUsage(), performance.now()];
  const value = await work();
  const { user, system } = process.cpuUsage(cpu);
  const used = { cpuMs: (user + system) / 1_000, wallMs: performance.now() - from };
  return { value, used, peakMb: process.resourceUsage().maxRSS / 1_024 };
}

let handler: ((event: unknown) => Promise<unknown>) | undefined;
const loaded = await measured(async () => {
  ({ handler } = (await import(join(folder, 'index.mjs'))) as { readonly handler: (event: unknown) => Promise<unknown> });
  return null;
});
process.on('message', (event) => {
  // A handler that fails ends the process: a profile of failures is none.
  void measured(async () => handler?.(event)).then((answer) => process.send?.(answer));
});
process.send?.(loaded);
