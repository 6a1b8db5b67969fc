// Holds the import law (.dependency-cruiser.cjs) over the product, and asserts that every file was really
// read: without its parser the cruiser finds nothing, and nothing is always in order.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ICruiseResult } from 'dependency-cruiser';

const ROOT = join(import.meta.dirname, '..');

/** The folders the law covers; a folder that does not exist yet is left out. */
export const COVERED = ['shared', 'exchange', 'research', 'lambdas', 'cli', 'lib', 'bin', 'scripts'];

export interface Breach {
  readonly rule: string;
  readonly from: string;
  readonly to: string;
}

export interface Cruise {
  readonly breaches: readonly Breach[];
  /** Every file that was parsed, relative to the root. */
  readonly files: readonly string[];
}

/**
 * Runs the cruiser once over the covered folders under `root`.
 * @throws Error when the cruiser gave no readable answer.
 */
export function cruise(root: string): Cruise {
  const folders = COVERED.filter((folder) => existsSync(join(root, folder)));
  const cli = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
  const config = join(ROOT, '.dependency-cruiser.cjs');
  const run = spawnSync(process.execPath, [cli, '--config', config, '--output-type', 'json', ...folders], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
  });
  if (!run.stdout.startsWith('{')) throw new Error(`the cruiser gave no answer (exit ${run.status}): ${run.stderr}`);
  const answer = JSON.parse(run.stdout) as ICruiseResult;
  return {
    breaches: answer.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to })),
    files: answer.modules.map((module) => module.source).filter((source) => source.endsWith('.ts') && !source.includes('node_modules/')),
  };
}

/** TypeScript files of the covered folders that git tracks or would track, declarations aside. */
export function expectedFiles(root: string): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...COVERED], {
    cwd: root,
    encoding: 'utf8',
  });
  return listed.split('\0').filter((path) => path.endsWith('.ts') && !path.endsWith('.d.ts') && existsSync(join(root, path)));
}

function main(): number {
  const { breaches, files } = cruise(ROOT);
  const read = new Set(files);
  const expected = expectedFiles(ROOT);
  const unread = expected.filter((path) => !read.has(path));
  for (const path of unread) console.error(`${path} was not read by the cruiser`);
  for (const { rule, from, to } of breaches) console.error(`${from} → ${to} breaks ${rule}`);
  console.log(`import law: ${expected.length - unread.length} of ${expected.length} files read, ${breaches.length} breaches`);
  return expected.length === 0 || unread.length > 0 || breaches.length > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = main();
