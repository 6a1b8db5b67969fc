import { wordsOf } from './chance.ts';
import type { ListedAsset } from './market-view.ts';

/** Whatever has prices is listed, whole and in parts, and easy to borrow. The id is a function of the symbol alone. */
export function listedAsset(symbol: string): ListedAsset {
  return { id: uuidOf(symbol), symbol, name: symbol, isTradable: true, isFractionable: true, isShortable: true, isEasyToBorrow: true };
}

/** A name-based UUID in the layout of version 8 (RFC 9562: vendor-defined). */
function uuidOf(name: string): string {
  const digits = wordsOf(`asset ${name}`)
    .map((word) => word.toString(16).padStart(8, '0'))
    .join('');
  return [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `a${digits.slice(17, 20)}`, digits.slice(20)].join('-');
}
