// What the statistics of a Sharpe ratio ask of returns: their mean, spread and shape, a bar, never annual.

/** All a bar. Excess returns, where cash earns something. */
export interface ReturnShape {
  readonly bars: number;
  readonly mean: number;
  /** √(Σ (rᵢ − r̄)² / (n − 1)), above zero. */
  readonly deviation: number;
  /** mean / deviation. */
  readonly sharpe: number;
  /** γ₃ = m₃ / m₂^1.5 of the population. */
  readonly skewness: number;
  /** γ₄ = m₄ / m₂² of the population: 3 for a normal. */
  readonly kurtosis: number;
}

/** Null for fewer than two bars, or where the returns do not vary. Source of the moments: Bailey and López de Prado (2012). */
export function shapeOf(returns: Float64Array): ReturnShape | null {
  const bars = returns.length;
  if (bars < 2) return null;
  const mean = meanOf(returns);
  let [second, third, fourth] = [0, 0, 0];
  for (let at = 0; at < bars; at += 1) {
    const apart = (returns[at] as number) - mean;
    const square = apart * apart;
    second += square;
    third += square * apart;
    fourth += square * square;
  }
  if (!varies(second, mean, bars)) return null;
  const deviation = Math.sqrt(second / (bars - 1));
  const population = second / bars;
  return {
    bars,
    mean,
    deviation,
    sharpe: mean / deviation,
    skewness: third / bars / population ** 1.5,
    kurtosis: fourth / bars / population ** 2,
  };
}

/** mean / deviation of the sample, a bar; NaN where it is not defined. For loops that ask ten thousand times. */
export function sharpeOf(returns: Float64Array): number {
  const bars = returns.length;
  const mean = meanOf(returns);
  let second = 0;
  for (let at = 0; at < bars; at += 1) {
    const apart = (returns[at] as number) - mean;
    second += apart * apart;
  }
  return varies(second, mean, bars) ? mean / Math.sqrt(second / (bars - 1)) : Number.NaN;
}

/** Σ rᵢ / n; NaN for nothing. */
export function meanOf(returns: Float64Array): number {
  let sum = 0;
  for (let at = 0; at < returns.length; at += 1) sum += returns[at] as number;
  return sum / returns.length;
}

/** Equal returns differ from their mean by less than floats can say, and that is no deviation. */
function varies(squares: number, mean: number, bars: number): boolean {
  return bars > 1 && squares > bars * (1e-14 * mean) ** 2;
}
