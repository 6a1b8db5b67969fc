// Target weights: whole parts per million that sum, with cash, to exactly one million. A short position has a negative
// weight, and what its sale brings is part of the cash, which may then be more than the whole.
import { absolute } from '../values/rounding.ts';
import { type Ppm, WHOLE } from '../values/weight.ts';

export interface TargetWeight {
  readonly symbol: string;
  /** Below zero: a short position. */
  readonly weight: Ppm;
}

export interface TargetWeights {
  /** By symbol, ascending, no zero weights. */
  readonly weights: readonly TargetWeight[];
  readonly cash: Ppm;
}

/** All positions, long and short, without their signs. Above the whole they cannot be held without borrowing. */
export function grossOf({ weights }: TargetWeights): Ppm {
  return weights.reduce((sum, { weight }) => sum + absolute(weight), 0n);
}

/** A part in proportion to a size, with the sign that the size was taken from. */
export function signed(part: Ppm, like: Ppm | number): Ppm {
  return like < 0 ? -part : part;
}

/**
 * Divides `total` in proportion to `shares` (non-negative, not all zero) into whole parts that sum to exactly
 * `total`: each is rounded down and what is left goes, one part each, to the largest remainders, ties to the
 * earlier place (Hamilton's method).
 * @throws RangeError when the shares are negative, not finite or sum to zero.
 */
export function apportion(total: Ppm, shares: readonly number[]): Ppm[] {
  const sum = shares.reduce((a, b) => a + b, 0);
  if (!(sum > 0 && Number.isFinite(sum)) || shares.some((share) => !(share >= 0))) {
    throw new RangeError(`cannot divide in proportion to ${shares.join(', ')}`);
  }
  const exact = shares.map((share) => (Number(total) * share) / sum);
  const parts = exact.map(Math.floor);
  // Rounding down loses less than one a place: at least nothing and at most one part for each place is left.
  const left = Number(total) - parts.reduce((a, b) => a + b, 0);
  if (left > 0) {
    const remainders = exact.map((part, place) => part - (parts[place] as number));
    const byRemainder = remainders.map((_, place) => place).sort((a, b) => (remainders[b] as number) - (remainders[a] as number) || a - b);
    for (const place of byRemainder.slice(0, left)) parts[place] = (parts[place] as number) + 1;
  }
  return parts.map(BigInt);
}

/** Sums weights by symbol; what does not belong to a symbol is cash. */
export function collectWeights(parts: readonly { readonly symbol: string | undefined; readonly weight: Ppm }[]): TargetWeights {
  const bySymbol = new Map<string, Ppm>();
  for (const { symbol, weight } of parts) {
    if (symbol !== undefined) bySymbol.set(symbol, (bySymbol.get(symbol) ?? 0n) + weight);
  }
  const weights = [...bySymbol]
    .filter(([, weight]) => weight !== 0n)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([symbol, weight]) => ({ symbol, weight }));
  const invested = weights.reduce((sum, { weight }) => sum + weight, 0n);
  return { weights, cash: WHOLE - invested };
}
