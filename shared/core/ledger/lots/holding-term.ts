// How long something was held, as US tax law counts it: from the day after the trade date, and long once more than a year
// has passed (26 U.S.C. § 1222; Rev. Rul. 66-7 for the ends of months).
import { addDays, type NewYorkDate } from '../../values/time.ts';
import type { HoldingTerm, TaxLot } from './tax-lot.ts';

/** What is acquired short is never long: covering ends it. What was there before the record may have been held longer. */
export function holdingTerm({ side, acquired, origin }: Pick<TaxLot, 'side' | 'acquired' | 'origin'>, disposed: NewYorkDate): HoldingTerm {
  if (side === 'short') return 'short';
  if (disposed >= longFrom(acquired)) return 'long';
  return origin === 'fill' || origin === 'late-fill' ? 'short' : 'unknown';
}

/** A day that its year does not have sorts right all the same: 02-29 lies between 02-28 and 03-01. */
function longFrom(acquired: NewYorkDate): string {
  const begin = addDays(acquired, 1);
  return `${BigInt(begin.slice(0, 4)) + 1n}${begin.slice(4)}`;
}
