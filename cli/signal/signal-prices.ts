// The prices that a signal is made of, and where they come from.
import type { BarsRead } from '../../shared/workflow/read-history.ts';

export interface SignalPrices extends BarsRead {
  readonly source: PriceSource;
}

export type PriceSource =
  | { readonly kind: 'files'; readonly folders: readonly string[] }
  | {
      readonly kind: 'alpaca';
      readonly host: string;
      readonly feed: string;
      /** Symbols of which it has no bar from the anchor on: most likely it does not know them. */
      readonly unknown: readonly string[];
    };

/** How many symbols or undefined parts a message names. */
const NAMED_MAX = 8;

export function named(texts: readonly string[], between = ', '): string {
  const more = texts.length - NAMED_MAX;
  return [...texts.slice(0, NAMED_MAX), ...(more > 0 ? [`and ${more} more`] : [])].join(between);
}
