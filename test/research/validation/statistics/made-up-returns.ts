// Returns from a seed, for the tests of statistics.
import { type Chance, seededChance } from '../../../../research/validation/statistics/chance.ts';
import { normalQuantile } from '../../../../research/validation/statistics/normal-distribution.ts';

/** Independent normal returns with this mean and deviation, a bar. */
export function normalReturns(bars: number, mean: number, deviation: number, chance: Chance): Float64Array {
  return Float64Array.from({ length: bars }, () => mean + deviation * standardNormal(chance));
}

/** By the polar method: two uniform draws, one kept. */
export function standardNormal(chance: Chance): number {
  for (;;) {
    const [x, y] = [2 * chance.uniform() - 1, 2 * chance.uniform() - 1];
    const square = x * x + y * y;
    if (square > 0 && square < 1) return x * Math.sqrt((-2 * Math.log(square)) / square);
  }
}

/** yₜ = ρ yₜ₋₁ + e. */
export function rememberingReturns(bars: number, rho: number, seed: number): Float64Array {
  const chance = seededChance(seed);
  let last = 0;
  return Float64Array.from({ length: bars }, () => (last = rho * last + 0.01 * normalQuantile(chance.uniform() + 2 ** -33)));
}
