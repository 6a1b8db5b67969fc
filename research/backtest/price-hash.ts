// A name for prices: the same for the same numbers, however their files were written.
import { createHash } from 'node:crypto';
import { canonicalJson, contentHash } from '../../shared/contracts/canonical-json.ts';
import type { ContentHash } from '../../shared/core/values/identity.ts';
import type { PriceColumn, PriceTable } from './price-table.ts';

/** SHA-256 of a symbol's dates and of every value of its bars. */
export function priceHash({ symbol, dates, closes, adjusted, opens, highs, lows, volumes }: PriceColumn): string {
  const hash = createHash('sha256').update(`${symbol}\n${dates.join(',')}\n`);
  for (const [name, values] of Object.entries({ closes, adjusted, opens, highs, lows, volumes })) {
    if (values !== undefined) hash.update(`${name}\n`).update(littleEndian(values));
  }
  return hash.digest('hex');
}

/** Prices of all symbols by one hash. */
export function dataHash({ columns }: PriceTable): ContentHash {
  return contentHash(canonicalJson(Object.fromEntries(columns.map((column) => [column.symbol, priceHash(column)]))));
}

/** On every machine that runs this, floats lie so in memory already. */
function littleEndian(values: Float64Array): Uint8Array {
  if (IS_LITTLE_ENDIAN) return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
  const view = new DataView(new ArrayBuffer(values.byteLength));
  for (const [place, value] of values.entries()) view.setFloat64(place * 8, value, true);
  return new Uint8Array(view.buffer);
}

const IS_LITTLE_ENDIAN = new Uint8Array(Float64Array.of(1).buffer)[7] === 0x3f;
