// Writes a text to a file whole or not at all, and never over another file unless told to.
import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { link, lstat, open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

export type Written = { readonly kind: 'written' } | { readonly kind: 'refused'; readonly reason: string };

const REASONS: Readonly<Record<string, string>> = {
  EEXIST: 'it exists',
  ENOENT: 'no such folder',
  ENOTDIR: 'no such folder',
  EACCES: 'no permission to write there',
  EPERM: 'no permission to write there',
  EROFS: 'a folder that cannot be written to',
  EISDIR: 'it is a folder',
  ENOTEMPTY: 'it is a folder',
  ENAMETOOLONG: 'a name that is too long',
  ENOSPC: 'no room left',
  EDQUOT: 'no room left',
};

const WITHOUT_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']);

/** A reader sees the file as it was or as it is now, never in between. */
export async function writeNewFile(file: string, text: string, { replace }: { readonly replace: boolean }): Promise<Written> {
  const draft = draftOf(file);
  try {
    if (replace && !(await isReplaceable(file))) return { kind: 'refused', reason: 'it is not a regular file' };
    await writeDraft(draft, text);
    try {
      if (!replace) await claim(file, draft);
      await rename(draft, file);
    } finally {
      // Gone where the rename took it, and where file and draft are links to one file it did nothing.
      await rm(draft, { force: true });
    }
    return { kind: 'written' };
  } catch (error) {
    return refusalOf(error);
  }
}

/** Asks before long work, or work that is done once, what `writeNewFile` would answer after it; leaves nothing behind. */
export async function canWriteNewFile(file: string, { replace }: { readonly replace: boolean }): Promise<Written> {
  const draft = draftOf(file);
  try {
    if (replace ? !(await isReplaceable(file)) : await isThere(file))
      return { kind: 'refused', reason: replace ? 'it is not a regular file' : 'it exists' };
    await (await open(draft, 'wx')).close();
    await rm(draft, { force: true });
    return { kind: 'written' };
  } catch (error) {
    return refusalOf(error);
  }
}

/** Fails with EEXIST where there is a file. A link shows the whole text at once; not every file system has links. */
async function claim(file: string, draft: string): Promise<void> {
  try {
    await link(draft, file);
  } catch (error) {
    if (!WITHOUT_LINKS.has(codeOf(error))) throw error;
    await (await open(file, 'wx')).close();
  }
}

/** Devices, folders and links are not ours to replace. */
async function isReplaceable(file: string): Promise<boolean> {
  return (await statsOf(file))?.isFile() ?? true;
}

async function isThere(file: string): Promise<boolean> {
  return (await statsOf(file)) !== undefined;
}

async function statsOf(file: string): Promise<Stats | undefined> {
  try {
    return await lstat(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Beside the file: a rename is atomic only within one file system. */
function draftOf(file: string): string {
  return join(dirname(file), `.${basename(file).slice(0, 100)}.${randomUUID()}`);
}

/** @throws whatever is not a reason that somebody could mend. */
function refusalOf(error: unknown): Written {
  const reason = REASONS[codeOf(error)];
  if (reason === undefined) throw error;
  return { kind: 'refused', reason };
}

async function writeDraft(draft: string, text: string): Promise<void> {
  const handle = await open(draft, 'wx');
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
