// How long a cold handler takes until it can work on its first event: its import and the deployed world together. The
// import alone could be made as short as one likes by putting everything off; this is what it comes to.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { bundledImport, DYNAMODB_CLIENT, handlers } from './bundled-import.ts';

export const bench: Bench = {
  name: 'handler ready',
  unit: 'ms',
  floor: 'the DynamoDB client alone',
  rounds: 15,
  limits: { ratioMax: 5 },
  async prepare() {
    if (handlers().length === 0) return { skipped: 'there is no lambdas/*/handler.ts' };
    const folder = await mkdtemp(join(tmpdir(), 'handler-ready-'));
    const subjects = [];
    for (const { name, file } of handlers()) {
      const contents = `
        import { deployedWorld } from './shared/wiring/deployed-world.ts';
        export * from './${file}';
        await deployedWorld();`;
      subjects.push({ name, measure: await bundledImport(contents, join(folder, name)) });
    }
    const floor = await bundledImport(DYNAMODB_CLIENT, join(folder, 'floor'));
    return { subjects, floor, dispose: () => rm(folder, { recursive: true, force: true }) };
  },
};
