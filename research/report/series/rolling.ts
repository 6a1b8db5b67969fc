// Sharpe ratio, volatility and beta of the bars before each bar, by sums that slide. NaN before the first whole window, and where
// nothing varies.

/** mean(r − rf) / sd(n − 1) · √P of each window. */
export function rollingSharpe(excess: Float64Array, window: number, barsAYear: number): Float64Array {
  const { means, variances } = slide(excess, excess, window);
  return means.map((mean, bar) => {
    const variance = variances[bar] as number;
    return variance > NOISE ? (mean / Math.sqrt(variance)) * Math.sqrt(barsAYear) : Number.NaN;
  });
}

/** sd(n − 1) · √P of each window. */
export function rollingVolatility(returns: Float64Array, window: number, barsAYear: number): Float64Array {
  return slide(returns, returns, window).variances.map((variance) => Math.sqrt(Math.max(variance, 0) * barsAYear));
}

/** cov(r, b) / var(b) of each window. */
export function rollingBeta(returns: Float64Array, benchmark: Float64Array, window: number): Float64Array {
  const own = slide(benchmark, benchmark, window).variances;
  return slide(returns, benchmark, window).variances.map((together, bar) => {
    const alone = own[bar] as number;
    return alone > NOISE ? together / alone : Number.NaN;
  });
}

/** Variances below it are what sums of floats leave behind. */
const NOISE = 1e-16;

/** The mean of the left column and, of the sample, the covariance of both: their variance where they are one. */
function slide(left: Float64Array, right: Float64Array, window: number): { means: Float64Array; variances: Float64Array } {
  const bars = left.length;
  const means = new Float64Array(bars).fill(Number.NaN);
  const variances = new Float64Array(bars).fill(Number.NaN);
  // Moved to their middle first: sums of squares then keep their digits.
  const [leftMiddle, rightMiddle] = [middle(left), middle(right)];
  let [ofLeft, ofRight, ofBoth] = [0, 0, 0];
  const add = (bar: number, sign: 1 | -1): void => {
    const [l, r] = [(left[bar] as number) - leftMiddle, (right[bar] as number) - rightMiddle];
    ofLeft += sign * l;
    ofRight += sign * r;
    ofBoth += sign * l * r;
  };
  for (let bar = 0; bar < bars && window >= 2; bar += 1) {
    add(bar, 1);
    if (bar >= window) add(bar - window, -1);
    if (bar + 1 < window) continue;
    means[bar] = ofLeft / window + leftMiddle;
    variances[bar] = (ofBoth - (ofLeft * ofRight) / window) / (window - 1);
  }
  return { means, variances };
}

function middle(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, each) => sum + each, 0) / values.length;
}
