// Volatility as people speak of it, a year's, and as columns measure it: the deviation of one day's returns in percent.
import type { Ppm } from '../../values/weight.ts';

const SESSIONS_A_YEAR = 252;
export const PPM_PER_PERCENT = 10_000;

/** @throws RangeError for none: nothing could be held at it. */
export function dailyDeviation(annual: Ppm): number {
  if (annual <= 0n) throw new RangeError(`a volatility target of ${annual} parts per million, expected more than none`);
  return Number(annual) / PPM_PER_PERCENT / Math.sqrt(SESSIONS_A_YEAR);
}

/** In percent, of a deviation in percent. */
export function annualVolatility(deviation: number): number {
  return deviation * Math.sqrt(SESSIONS_A_YEAR);
}

/** How much of what deviates so may be held: never more than all, and all of what does not move. NaN where undefined. */
export function partAtTarget(target: number, deviation: number): number {
  return deviation > target ? target / deviation : deviation >= 0 ? 1 : Number.NaN;
}
