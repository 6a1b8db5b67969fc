// How two columns move together over a window: covariance, correlation and beta.
import { variance } from './variance.ts';
import { requireCount, requireSameLength, undefinedColumn } from './window.ts';

/**
 * r_t = cov(x, y) / (s_x·s_y) over the last `window` bars: Pearson's correlation, −1 … 1. Defined from `window` bars on (at least 2);
 * undefined where either column did not move.
 * Source: Pearson 1895; TTR's runCor.
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function correlation(x: Float64Array, y: Float64Array, window: number): Float64Array {
  const correlations = covariance(x, y, window);
  const ofX = variance(x, window);
  const ofY = variance(y, window);
  for (let i = 0; i < correlations.length; i += 1) {
    const scale = Math.sqrt(ofX[i] as number) * Math.sqrt(ofY[i] as number);
    // A flat column makes both zero, and 0/0 undefined. Rounding may pass 1 by a bit.
    correlations[i] = Math.min(1, Math.max(-1, (correlations[i] as number) / scale));
  }
  return correlations;
}

/**
 * β_t = cov(x, y) / var(y) over the last `window` bars: how much `x` moves when `y`, the benchmark, moves by one. Defined from
 * `window` bars on (at least 2); undefined where the benchmark did not move.
 * Source: Sharpe 1964; TTR's runCov over runVar.
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function beta(x: Float64Array, y: Float64Array, window: number): Float64Array {
  const betas = covariance(x, y, window);
  const ofY = variance(y, window);
  for (let i = 0; i < betas.length; i += 1) betas[i] = (betas[i] as number) / (ofY[i] as number);
  return betas;
}

/** Sample covariance, Σ(x − mean x)(y − mean y) / (w − 1). Defined from `window` bars on (at least 2). */
export function covariance(x: Float64Array, y: Float64Array, window: number): Float64Array {
  requireCount('window', window);
  requireSameLength(x, y);
  const covariances = undefinedColumn(x.length);
  const sumsX = new Float64Array(Math.min(window, x.length));
  const sumsY = new Float64Array(Math.min(window, x.length));
  for (let pivot = window - 1; pivot < x.length; pivot += window) {
    const referenceX = x[pivot] as number;
    const referenceY = y[pivot] as number;
    let sumX = 0;
    let sumY = 0;
    let products = 0;
    for (let start = pivot, place = window - 1; place >= 0; start -= 1, place -= 1) {
      const differenceX = (x[start] as number) - referenceX;
      const differenceY = (y[start] as number) - referenceY;
      sumX += differenceX;
      sumY += differenceY;
      products += differenceX * differenceY;
      sumsX[place] = sumX;
      sumsY[place] = sumY;
      if (pivot + place < x.length) covariances[pivot + place] = products;
    }
    sumX = 0;
    sumY = 0;
    products = 0;
    for (let end = pivot, place = 0; place < window && end < x.length; end += 1, place += 1) {
      const differenceX = (x[end] as number) - referenceX;
      const differenceY = (y[end] as number) - referenceY;
      sumX += differenceX;
      sumY += differenceY;
      products += differenceX * differenceY;
      const wholeX = (sumsX[place] as number) + sumX;
      const wholeY = (sumsY[place] as number) + sumY;
      covariances[end] = ((covariances[end] as number) + products - (wholeX * wholeY) / window) / (window - 1);
    }
  }
  return covariances;
}
