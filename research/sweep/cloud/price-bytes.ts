// A price table as one compact file: a line of JSON that says what follows, then the columns as they lie in memory, packed. The
// same table is the same numbers again, bit for bit, so that its hashes stay what they were.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import type { PriceColumn, PriceTable } from '../../backtest/price-table.ts';

const FORMAT = 'evenkeel-prices-1';
const FIELDS = ['closes', 'adjusted', 'opens', 'highs', 'lows', 'volumes'] as const;
type Field = (typeof FIELDS)[number];
/** Beyond it the numbers hardly get shorter, and it takes ten times as long. */
const LEVEL = 3;
const NEWLINE = 0x0a;

interface Head {
  readonly format: typeof FORMAT;
  readonly anchor: NewYorkDate;
  /** Every date of the table and of its columns, ascending. */
  readonly dates: readonly NewYorkDate[];
  /** How many of them the table decides on. */
  readonly decided: number;
  readonly columns: readonly { readonly symbol: string; readonly bars: number; readonly fields: readonly Field[] }[];
}

export function encodePrices({ anchor, dates, columns }: PriceTable): Uint8Array {
  const all = [...new Set([...dates, ...columns.flatMap((column) => column.dates)])].sort();
  const placeOf = new Map(all.map((date, place) => [date, place]));
  const places = (some: readonly NewYorkDate[]): Uint8Array => bytesOf(Uint32Array.from(some, (date) => placeOf.get(date) as number));
  const head: Head = {
    format: FORMAT,
    anchor,
    dates: all,
    decided: dates.length,
    columns: columns.map((column) => ({
      symbol: column.symbol,
      bars: column.dates.length,
      fields: FIELDS.filter((field) => column[field] !== undefined),
    })),
  };
  const parts = [Buffer.from(`${JSON.stringify(head)}\n`), places(dates)];
  for (const column of columns) {
    parts.push(places(column.dates));
    for (const field of FIELDS) if (column[field] !== undefined) parts.push(bytesOf(column[field]));
  }
  return gzipSync(Buffer.concat(parts), { level: LEVEL });
}

/** @throws Error for bytes that are not such a file, whole. */
export function decodePrices(packed: Uint8Array): PriceTable {
  const bytes = gunzipSync(packed);
  const end = bytes.indexOf(NEWLINE);
  const head = JSON.parse(bytes.toString('utf8', 0, end)) as Head;
  if (head.format !== FORMAT) throw new Error(`the prices are in the format ${String(head.format)}, not in ${FORMAT}`);
  let at = end + 1;
  /** A copy, since numbers have to lie where their size divides the address. */
  const take = (count: number, size: number): ArrayBuffer => {
    const part = new Uint8Array(bytes.subarray(at, at + count * size));
    if (part.length < count * size) throw new Error('the prices end too early');
    at += count * size;
    return part.buffer;
  };
  const datesOf = (count: number): NewYorkDate[] =>
    Array.from(new Uint32Array(take(count, Uint32Array.BYTES_PER_ELEMENT)), (place) => {
      const date = head.dates[place];
      if (date === undefined) throw new Error(`the prices have no date at ${place}`);
      return date;
    });
  const dates = datesOf(head.decided);
  const columns = head.columns.map(({ symbol, bars, fields }): PriceColumn => {
    const own = { symbol, dates: datesOf(bars) };
    const values = fields.map((field) => [field, new Float64Array(take(bars, Float64Array.BYTES_PER_ELEMENT))] as const);
    return { ...own, ...(Object.fromEntries(values) as Pick<PriceColumn, 'closes' | 'adjusted'>) };
  });
  if (at !== bytes.length) throw new Error('the prices go on after their end');
  return { anchor: head.anchor, dates, columns };
}

/** As it lies in memory. Every machine that runs this, and every function, has the low byte first. */
function bytesOf({ buffer, byteOffset, byteLength }: Uint32Array | Float64Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}
