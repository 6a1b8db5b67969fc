// Folders of price files: one `<SYMBOL>.csv` a symbol. Finds the files and reads them all, or says everything
// that is wrong with them. Knows nothing of sessions: whether a date was a trading day is asked elsewhere.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DailySeries } from '../../core/market/bar.ts';
import { SYMBOL_PATTERN } from '../../core/values/identity.ts';
import { type PriceFileFlaw, PriceFilesError } from './price-file-flaw.ts';
import { readPriceRows } from './price-rows.ts';

const FLAWS_MAX = 20;

/**
 * Reads the daily bars of `symbols` from `dirs`; left out, of every file there.
 * The same symbol in two folders is accepted when both files hold the same bytes, and refused when they differ:
 * picking one silently would make the answer depend on the order of the arguments.
 * @param missing what becomes of a symbol without a file: a flaw, or no series for it.
 * @returns one series a symbol, symbols ascending, dates ascending.
 * @throws PriceFilesError with up to 20 flaws, each naming file, line, field, value and what was expected.
 */
export function readPriceDirectory(
  dirs: readonly string[],
  symbols?: readonly string[],
  missing: 'refused' | 'left-out' = 'refused',
): DailySeries[] {
  const flaws: PriceFileFlaw[] = [];
  const found = findFiles(dirs, flaws);
  // What a folder that cannot be read may hold is not missing as well.
  const isAsked = missing === 'refused' && flaws.length === 0;
  const wanted = [...new Set(symbols ?? found.keys())].filter((symbol) => isAsked || found.has(symbol)).sort();
  if (symbols === undefined && found.size === 0 && flaws.length === 0) {
    flaws.push({ file: dirs.join(', '), reason: 'no price files here, expected one <SYMBOL>.csv a symbol' });
  }
  const series: DailySeries[] = [];
  for (const symbol of wanted) {
    if (flaws.length >= FLAWS_MAX) break;
    const read = readOne(symbol, found.get(symbol) ?? [], dirs, flaws);
    if (read !== undefined) series.push({ symbol, bars: readPriceRows(read.file, read.content, flaws, FLAWS_MAX) });
  }
  if (flaws.length > 0) throw new PriceFilesError(flaws.slice(0, FLAWS_MAX), flaws.length >= FLAWS_MAX);
  return series;
}

/** Every price file by symbol, in the order of the folders. */
function findFiles(dirs: readonly string[], flaws: PriceFileFlaw[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const dir of new Set(dirs)) {
    for (const name of namesIn(dir, flaws)) {
      const symbol = name.slice(0, -'.csv'.length);
      if (!name.endsWith('.csv')) continue;
      found.set(symbol, [...(found.get(symbol) ?? []), join(dir, name)]);
    }
  }
  return found;
}

function namesIn(dir: string, flaws: PriceFileFlaw[]): string[] {
  try {
    return readdirSync(dir).sort();
  } catch (error) {
    flaws.push({ file: dir, reason: `cannot read this folder: ${folderReason(error)}` });
    return [];
  }
}

function readOne(
  symbol: string,
  files: readonly string[],
  dirs: readonly string[],
  flaws: PriceFileFlaw[],
): { file: string; content: string } | undefined {
  const [file, ...others] = files;
  if (!SYMBOL_PATTERN.test(symbol)) {
    const reason = 'the file name is not a symbol, expected upper-case letters such as SPY.csv or BRK.B.csv';
    flaws.push({ file: file ?? `${symbol}.csv`, reason });
    return undefined;
  }
  if (file === undefined) {
    flaws.push({ file: `${symbol}.csv`, reason: `no price file for ${symbol}; searched ${dirs.join(', ') || 'no folder'}` });
    return undefined;
  }
  try {
    const content = readFileSync(file, 'utf8');
    const other = others.find((path) => readFileSync(path, 'utf8') !== content);
    if (other === undefined) return { file, content };
    flaws.push({ file, reason: `${other} has other prices for ${symbol}; keep one of the two` });
  } catch (error) {
    flaws.push({ file, reason: `cannot read this file (${codeOf(error)})` });
  }
  return undefined;
}

const FOLDER_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'no such folder',
  ENOTDIR: 'a file is there; expected a folder',
  EACCES: 'no permission to read it',
};

function folderReason(error: unknown): string {
  const code = codeOf(error);
  return FOLDER_REASONS[code] ?? code;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
