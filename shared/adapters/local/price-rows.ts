// The rows of one price file as bars. Every cell is checked here; how bars must relate is the core's rule.
import { CsvError, parse } from 'csv-parse/sync';
import { type DailyBar, refuseBar } from '../../core/market/bar.ts';
import { isNewYorkDate, type NewYorkDate } from '../../core/values/time.ts';
import type { PriceFileFlaw } from './price-file-flaw.ts';

type PriceField = 'open' | 'high' | 'low' | 'close' | 'adjClose' | 'volume';

/** Columns as files name them, with the field of the bar that each fills. */
const PRICE_COLUMNS = new Map<string, PriceField>([
  ['open', 'open'],
  ['high', 'high'],
  ['low', 'low'],
  ['close', 'close'],
  ['adj_close', 'adjClose'],
  ['volume', 'volume'],
]);
const KNOWN_COLUMNS = `date, ${[...PRICE_COLUMNS.keys()].join(', ')}`;

/** Plain or scientific decimal text. `Number` alone would take "", "0x10" and " 1 " too. */
const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** The sound bars of a file; what is not sound is added to `flaws`, and reading stops when there are `flawsMax`. */
export function readPriceRows(file: string, content: string, flaws: PriceFileFlaw[], flawsMax: number): DailyBar[] {
  const rows = splitRows(file, content, flaws);
  const header = rows[0];
  if (header === undefined || !isHeaderSound(file, header, flaws)) return [];
  const bars: DailyBar[] = [];
  let previous: DailyBar | undefined;
  for (let index = 1; index < rows.length && flaws.length < flawsMax; index += 1) {
    const cells = rows[index] ?? [];
    if (cells.length === 1 && cells[0] === '') continue;
    const bar = readRow(file, index + 1, header, cells, flaws);
    if (bar === undefined) continue;
    const reason = refuseBar(bar, previous);
    if (reason === undefined) bars.push(bar);
    else flaws.push({ file, line: index + 1, ...cellNamedIn(reason, header, cells), reason });
    previous = bar;
  }
  if (bars.length === 0 && flaws.length === 0)
    flaws.push({ file, reason: 'has a header and no rows, expected at least one row of prices' });
  return bars;
}

function splitRows(file: string, content: string, flaws: PriceFileFlaw[]): string[][] {
  if (content.trim() === '') {
    flaws.push({ file, reason: `is empty, expected a header with at least date,close` });
    return [];
  }
  // Hardly any file of prices has a quote in it, and without one rows and cells are what stands between their marks.
  if (!content.includes('"')) return plainRows(content);
  try {
    return parse(content, { bom: true, relax_column_count: true, trim: true });
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = typeof error.lines === 'number' ? { line: error.lines } : {};
    flaws.push({ file, ...line, reason: `is not CSV: ${error.message}` });
    return [];
  }
}

/** As the parser reads it: lines end as the first one does, and blanks around a cell do not count. */
function plainRows(content: string): string[][] {
  const text = content.startsWith(BYTE_ORDER_MARK) ? content.slice(1) : content;
  const lines = text.split(/\r\n|\n|\r/.exec(text)?.[0] ?? '\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => line.split(',').map(trimmed));
}

function trimmed(cell: string): string {
  const isPlain = cell.charCodeAt(0) > BLANK && cell.charCodeAt(cell.length - 1) > BLANK;
  return isPlain ? cell : cell.replace(/^[ \t\n\f\r]+|[ \t\n\f\r]+$/g, '');
}

const BYTE_ORDER_MARK = '\ufeff';
const BLANK = 0x20;

function isHeaderSound(file: string, header: readonly string[], flaws: PriceFileFlaw[]): boolean {
  const before = flaws.length;
  if (!header.includes('date') && !header.includes('close')) {
    flaws.push({ file, line: 1, field: 'header', value: header.join(','), reason: 'expected a header with at least date,close' });
    return false;
  }
  for (const column of ['date', 'close']) {
    if (!header.includes(column)) flaws.push({ file, line: 1, field: column, reason: `column is missing, expected at least date,close` });
  }
  header.forEach((column, index) => {
    if (column !== 'date' && !PRICE_COLUMNS.has(column)) {
      flaws.push({ file, line: 1, field: 'column', value: column, reason: `unknown, expected some of ${KNOWN_COLUMNS}` });
    } else if (header.indexOf(column) !== index) {
      flaws.push({ file, line: 1, field: 'column', value: column, reason: 'appears twice' });
    }
  });
  return flaws.length === before;
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function readRow(
  file: string,
  line: number,
  header: readonly string[],
  cells: readonly string[],
  flaws: PriceFileFlaw[],
): DailyBar | undefined {
  const before = flaws.length;
  if (cells.length > header.length) {
    flaws.push({ file, line, field: 'row', value: cells.join(','), reason: `has ${cells.length} cells, expected ${header.length}` });
    return undefined;
  }
  const bar: Partial<Mutable<DailyBar>> = {};
  for (let index = 0; index < header.length; index += 1) {
    const column = header[index] ?? '';
    const text = cells[index] ?? '';
    const field = PRICE_COLUMNS.get(column);
    if (field === undefined) {
      if (isKnownDate(text)) bar.date = text;
      else flaws.push({ file, line, field: column, value: text, reason: 'expected a date that exists, as YYYY-MM-DD' });
      continue;
    }
    const amount = NUMBER.test(text) ? Number(text) : Number.NaN;
    if (Number.isFinite(amount) && (field === 'volume' ? amount >= 0 : amount > 0)) bar[field] = amount;
    else
      flaws.push({
        file,
        line,
        field: column,
        value: text,
        reason: `expected a finite number ${field === 'volume' ? 'of at least 0' : 'above 0'}`,
      });
  }
  const { date, close } = bar;
  if (flaws.length > before || date === undefined || close === undefined) return undefined;
  return { ...bar, date, close };
}

/** Files of one market share their dates, so each date is checked against the calendar of the year only once. */
const datesSeen = new Set<string>();

function isKnownDate(text: string): text is NewYorkDate {
  if (datesSeen.has(text)) return true;
  if (!isNewYorkDate(text)) return false;
  datesSeen.add(text);
  return true;
}

/** The core's reason begins with the field it is about: the cell to point at. */
function cellNamedIn(reason: string, header: readonly string[], cells: readonly string[]): { field?: string; value?: string } {
  const word = reason.slice(0, reason.indexOf(' '));
  const column = word === 'date' ? word : [...PRICE_COLUMNS].find(([, field]) => field === word)?.[0];
  const value = column === undefined ? undefined : cells[header.indexOf(column)];
  return column === undefined || value === undefined ? {} : { field: column, value };
}
