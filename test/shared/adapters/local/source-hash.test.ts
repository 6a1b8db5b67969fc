// Which code decides, by one hash: another one for an edit of anything that a run decides by, and the same on every checkout.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { sourceHash } from '../../../../shared/adapters/local/source-hash.ts';

const FILES: Readonly<Record<string, string>> = {
  'research/backtest/backtest.ts': 'export const a = 1;\n',
  'shared/contracts/canonical-json.ts': 'export const b = 2;\n',
  'shared/core/strategy/decide.ts': 'export const c = 3;\n',
  'shared/adapters/solvers/quadratic-solver.ts': 'export const e = 5;\n',
  'shared/adapters/alpaca/bars.ts': 'export const f = 6;\n',
  'shared/workflow/decide-run.ts': 'export const d = 4;\n',
};
const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true });
});

function checkout(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'checkout-'));
  made.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe('the hash of the code', () => {
  const hash = sourceHash(checkout(FILES));

  it('is the same in another folder, in whichever order its files were written, and beside what is no code', () => {
    const others = { 'README.md': 'words', 'research/outputs/outputs.schema.json': '{}', 'test/a.test.ts': 'export {};', 'lib/a.ts': '' };
    const turned = Object.fromEntries(Object.entries({ ...FILES, ...others }).reverse());
    expect(sourceHash(checkout(turned))).toBe(hash);
  });

  it.each(Object.keys(FILES))('is another one for an edit of %s, for another file beside it, and without it', (path) => {
    const { [path]: text = '', ...rest } = FILES;
    const edited = checkout({ ...FILES, [path]: `${text}// a comment\n` });
    const added = checkout({ ...FILES, [join(dirname(path), 'new.ts')]: text });
    const moved = checkout({ ...rest, [join(dirname(path), 'moved.ts')]: text });
    expect(new Set([hash, ...[edited, added, moved].map((root) => sourceHash(root))]).size).toBe(4);
  });

  it('is that of this checkout unless another one is named', () => {
    expect(sourceHash()).toBe(sourceHash(join(import.meta.dirname, '../../../..')));
  });
});
