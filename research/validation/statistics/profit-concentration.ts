// Of how many days or trades a profit is made: one that hangs on a few was luck, or may have been.

export interface ProfitConcentration {
  /** Σ of the best n / Σ of all, for each n asked for; above one where the others lost. Null where the whole is no profit. */
  readonly shares: readonly { readonly best: number; readonly share: number | null }[];
  /** How many of the best have to be left out before nothing is left of the profit; null where there is none. */
  readonly withoutBest: number | null;
}

/**
 * @param profits a day or a trade each, in a unit that adds up: dollars, or ln(1 + r). @param counts how many of the best.
 */
export function profitConcentration(profits: Float64Array, counts: readonly number[] = [1, 5, 10, 20]): ProfitConcentration {
  const sorted = profits.slice().sort().reverse();
  const total = sorted.reduce((sum, each) => sum + each, 0);
  const isProfit = total > 0;
  const shares = counts.map((best) => ({
    best,
    share: isProfit ? sorted.subarray(0, best).reduce((sum, each) => sum + each, 0) / total : null,
  }));
  let [left, withoutBest] = [total, 0];
  while (left > 0 && withoutBest < sorted.length) left -= sorted[withoutBest++] as number;
  return { shares, withoutBest: isProfit ? withoutBest : null };
}
