// Dollars as whole micro-dollars. Prices are dollars a share in the same unit.
import { formatDecimal, parseDecimal } from './decimal.ts';
import type { Flavor } from './flavor.ts';
import { divide, type Rounding } from './rounding.ts';

/** US dollars × 1,000,000. Also the unit of a price (per share). */
export type MicroUsd = Flavor<bigint, 'MicroUsd'>;

export const MICROS_PER_USD = 1_000_000n;
export const MICROS_PER_CENT = 10_000n;

/** "12.34" → 12,340,000; undefined when the text is not an exact amount of micro-dollars. */
export function parseUsd(text: string, rounding?: Rounding): MicroUsd | undefined {
  return parseDecimal(text, 6, rounding);
}

/**
 * An amount written in code or tests: `usd('12.34')`.
 * @throws RangeError when the text is not an exact amount of micro-dollars.
 */
export function usd(text: string): MicroUsd {
  const amount = parseUsd(text);
  if (amount === undefined) throw new RangeError(`not an exact dollar amount: ${text}`);
  return amount;
}

/** Shortest exact text, at least two decimals: "12.34", "0.000001". */
export function formatUsd(amount: MicroUsd): string {
  return formatDecimal(amount, 6, 2);
}

export function roundToCents(amount: MicroUsd, rounding: Rounding): MicroUsd {
  return divide(amount, MICROS_PER_CENT, rounding) * MICROS_PER_CENT;
}
