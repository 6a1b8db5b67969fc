// A folder that is being exported into: every file is written once, and remembered with its hash for the manifest.
import { readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../shared/adapters/local/make-folder.ts';
import { contentHash } from '../../shared/contracts/canonical-json.ts';
import { type ExportedFile, type ExportManifest, encodeManifest, MANIFEST_FILE } from '../../shared/contracts/export-manifest.ts';
import { CommandFailure } from '../failure.ts';

export class ExportFolder {
  readonly #folder: string;
  readonly #files = new Map<string, ExportedFile>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** The same artifact of two runs is one file. */
  async write(path: string, text: string): Promise<void> {
    const file = { path, bytes: Buffer.byteLength(text), sha256: contentHash(text) };
    const before = this.#files.get(path);
    if (before?.sha256 === file.sha256) return;
    if (before !== undefined) throw new Error(`${path} was written with other content`);
    this.#files.set(path, file);
    await this.#put(path, text);
  }

  /** @returns the hash of the manifest, which stands for all of it. */
  async finish(manifest: Omit<ExportManifest, 'files'>): Promise<string> {
    const files = [...this.#files.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
    const text = encodeManifest({ ...manifest, files });
    await this.#put(MANIFEST_FILE, text);
    return contentHash(text);
  }

  /** The folder is made with its first file: where nothing can be read, nothing is left behind. */
  async #put(path: string, text: string): Promise<void> {
    const file = join(this.#folder, path);
    try {
      makeFolder(dirname(file));
    } catch (error) {
      throw unwritable(this.#folder, error);
    }
    await writeFile(file, text, { flag: 'wx' });
  }
}

/** @throws CommandFailure, exit 2, where there is something already: an export replaces nothing. */
export async function openExportFolder(folder: string): Promise<ExportFolder> {
  const there = await readdir(folder).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw unwritable(folder, error);
  });
  if (there.length > 0) throw new CommandFailure('usage', `--out ${folder} is not empty: an export replaces nothing`, { exitCode: 2 });
  return new ExportFolder(folder);
}

function unwritable(folder: string, error: unknown): unknown {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return error;
  return new CommandFailure('usage', `--out ${folder} cannot be written to: ${error.code}`, { exitCode: 2, cause: error });
}
