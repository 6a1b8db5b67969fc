// Losses that US tax law may not let count: the same symbol was acquired within 30 days before or after (26 U.S.C. § 1091). A flag
// for whoever does the taxes, never a computation: what is "substantially identical", and what other accounts bought, nobody here
// knows.
import { addDays, type NewYorkDate } from '../../values/time.ts';
import type { Entry } from '../entry.ts';
import { lotEvents } from './lot-event.ts';
import type { RealisedLot } from './tax-lot.ts';

const WINDOW_DAYS = 30;

export type WashSale =
  | { readonly kind: 'no' }
  /** Whether it is a loss is not known. */
  | { readonly kind: 'unknown' }
  /** Acquired again on these dates, ascending. */
  | { readonly kind: 'flagged'; readonly acquired: readonly NewYorkDate[] }
  /** Not so far; what is acquired up to this date still counts. */
  | { readonly kind: 'open'; readonly until: NewYorkDate };

/** Of every gain, in their order. What was bought on the date of the shares themselves counts where some of it is still held. */
export function washSales(realised: readonly RealisedLot[], entries: readonly Entry[], asOf: NewYorkDate): readonly WashSale[] {
  const events = lotEvents(entries);
  return realised.map(({ symbol, side, gain, acquired: own, disposed, isPartOfMore }): WashSale => {
    if (gain === null) return { kind: 'unknown' };
    if (gain >= 0n) return { kind: 'no' };
    const [from, until] = [addDays(disposed, -WINDOW_DAYS), addDays(disposed, WINDOW_DAYS)];
    const acquired = (events.get(symbol) ?? [])
      .filter(({ kind, quantity }) => kind !== 'corporate-action' && kind !== 'opening' && quantity > 0n === (side === 'long'))
      .filter(({ on }) => on >= from && on <= until)
      .filter(({ on }) => on !== own || isPartOfMore)
      .map(({ on }) => on);
    if (acquired.length > 0) return { kind: 'flagged', acquired: [...new Set(acquired)].sort() };
    return asOf < until ? { kind: 'open', until } : { kind: 'no' };
  });
}
