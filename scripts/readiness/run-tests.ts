// One run of vitest over the tests that rows name, and what it says of each file.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import * as z from 'zod';
import type { Ran } from './judge.ts';

const ROOT = resolve(import.meta.dirname, '../..');

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      /** A file that could not even be loaded has no assertions, and failed. */
      status: z.string(),
      assertionResults: z.array(z.object({ status: z.string() })),
    }),
  ),
});

/** By path from the root. */
export type TestRun = ReadonlyMap<string, Ran>;

export async function runTests(paths: readonly string[]): Promise<TestRun> {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-readiness-'));
  const file = join(folder, 'report.json');
  const program = join(ROOT, 'node_modules/vitest/vitest.mjs');
  const args = [program, 'run', ...paths, '--reporter=json', `--outputFile=${file}`];
  try {
    // Failed tests end it with 1: what failed is in the report.
    await new Promise<void>((done, reject) => {
      const child = spawn(process.execPath, args, { cwd: ROOT, stdio: ['ignore', 'ignore', 'inherit'] });
      child.on('error', reject);
      child.on('close', () => done());
    });
    return readTestRun(readFileSync(file, 'utf8'), ROOT);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** @throws ZodError when it is no report of vitest. */
export function readTestRun(text: string, root: string): TestRun {
  const { testResults } = report.parse(JSON.parse(text));
  return new Map(
    testResults.map(({ name, status, assertionResults }): [string, Ran] => {
      const count = (wanted: string) => assertionResults.filter((each) => each.status === wanted).length;
      const [passed, failed] = [count('passed'), count('failed')];
      // Whatever is neither was not run.
      const skipped = assertionResults.length - passed - failed;
      return [relative(root, name), { passed, failed: failed === 0 && status === 'failed' ? 1 : failed, skipped }];
    }),
  );
}

/** Of a file, or of everything in a folder; undefined when none of it was run. */
export function ranUnder(path: string, run: TestRun): Ran | undefined {
  const found = [...run].filter(([file]) => file === path || file.startsWith(`${path}/`)).map(([, ran]) => ran);
  if (found.length === 0) return undefined;
  const sum = (part: keyof Ran) => found.reduce((total, ran) => total + ran[part], 0);
  return { passed: sum('passed'), failed: sum('failed'), skipped: sum('skipped') };
}
