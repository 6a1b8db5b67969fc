// How long the blocks of a bootstrap should be, from how long a series remembers.
import { meanOf } from './return-shape.ts';
import { laggedProduct } from './sharpe-error.ts';

/** Mean block lengths in bars, not rounded; at least a part of one. */
export interface BlockLengths {
  readonly stationary: number;
  readonly circular: number;
}

/**
 * b = (2 g² n / d)^⅓ with g = Σ λ(k/M) |k| γₖ, d = 2 G² for the stationary and 4/3 G² for the circular bootstrap,
 * G = Σ λ(k/M) γₖ, λ the flat-top window, and M twice the lag from which max(5, ⌊log₁₀ n⌋) correlations in a row are below
 * 2 √(log₁₀ n / n). At most ⌈min(3 √n, n/3)⌉. Null where nothing varies, or for fewer than eight bars.
 * Source: Politis and White (2004), "Automatic block-length selection", with the correction of d by Patton, Politis and White (2009).
 */
export function optimalBlockLength(series: Float64Array): BlockLengths | null {
  const n = series.length;
  if (n < 8) return null;
  const mean = meanOf(series);
  const centred = series.map((each) => each - mean);
  const covariances = laggedCovariances(centred, Math.ceil(Math.sqrt(n)) + quietLags(n));
  const own = covariances[0] as number;
  if (!(own > (1e-14 * mean) ** 2)) return null;
  const bandwidth = bandwidthOf(centred, covariances);
  let [g, longRun] = [0, own];
  for (let lag = 1; lag <= bandwidth; lag += 1) {
    const weight = 2 * flatTop(lag / bandwidth) * (covariances[lag] as number);
    g += lag * weight;
    longRun += weight;
  }
  const longest = Math.ceil(Math.min(3 * Math.sqrt(n), n / 3));
  const length = (d: number): number => Math.min(longest, Math.cbrt((2 * g * g * n) / d));
  return longRun === 0
    ? { stationary: longest, circular: longest }
    : {
        stationary: length(2 * longRun * longRun),
        circular: length((4 / 3) * longRun * longRun),
      };
}

/** γ₀ … γₘ, each divided by n. */
function laggedCovariances(centred: Float64Array, lags: number): Float64Array {
  return Float64Array.from({ length: Math.min(lags, centred.length - 2) + 1 }, (_, lag) => laggedProduct(centred, lag) / centred.length);
}

/** M: twice the first lag after which the series is quiet, or all lags where it never is. */
function bandwidthOf(centred: Float64Array, covariances: Float64Array): number {
  const n = centred.length;
  const lags = covariances.length - 1;
  const loud = 2 * Math.sqrt(Math.log10(n) / n);
  const squaresBefore = new Float64Array(n + 1);
  for (let at = 0; at < n; at += 1) squaresBefore[at + 1] = (squaresBefore[at] as number) + (centred[at] as number) ** 2;
  let quiet = 0;
  for (let lag = 1; lag < lags; lag += 1) {
    // Scaled by the two parts of the series that the lag pairs, which matters in short ones.
    const tail = (squaresBefore[n] as number) - (squaresBefore[lag + 1] as number);
    const head = squaresBefore[n - lag - 1] as number;
    const product = Math.abs(covariances[lag] as number) * n;
    quiet = product === 0 || product < loud * Math.sqrt(tail * head) ? quiet + 1 : 0;
    if (quiet === quietLags(n)) return Math.min(lags, 2 * (lag - quiet + 1));
  }
  return lags;
}

function quietLags(n: number): number {
  return Math.max(5, Math.floor(Math.log10(n)));
}

/** λ: 1 to a half, then down to 0 at 1. */
function flatTop(at: number): number {
  return at <= 0.5 ? 1 : 2 * (1 - at);
}
