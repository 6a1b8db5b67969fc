// Does a strategy see more in the order of days than chance would put there? It is priced again on permuted markets: to shuffle
// the returns that it had would leave its Sharpe ratio as it is and prove nothing.
import type { Chance } from './chance.ts';
import { type MarketPrices, permutedMarket } from './permuted-market.ts';

export interface PermutationTest {
  readonly observed: number;
  /** (1 + #{T* ≥ T}) / (B + 1): never zero. */
  readonly p: number;
  /** T* by permutation. */
  readonly statistics: Float64Array;
}

/**
 * Source: Phipson and Smyth (2010), "Permutation p-values should never be zero". Equal but for rounding counts as reached, so that
 * a strategy that does not look at the order of days cannot pass.
 * @param statistic lives the strategy through these prices and says how good it was, larger the better.
 * @throws RangeError where the statistic is not a number.
 */
export function permutationTest(
  prices: MarketPrices,
  statistic: (prices: MarketPrices) => number,
  { permutations, chance }: { readonly permutations: number; readonly chance: Chance },
): PermutationTest {
  if (!(Number.isInteger(permutations) && permutations >= 1)) throw new RangeError(`at least one permutation: ${permutations}`);
  const observed = defined(statistic(prices));
  const statistics = Float64Array.from({ length: permutations }, () => defined(statistic(permutedMarket(prices, chance))));
  return { observed, p: permutationP(observed, statistics), statistics };
}

/** (1 + #{T* ≥ T}) / (B + 1). */
export function permutationP(observed: number, statistics: Float64Array): number {
  const reached = observed - ROUNDING * Math.abs(observed);
  return (1 + statistics.filter((each) => each >= reached).length) / (statistics.length + 1);
}

function defined(value: number): number {
  if (Number.isNaN(value)) throw new RangeError('the statistic of a market is not a number');
  return value;
}

/** Thousands of factors in another order differ by this much at most. */
const ROUNDING = 1e-9;
