// The covariance of returns over a window: what all constructions but one begin with.
import { dot, type Matrix } from './matrix.ts';

/** Returns without their means, one column an asset. */
export function centred(returns: readonly Float64Array[]): readonly Float64Array[] {
  return returns.map((column) => {
    let sum = 0;
    for (const value of column) sum += value;
    const mean = sum / column.length;
    return column.map((value) => value - mean);
  });
}

/**
 * Σ(x − mean x)(y − mean y) / (T − 1), of each pair of assets; in the square of the unit of the returns, for one bar.
 * @param returns one column an asset, all of one length of at least 2, without NaN.
 */
export function sampleCovariance(returns: readonly Float64Array[]): Matrix {
  const days = returns[0]?.length ?? 0;
  return scatter(centred(returns), days - 1);
}

/** Products of columns that are centred, summed and divided. */
export function scatter(columns: readonly Float64Array[], divisor: number): Matrix {
  const matrix = columns.map(() => new Float64Array(columns.length));
  for (const [row, own] of columns.entries()) {
    for (let column = 0; column <= row; column += 1) {
      const value = dot(own, columns[column] as Float64Array) / divisor;
      (matrix[row] as Float64Array)[column] = value;
      (matrix[column] as Float64Array)[row] = value;
    }
  }
  return matrix;
}
