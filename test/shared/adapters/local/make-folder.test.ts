import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeFolder } from '../../../../shared/adapters/local/make-folder.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'evenkeel-folder-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (...names: readonly string[]): string => join(folder, ...names);
const refusedAs = (path: string): string => {
  try {
    makeFolder(path);
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
  return 'made';
};

describe('making a folder', () => {
  it('makes those above it too, with the mode, wherever it is named from', () => {
    makeFolder(at('a', 'b', 'c'), 0o700);
    expect([at('a'), at('a', 'b', 'c')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700]);
    makeFolder(relative(process.cwd(), at('d', 'e')));
    expect(statSync(at('d', 'e')).isDirectory()).toBe(true);
  });

  it('leaves one that is there, and a link to one, as it is', () => {
    makeFolder(at('there'), 0o700);
    writeFileSync(at('there', 'file'), 'kept');
    symlinkSync(at('there'), at('link'));
    for (const path of [at('there'), at('link'), `${at('there')}/`, '/']) makeFolder(path);
    expect([existsSync(at('link', 'file')), statSync(at('there')).mode & 0o777]).toEqual([true, 0o700]);
  });

  it('says what is in the way', () => {
    writeFileSync(at('file'), '');
    symlinkSync(at('nowhere'), at('dangling'));
    expect([at('file'), at('file', 'x'), at('dangling'), at('file', 'x', 'y')].map(refusedAs)).toEqual([
      'EEXIST',
      expect.stringMatching(/^(?:EEXIST|ENOTDIR)$/),
      'EEXIST',
      expect.stringMatching(/^(?:EEXIST|ENOTDIR)$/),
    ]);
  });

  it.skipIf(!existsSync('/proc/self'))('ends where a file system can have no such folder (skipped without /proc)', () => {
    expect([refusedAs('/proc/evenkeel'), refusedAs('/proc/evenkeel/deep')]).toEqual(['ENOENT', 'ENOENT']);
  });
});
