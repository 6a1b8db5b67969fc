// Quantities of shares as whole nano-shares, and what they cost.
import { formatDecimal, parseDecimal } from './decimal.ts';
import type { Flavor } from './flavor.ts';
import type { MicroUsd } from './money.ts';
import { divide, type Rounding } from './rounding.ts';

/** Shares × 1,000,000,000: the nine decimals that brokers accept. */
export type NanoShares = Flavor<bigint, 'NanoShares'>;

export const NANOS_PER_SHARE = 1_000_000_000n;

/** "1.5" → 1,500,000,000; undefined when the text is not an exact quantity. */
export function parseShares(text: string): NanoShares | undefined {
  return parseDecimal(text, 9);
}

/**
 * A quantity written in code or tests: `shares('1.5')`.
 * @throws RangeError when the text is not an exact quantity.
 */
export function shares(text: string): NanoShares {
  const quantity = parseShares(text);
  if (quantity === undefined) throw new RangeError(`not an exact number of shares: ${text}`);
  return quantity;
}

/** Shortest exact text: "10", "1.5". */
export function formatShares(quantity: NanoShares): string {
  return formatDecimal(quantity, 9);
}

/** What `quantity` is worth at `price`, in micro-dollars. */
export function notional(price: MicroUsd, quantity: NanoShares, rounding: Rounding): MicroUsd {
  return divide(price * quantity, NANOS_PER_SHARE, rounding);
}

/**
 * How many shares `amount` buys at `price`.
 * @throws RangeError when the price is zero.
 */
export function sharesFor(amount: MicroUsd, price: MicroUsd, rounding: Rounding): NanoShares {
  return divide(amount * NANOS_PER_SHARE, price, rounding);
}

/** `whole` shares drop the fraction toward zero; `fractional` keep all nine decimals. */
export type ShareUnit = 'whole' | 'fractional';

export function truncateShares(quantity: NanoShares, unit: ShareUnit): NanoShares {
  return unit === 'fractional' ? quantity : (quantity / NANOS_PER_SHARE) * NANOS_PER_SHARE;
}

export function isWhole(quantity: NanoShares): boolean {
  return quantity % NANOS_PER_SHARE === 0n;
}
