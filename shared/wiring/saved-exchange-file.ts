// The exchange of the embedded run on disk, with the time it stood at. Written whole and renamed, so that whatever
// kills the process leaves either the old state or the new one.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { EpochMs } from '../core/values/time.ts';

const saved = z.strictObject({ at: z.number().int(), state: z.string() });

export interface SavedExchange {
  readonly at: EpochMs;
  readonly state: string;
}

/** undefined when there is none yet. */
export function readSavedExchange(file: string): SavedExchange | undefined {
  const text = readIfThere(file);
  if (text === undefined) return undefined;
  const parsed = saved.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${file} is not a saved exchange: start over with --fresh`);
  return parsed.data;
}

export function writeSavedExchange(file: string, exchange: SavedExchange): void {
  writeFileSync(`${file}.new`, JSON.stringify(exchange));
  renameSync(`${file}.new`, file);
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
