// Weights as they are written, made to sum to exactly one million by the largest remainder.
import { divide } from '../../core/values/rounding.ts';
import { type Ppm, WHOLE } from '../../core/values/weight.ts';
import type { Fraction } from './decimal-text.ts';

/** Fine enough that a part of one million is never decided by it. */
const GRAIN = 10n ** 24n;
/** 33.33 three times is meant as the whole; 0.68 is not. */
const CLOSE_ENOUGH = GRAIN / 1_000_000_000n;

export type Shares =
  | {
      readonly kind: 'shares';
      readonly weights: readonly Ppm[] /** As written, a fraction: 0.68. */;
      readonly sum: number;
      readonly isWhole: boolean;
    }
  | { readonly kind: 'negative'; readonly index: number }
  | { readonly kind: 'zero' };

/**
 * Each weight's share of their sum, in parts per million. A weight of 0 stays 0. Left-over parts go to the largest
 * remainders, the earlier first.
 * @param wholes the sums at which nothing was normalised: 1, or 1 and 100 where both notations are in use.
 */
export function shareOut(parts: readonly Fraction[], wholes: readonly number[]): Shares {
  const scaled = parts.map(({ numerator, denominator }) => divide(numerator * GRAIN, denominator, 'half-even'));
  const negative = scaled.findIndex((each) => each < 0n);
  if (negative >= 0) return { kind: 'negative', index: negative };
  const sum = scaled.reduce((total, each) => total + each, 0n);
  if (sum === 0n) return { kind: 'zero' };
  const shares = scaled.map((each) => ({ weight: (each * WHOLE) / sum, remainder: (each * WHOLE) % sum }));
  let left = WHOLE - shares.reduce((total, { weight }) => total + weight, 0n);
  const byRemainder = shares.map(({ remainder }, index) => ({ remainder, index }));
  byRemainder.sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  const weights = shares.map(({ weight }) => weight);
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    weights[index] = (weights[index] ?? 0n) + 1n;
    left -= 1n;
  }
  const isWhole = wholes.some((whole) => isNear(sum, BigInt(whole) * GRAIN));
  return { kind: 'shares', weights, sum: Number(sum) / Number(GRAIN), isWhole };
}

function isNear(sum: bigint, whole: bigint): boolean {
  const gap = sum > whole ? sum - whole : whole - sum;
  return gap <= CLOSE_ENOUGH;
}
