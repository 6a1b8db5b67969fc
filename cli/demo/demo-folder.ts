// The folder in which a demo keeps its state.
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { FolderInUse, holdFolder } from '../../shared/adapters/local/folder-hold.ts';
import { CommandFailure } from '../failure.ts';

/**
 * @param isFresh what is there is forgotten first.
 * @throws CommandFailure, exit 1, when another process works there or it cannot be written.
 */
export async function openFolder(folder: string, isFresh: boolean): Promise<void> {
  try {
    if (isFresh) await forget(folder);
    await mkdir(folder, { recursive: true });
  } catch (error) {
    if (error instanceof FolderInUse) throw inUse(folder, error);
    throw unwritten(folder, error);
  }
}

/** What the file system says of a folder as a person is told it; anything else as it was. */
export function unwritten(folder: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) return error;
  return new CommandFailure('cannot-write', `${folder} cannot be written: ${REASONS[code] ?? code}; state is kept there`, {
    exitCode: 1,
    cause: error,
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a file is in the way',
  EEXIST: 'a file is in the way',
};

export function inUse(folder: string, cause: FolderInUse): CommandFailure {
  return new CommandFailure('in-use', `another evenkeel is working in ${folder}: wait for it, or stop it`, { exitCode: 1, cause });
}

/** Moved away while it is held: whoever comes in between finds either the whole old folder, in use, or none. */
async function forget(folder: string): Promise<void> {
  const letGo = await holdFolder(join(folder, 'aws')).catch((failure: unknown) => {
    if (failure instanceof FolderInUse) throw failure;
    // Nobody can work in what cannot be held: it is not there, or it is damaged.
    return async () => undefined;
  });
  const forgotten = `${folder}.forgotten`;
  try {
    await rm(forgotten, { recursive: true, force: true });
    await rename(folder, forgotten);
    await rm(forgotten, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  } finally {
    await letGo();
  }
}
