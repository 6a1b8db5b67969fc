// Sharpe ratio, volatility and beta of the bars before each bar, by sums that slide. NaN before the first whole window, and where
// nothing varies.

/** mean(r − rf) / sd(n − 1) · √P of each window. */
export function rollingSharpe(excess: Float64Array, window: number, barsAYear: number): Float64Array {
  const moments = slide(excess, excess, window);
  return moments.map(({ mean, variance }) => (variance > NOISE ? (mean / Math.sqrt(variance)) * Math.sqrt(barsAYear) : Number.NaN));
}

/** sd(n − 1) · √P of each window. */
export function rollingVolatility(returns: Float64Array, window: number, barsAYear: number): Float64Array {
  return slide(returns, returns, window).map(({ variance }) => Math.sqrt(Math.max(variance, 0) * barsAYear));
}

/** cov(r, b) / var(b) of each window. */
export function rollingBeta(returns: Float64Array, benchmark: Float64Array, window: number): Float64Array {
  const own = slide(benchmark, benchmark, window);
  const both = slide(returns, benchmark, window);
  return both.map(({ variance }, at) => {
    const theirs = own.at(at).variance;
    return theirs > NOISE ? variance / theirs : Number.NaN;
  });
}

/** Variances below it are what sums of floats leave behind. */
const NOISE = 1e-16;

interface Window {
  readonly mean: number;
  /** Of the sample: with the second column, their covariance. */
  readonly variance: number;
}

function slide(
  left: Float64Array,
  right: Float64Array,
  window: number,
): { map(of: (window: Window, bar: number) => number): Float64Array; at(bar: number): Window } {
  const bars = left.length;
  // Moved to their middle first: sums of squares then keep their digits.
  const [leftMiddle, rightMiddle] = [middle(left), middle(right)];
  const sums = [new Float64Array(bars + 1), new Float64Array(bars + 1), new Float64Array(bars + 1)] as const;
  for (let bar = 0; bar < bars; bar += 1) {
    const [l, r] = [(left[bar] as number) - leftMiddle, (right[bar] as number) - rightMiddle];
    sums[0][bar + 1] = (sums[0][bar] as number) + l;
    sums[1][bar + 1] = (sums[1][bar] as number) + r;
    sums[2][bar + 1] = (sums[2][bar] as number) + l * r;
  }
  const at = (bar: number): Window => {
    const of = (place: 0 | 1 | 2): number => (sums[place][bar + 1] as number) - (sums[place][bar + 1 - window] as number);
    return { mean: of(0) / window + leftMiddle, variance: (of(2) - (of(0) * of(1)) / window) / (window - 1) };
  };
  return {
    at,
    map: (of) => Float64Array.from({ length: bars }, (_, bar) => (window < 2 || bar + 1 < window ? Number.NaN : of(at(bar), bar))),
  };
}

function middle(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}
