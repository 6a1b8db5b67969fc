// Makes a folder that a person named, and those above it. Node's recursive mkdir does not end where a file system says ENOENT of a
// folder whose parent is there, as /proc does: it makes the parent again, for ever.
import { mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

/**
 * One that is there stays as it is.
 * @param mode of each that is made.
 * @throws what the file system says of the first that cannot be made.
 */
export function makeFolder(folder: string, mode = 0o777): void {
  const path = resolve(folder);
  if (isFolder(path)) return;
  makeFolder(dirname(path), mode);
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    // Somebody else was faster.
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
