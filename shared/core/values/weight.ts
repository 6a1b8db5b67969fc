// Portfolio weights as whole parts per million. A weight vector and its cash sum to exactly 1,000,000.
import { formatDecimal, parseDecimal } from './decimal.ts';
import type { Flavor } from './flavor.ts';
import type { MicroUsd } from './money.ts';
import { divide, type Rounding } from './rounding.ts';

/** Share of a whole × 1,000,000; negative for a short position, and as a difference of two weights. */
export type Ppm = Flavor<bigint, 'Ppm'>;

export const WHOLE: Ppm = 1_000_000n;

/** "60%" or "33.3333%" → parts per million; undefined when it is not an exact percentage. */
export function parsePercent(text: string): Ppm | undefined {
  return text.endsWith('%') ? parseDecimal(text.slice(0, -1), 4) : undefined;
}

/**
 * A weight written in code or tests: `percent('60%')`.
 * @throws RangeError when the text is not an exact percentage.
 */
export function percent(text: string): Ppm {
  const weight = parsePercent(text);
  if (weight === undefined) throw new RangeError(`not an exact percentage: ${text}`);
  return weight;
}

/** Shortest exact text: "60%", "33.3333%". */
export function formatPercent(weight: Ppm): string {
  return `${formatDecimal(weight, 4)}%`;
}

/** `weight` of `amount`. */
export function partOf(amount: MicroUsd, weight: Ppm, rounding: Rounding): MicroUsd {
  return divide(amount * weight, WHOLE, rounding);
}

/**
 * What part of `whole` is `part`.
 * @throws RangeError when the whole is zero.
 */
export function weightOf(part: MicroUsd, whole: MicroUsd, rounding: Rounding): Ppm {
  return divide(part * WHOLE, whole, rounding);
}

/** Weight as a plain fraction (0.6), for reports only, never for orders. */
export function toFraction(weight: Ppm): number {
  return Number(weight) / 1_000_000;
}
