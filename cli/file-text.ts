// The text of a file that a user named, or why it cannot be had. It refuses to know what the text means.
import { isUtf8 } from 'node:buffer';
import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { Problem } from '../shared/contracts/problem.ts';

export type FileText = { readonly kind: 'text'; readonly text: string } | { readonly kind: 'refused'; readonly problem: Problem };

export interface Expected {
  /** "a portfolio file" */
  readonly file: string;
  /** "a YAML text in UTF-8" */
  readonly content: string;
  readonly bytesMax: number;
}

/** Reads UTF-8 text. A file that is missing, unreadable, too large or not text is a problem, not an exception. */
export async function readFileText(file: string, expected: Expected): Promise<FileText> {
  const refuse = (value: string, instead: string): FileText => ({ kind: 'refused', problem: { file, path: '', value, expected: instead } });
  let handle: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe would wait for a writer.
    handle = await open(file, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = await handle.stat();
    if (stat.isDirectory()) return refuse('a directory', expected.file);
    if (!stat.isFile()) return refuse('not a regular file', expected.file);
    if (stat.size > expected.bytesMax) return refuse(`${stat.size} bytes`, `a file of at most ${expected.bytesMax} bytes`);
    const bytes = await handle.readFile();
    if (!isUtf8(bytes) || bytes.includes(0)) return refuse('binary content', expected.content);
    return { kind: 'text', text: bytes.toString('utf8') };
  } catch (error) {
    const reason = reasonOf(error);
    if (reason === undefined) throw error;
    return refuse(reason, expected.file);
  } finally {
    await handle?.close();
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file',
  EACCES: 'no permission to read it',
  EPERM: 'no permission to read it',
  ELOOP: 'a loop of symbolic links',
  ENAMETOOLONG: 'a name that is too long',
  ENXIO: 'not a regular file',
};

function reasonOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? REASONS[code] : undefined;
}
