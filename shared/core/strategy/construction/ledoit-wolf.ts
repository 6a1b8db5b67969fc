// Covariances that are drawn towards a simpler matrix, as far as the noise of the sample says. A sample covariance of many
// assets over few days has directions that only look calm, and an optimiser finds exactly those.
import { dot, entry, type Matrix } from './matrix.ts';
import { centred, scatter } from './sample-covariance.ts';

export interface Shrunk {
  readonly covariance: Matrix;
  /** How much of the result is the target, 0 … 1. */
  readonly intensity: number;
}

/**
 * Towards a multiple of the identity: every asset the mean variance, no covariances.
 * Source: Ledoit and Wolf (2004), A well-conditioned estimator for large-dimensional covariance matrices, J. Multivariate
 * Analysis 88. Divisor T, as there.
 * @param returns one column an asset, all of one length of at least 2, without NaN.
 */
export function shrunkToIdentity(returns: readonly Float64Array[]): Shrunk {
  const { columns, days, sample } = sampleOf(returns);
  const assets = columns.length;
  let trace = 0;
  for (let place = 0; place < assets; place += 1) trace += entry(sample, place, place);
  const mean = trace / assets;
  const target = sample.map((row, place) => row.map((_, other) => (other === place ? mean : 0)));
  const distance = squaredDistance(sample, target);
  const noise = noiseOf(columns, sample) / days;
  return blended(sample, target, distance > 0 ? Math.min(noise / distance, 1) : 0);
}

/**
 * Towards the sample's own variances with one correlation for all, the mean of theirs.
 * Source: Ledoit and Wolf (2004), Honey, I shrunk the sample covariance matrix, J. Portfolio Management 30(4), appendix B.
 * Divisor T, as there.
 * @param returns as above, none of them constant.
 */
export function shrunkToConstantCorrelation(returns: readonly Float64Array[]): Shrunk {
  const { columns, days, sample } = sampleOf(returns);
  const assets = columns.length;
  if (assets < 2) return { covariance: sample, intensity: 0 };
  const deviations = Float64Array.from(sample, (row, place) => Math.sqrt(row[place] as number));
  const deviation = (place: number): number => deviations[place] as number;
  let sum = 0;
  for (let row = 1; row < assets; row += 1)
    for (let column = 0; column < row; column += 1) sum += entry(sample, row, column) / (deviation(row) * deviation(column));
  const correlation = (2 * sum) / (assets * (assets - 1));
  const target = sample.map((row, place) =>
    row.map((own, other) => (other === place ? own : correlation * deviation(place) * deviation(other))),
  );
  const distance = squaredDistance(sample, target);
  const squares = columns.map((column) => column.map((each) => each * each));
  const cubes = columns.map((column) => column.map((each) => each * each * each));
  let together = 0;
  for (let row = 0; row < assets; row += 1) {
    const variance = entry(sample, row, row);
    together += dot(squares[row] as Float64Array, squares[row] as Float64Array) / days - variance * variance;
    for (let column = 0; column < assets; column += 1) {
      if (column === row) continue;
      // The mean of (x² − s_xx)(xy − s_xy).
      const theta = dot(cubes[row] as Float64Array, columns[column] as Float64Array) / days - variance * entry(sample, row, column);
      // Both halves of the sum of the paper, as each ordered pair is met once.
      together += (correlation * deviation(column) * theta) / deviation(row);
    }
  }
  const intensity = distance > 0 ? (noiseOf(columns, sample) - together) / distance / days : 0;
  return blended(sample, target, Math.min(1, Math.max(0, intensity)));
}

function sampleOf(returns: readonly Float64Array[]) {
  const columns = centred(returns);
  const days = columns[0]?.length ?? 0;
  return { columns, days, sample: scatter(columns, days) };
}

/** Summed over all pairs: how far the products of single days are from their mean, squared. */
function noiseOf(columns: readonly Float64Array[], sample: Matrix): number {
  const squares = columns.map((column) => column.map((each) => each * each));
  let sum = 0;
  for (const [row, own] of squares.entries()) {
    for (let column = 0; column <= row; column += 1) {
      const covariance = entry(sample, row, column);
      const noise = dot(own, squares[column] as Float64Array) / own.length - covariance * covariance;
      sum += column === row ? noise : 2 * noise;
    }
  }
  return sum;
}

function blended(sample: Matrix, target: Matrix, intensity: number): Shrunk {
  const covariance = sample.map((row, place) => row.map((own, other) => (1 - intensity) * own + intensity * entry(target, place, other)));
  return { covariance, intensity };
}

function squaredDistance(a: Matrix, b: Matrix): number {
  let sum = 0;
  for (const [row, own] of a.entries()) for (const [column, value] of own.entries()) sum += (value - entry(b, row, column)) ** 2;
  return sum;
}
