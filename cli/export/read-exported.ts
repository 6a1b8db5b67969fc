import { readFile } from 'node:fs/promises';

/** The bytes of a file as text; undefined where there is none. */
export async function readExported(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR'))
      return undefined;
    throw error;
  }
}
