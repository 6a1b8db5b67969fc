// Mean, spread and shape of a column of returns. Null where a figure is not defined; never zero instead.

/** (1/n) Σ rᵢ; null for nothing. */
export function meanOf(values: Float64Array): number | null {
  if (values.length === 0) return null;
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += values[at] as number;
  return sum / values.length;
}

/** √(Σ (rᵢ − r̄)² / (n − 1)), of the sample; null for fewer than two. */
export function deviationOf(values: Float64Array): number | null {
  if (values.length < 2) return null;
  return Math.sqrt(centralSum(values, 2) / (values.length - 1));
}

/**
 * Skewness of the sample, adjusted for its size: √(n(n−1))/(n−2) · g₁ with g₁ = m₃ / m₂^1.5. Null for fewer than three, or
 * where nothing varies. Source: Joanes and Gill (1998), G₁; as pandas has it.
 */
export function skewnessOf(values: Float64Array): number | null {
  const n = values.length;
  const m2 = n === 0 ? 0 : centralSum(values, 2) / n;
  if (n < 3 || !(m2 > 0)) return null;
  return (Math.sqrt(n * (n - 1)) / (n - 2)) * (centralSum(values, 3) / n / m2 ** 1.5);
}

/**
 * Excess kurtosis of the sample, adjusted for its size: (n−1)/((n−2)(n−3)) · ((n+1)·g₂ + 6) with g₂ = m₄/m₂² − 3. Null for
 * fewer than four, or where nothing varies. Source: Joanes and Gill (1998), G₂; as pandas has it.
 */
export function excessKurtosisOf(values: Float64Array): number | null {
  const n = values.length;
  const m2 = n === 0 ? 0 : centralSum(values, 2) / n;
  if (n < 4 || !(m2 > 0)) return null;
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (centralSum(values, 4) / n / m2 ** 2 - 3) + 6);
}

/** The q-quantile of a sample, between its neighbours in proportion. Source: Hyndman and Fan (1996), type 7. Null for nothing. */
export function quantileOf(values: Float64Array, q: number): number | null {
  if (values.length === 0) return null;
  const sorted = values.slice().sort();
  const at = (sorted.length - 1) * q;
  const low = Math.floor(at);
  const below = sorted[low] as number;
  return below + (at - low) * ((sorted[Math.min(low + 1, sorted.length - 1)] as number) - below);
}

function centralSum(values: Float64Array, power: number): number {
  const mean = meanOf(values) ?? 0;
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) {
    const apart = (values[at] as number) - mean;
    sum += power === 2 ? apart * apart : apart ** power;
  }
  // Equal values differ from their mean by less than floats can say.
  return Math.abs(sum) < (Math.abs(mean) * NOISE) ** power * values.length ? 0 : sum;
}

const NOISE = 1e-14;
