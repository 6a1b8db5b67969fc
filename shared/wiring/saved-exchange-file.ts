// The exchange of the embedded run on disk, with the time it stood at. Written whole and renamed, so that whatever
// kills the process leaves either the old state or the new one.
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { restoreExchange } from '../../exchange/matching/saved-exchange.ts';
import type { EpochMs } from '../core/values/time.ts';
import { UnusableState } from './unusable-state.ts';

const saved = z.strictObject({ at: z.number().int(), state: z.string() });

export interface SavedExchange {
  readonly at: EpochMs;
  readonly state: string;
}

/** Where the exchange of a state folder is kept. */
export function exchangeFile(folder: string): string {
  return join(folder, 'exchange.json');
}

/**
 * undefined when there is none yet.
 * @throws UnusableState when the file cannot be read or is not a whole saved exchange.
 */
export function readSavedExchange(file: string): SavedExchange | undefined {
  try {
    const text = readIfThere(file);
    if (text === undefined) return undefined;
    const exchange = saved.parse(JSON.parse(text));
    restoreExchange(exchange.state);
    return exchange;
  } catch (cause) {
    throw new UnusableState(`${file} is not a saved exchange`, { cause });
  }
}

/** @throws UnusableState when it cannot be written; what was there before still is. */
export function writeSavedExchange(file: string, exchange: SavedExchange): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(exchange));
    renameSync(`${file}.new`, file);
  } catch (cause) {
    throw new UnusableState(`${file} cannot be written (${cause instanceof Error ? cause.message : String(cause)})`, { cause });
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
