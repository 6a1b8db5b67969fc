// The error of a Sharpe ratio, and how it grows with time when returns depend on those before. Source: Lo (2002), "The
// statistics of Sharpe ratios", FAJ 58(4).

/** √((1 + SR²/2) / T), for independent returns; in the unit of SR. @param sharpe of one period. @param periods T. */
export function sharpeStandardError(sharpe: number, periods: number): number {
  return Math.sqrt((1 + sharpe ** 2 / 2) / periods);
}

/**
 * η(q) = q / √(q + 2 Σₖ (q − k) ρₖ), k from 1 to q − 1: what a Sharpe ratio of one period is multiplied by for q of them; √q
 * where nothing correlates. Null where the correlations leave no variance.
 * @param autocorrelations ρ₁, ρ₂, …; those left out count as zero.
 */
export function annualisingFactor(periods: number, autocorrelations: Float64Array | readonly number[]): number | null {
  let variance = periods;
  for (let lag = 1; lag < periods; lag += 1) variance += 2 * (periods - lag) * (autocorrelations[lag - 1] ?? 0);
  return variance > 0 ? periods / Math.sqrt(variance) : null;
}

/** ρₖ = Σ (rᵢ − r̄)(rᵢ₊ₖ − r̄) / Σ (rᵢ − r̄)², k from 1; null where the returns do not vary. */
export function autocorrelationsOf(returns: Float64Array, lags: number): Float64Array | null {
  const bars = returns.length;
  let mean = 0;
  for (let at = 0; at < bars; at += 1) mean += (returns[at] as number) / bars;
  const centred = returns.map((each) => each - mean);
  const own = laggedProduct(centred, 0);
  if (!(own > bars * (1e-14 * mean) ** 2)) return null;
  return Float64Array.from({ length: lags }, (_, index) => laggedProduct(centred, index + 1) / own);
}

/** Σ xᵢ xᵢ₊ₖ over all pairs there are. */
export function laggedProduct(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let at = lag; at < values.length; at += 1) sum += (values[at] as number) * (values[at - lag] as number);
  return sum;
}
