// A close as money.
import { type MicroUsd, parseUsd } from '../values/money.ts';

/** @param close US dollars, to the micro-dollar. undefined where there is none to trade by: missing, not finite or not above zero. */
export function closePrice(close: number | undefined): MicroUsd | undefined {
  if (close === undefined || !Number.isFinite(close)) return undefined;
  const price = parseUsd(close.toFixed(6));
  return price === undefined || price <= 0n ? undefined : price;
}
