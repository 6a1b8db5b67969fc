// How often returns fell into each of so many steps of equal width, the ends open.

export interface Bin {
  readonly middle: number;
  /** From, and below; −∞ and ∞ at the ends. */
  readonly from: number;
  readonly to: number;
  readonly count: number;
  /** What a normal distribution of the same mean and deviation would have put here. */
  readonly normal: number;
}

/** Bins whose middles are multiples of a round width, one of them zero; at least `wanted` of them on each side of it. */
export function histogram(returns: Float64Array, { mean, deviation }: { mean: number; deviation: number }, wanted = 15): readonly Bin[] {
  const width = roundedDown((4 * deviation) / wanted);
  const half = Math.ceil((4 * deviation) / width);
  const counts = new Float64Array(2 * half + 1);
  for (const each of returns) {
    const bin = Math.min(Math.max(Math.round(each / width), -half), half) + half;
    counts[bin] = (counts[bin] as number) + 1;
  }
  return Array.from(counts, (count, bin) => {
    const middle = (bin - half) * width;
    const from = bin === 0 ? -Infinity : middle - width / 2;
    const to = bin === 2 * half ? Infinity : middle + width / 2;
    const normal = returns.length * (normalCdf((to - mean) / deviation) - normalCdf((from - mean) / deviation));
    return { middle, from, to, count, normal };
  });
}

/** The 1, 2 or 5 · 10ⁿ at or below it. */
function roundedDown(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return power * ([5, 2, 1].find((each) => each * power <= value * (1 + 1e-9)) ?? 1);
}

/** Φ to 1e-7: for a line in a drawing. Source: Abramowitz and Stegun (1964), 26.2.17. */
function normalCdf(x: number): number {
  if (x === Infinity) return 1;
  if (x === -Infinity) return 0;
  const t = 1 / (1 + 0.2316419 * Math.abs(x));
  const sum = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const tail = (Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI)) * sum;
  return x > 0 ? 1 - tail : tail;
}
