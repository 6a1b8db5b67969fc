// How long a cold handler takes to import, against importing the DynamoDB client alone: both bundled alike, both in a
// fresh process. What the first event then loads is in handler-ready.bench.ts.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Bench } from './bench.ts';
import { bundledImport, DYNAMODB_CLIENT, handlers } from './bundled-import.ts';

/** The gate is called once a release, and a worker of sweeps for minutes: nobody waits for their start. */
const UNHURRIED: ReadonlySet<string> = new Set(['gate', 'sweep']);

export const bench: Bench = {
  name: 'handler import',
  unit: 'ms',
  floor: 'the DynamoDB client alone',
  rounds: 15,
  limits: { ratioMax: 1.6 },
  async prepare() {
    if (handlers().length === 0) return { skipped: 'there is no lambdas/*/handler.ts' };
    const folder = await mkdtemp(join(tmpdir(), 'handler-import-'));
    const subjects = [];
    for (const { name, file } of handlers().filter((handler) => !UNHURRIED.has(handler.name))) {
      subjects.push({ name, measure: await bundledImport(`export * from './${file}';`, join(folder, name)) });
    }
    const floor = await bundledImport(DYNAMODB_CLIENT, join(folder, 'floor'));
    return { subjects, floor, dispose: () => rm(folder, { recursive: true, force: true }) };
  },
};
