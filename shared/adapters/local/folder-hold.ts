// One process a folder. The hold is a lock of the operating system, taken through SQLite, so it falls with
// the process that had it: after a kill -9 nothing needs to be cleaned up, as a file with a process id would.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Somebody else works in this folder. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse';
}

/**
 * Answers the function that lets go.
 * @throws FolderInUse
 */
export async function holdFolder(folder: string): Promise<() => Promise<void>> {
  const file = new DatabaseSync(join(folder, 'hold.sqlite'));
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    file.close();
    if (isBusy(cause)) throw new FolderInUse(`${folder} is in use by another run`, { cause });
    throw cause;
  }
  return async () => file.close();
}

/** SQLITE_BUSY. */
function isBusy(cause: unknown): boolean {
  return cause instanceof Error && (cause as { readonly errcode?: number }).errcode === 5;
}
