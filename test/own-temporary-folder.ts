// All that the tests write goes into one temporary folder, which goes with them: synthesised templates alone are hundreds. The
// processes that they start, hundreds too, find there what one of them has compiled.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Before the workers are started, which inherit it. @returns what is done at the end. */
export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'evenkeel-tests-'));
  process.env['TMPDIR'] = folder;
  process.env['NODE_COMPILE_CACHE'] = join(folder, 'compiled');
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
}
