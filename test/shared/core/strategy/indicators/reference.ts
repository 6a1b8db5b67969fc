// Reads the reference results of other people's software, where they are; and says why not, where they are not.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const SHARED = resolve(import.meta.dirname, '../../../../../../shared/data');

export const isAbsent = !existsSync(resolve(SHARED, 'reference/indicators'));

/** The title of a suite that needs the reference results, with the reason when it is skipped. */
export const titled = (title: string) => (isAbsent ? `${title} (skipped: ../shared/data is absent)` : title);

export interface Table {
  readonly length: number;
  /** The cells of a column as they stand. */
  texts(name: string): readonly string[];
  /** The cells of a column as numbers; NaN where a cell is empty. */
  numbers(name: string): Float64Array;
}

export function readTable(path: string): Table {
  const [header = '', ...rows] = readFileSync(resolve(SHARED, path), 'utf8').trim().split(/\r?\n/);
  const names = header.split(',').map((name) => name.trim().toLowerCase());
  const cells = rows.map((row) => row.split(','));
  const texts = (name: string) => {
    const place = names.indexOf(name.toLowerCase());
    if (place === -1) throw new Error(`${path} has no column ${name}`);
    return cells.map((row) => row[place] ?? '');
  };
  return {
    length: rows.length,
    texts,
    numbers: (name) => Float64Array.from(texts(name), (text) => (text === '' ? Number.NaN : Number(text))),
  };
}

export function readJson(path: string): unknown {
  return JSON.parse(readFileSync(resolve(SHARED, path), 'utf8'));
}
