// Ranks as parts of one: the lowest of a list 0, the highest 1, those between in steps of the same size.
import { rankValue } from '../evaluator/ranking.ts';

/**
 * (rank − 1) / (n − 1) of each value, in the order given; equal values share the mean of their ranks, and one alone
 * is the best there is: 1. Values are equal to ten significant digits.
 * @param values none of them undefined.
 */
export function rankParts(values: readonly number[]): readonly number[] {
  const parts = values.map(() => 1);
  const ascending = values.map((value, place) => ({ value: rankValue(value), place })).sort((a, b) => a.value - b.value);
  if (ascending.length === 1) return parts;
  for (let first = 0, last = 0; first < ascending.length; first = last + 1) {
    last = first;
    while (ascending[last + 1]?.value === ascending[first]?.value && last + 1 < ascending.length) last += 1;
    // Ranks less one are places in this order: their mean is that of the first and the last of the same value.
    const part = (first + last) / 2 / (ascending.length - 1);
    for (const { place } of ascending.slice(first, last + 1)) parts[place] = part;
  }
  return parts;
}
