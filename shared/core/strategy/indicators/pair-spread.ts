// How far two series have come apart that usually move together: the spread of their logarithms around a fitted line.
import { covariance } from './covariance.ts';
import { mean } from './mean.ts';
import { variance } from './variance.ts';

export interface PairSpread {
  readonly score: Float64Array;
  readonly hedge: Float64Array;
  readonly deviation: Float64Array;
}

/** Of the variance of the first: what rounding may leave where the line fits every bar. */
const NOTHING_LEFT = 1e-12;

/**
 * Least squares of ln x on ln y over the last `window` bars, today included: ln x = hedge · ln y + level + residual.
 * hedge = cov(ln x, ln y) / var(ln y): the dollars of y that move like one dollar of x. deviation = the sample deviation of
 * the residuals (divided by w − 1), in logarithms: 0.02 is two percent. score = today's residual / deviation. Defined from
 * `window` bars on (at least 3, as a line fits any two); undefined where y did not move, or where nothing is left over.
 * Source: Engle and Granger 1987, first step; Vidyamurthy 2004, "Pairs Trading".
 * @throws RangeError when the window is not a whole number of at least 1 or the columns differ in length.
 */
export function pairSpread(x: Float64Array, y: Float64Array, window: number): PairSpread {
  const lnX = x.map(Math.log);
  const lnY = y.map(Math.log);
  const hedge = covariance(lnX, lnY, window);
  const ofX = variance(lnX, window);
  const ofY = variance(lnY, window);
  const meanX = mean(lnX, window);
  const meanY = mean(lnY, window);
  const score = new Float64Array(x.length);
  const deviation = new Float64Array(x.length);
  for (let i = 0; i < x.length; i += 1) {
    const covaried = hedge[i] as number;
    const slope = covaried / (ofY[i] as number);
    const left = (ofX[i] as number) - slope * covaried;
    const isLine = left > NOTHING_LEFT * (ofX[i] as number);
    const residual = (lnX[i] as number) - (meanX[i] as number) - slope * ((lnY[i] as number) - (meanY[i] as number));
    // 0/0 where y is flat.
    hedge[i] = Number.isFinite(slope) ? slope : Number.NaN;
    deviation[i] = isLine ? Math.sqrt(left) : Number.NaN;
    score[i] = residual / (deviation[i] as number);
  }
  return { score, hedge, deviation };
}
