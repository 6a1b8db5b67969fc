// Does a strategy see more in the order of days than chance would put there? It is priced again on permuted markets: to shuffle
// the returns that it had would leave its Sharpe ratio as it is and prove nothing.

/**
 * p = (1 + #{T* ≥ T}) / (B + 1): never zero. Source: Phipson and Smyth (2010), "Permutation p-values should never be zero". Equal
 * but for rounding counts as reached, so that a strategy that does not look at the order of days cannot pass.
 * @param observed T: how good the strategy was, larger the better. @param statistics T* by permutation.
 */
export function permutationP(observed: number, statistics: Float64Array): number {
  const reached = observed - ROUNDING * Math.abs(observed);
  return (1 + statistics.filter((each) => each >= reached).length) / (statistics.length + 1);
}

/** Thousands of factors in another order differ by this much at most. */
const ROUNDING = 1e-9;
