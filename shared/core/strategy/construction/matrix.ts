// Small dense matrices, as far as a construction needs them. The order of every sum is fixed, so that the same numbers give
// the same bits on every machine.

/** Rows; square and symmetric wherever it is a covariance. */
export type Matrix = readonly Float64Array[];

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let place = 0; place < a.length; place += 1) sum += (a[place] as number) * (b[place] as number);
  return sum;
}

export function times(matrix: Matrix, vector: Float64Array): Float64Array {
  return Float64Array.from(matrix, (row) => dot(row, vector));
}

/** xᵀMx: the variance of the weights x under the covariance M. */
export function quadraticForm(matrix: Matrix, vector: Float64Array): number {
  return dot(vector, times(matrix, vector));
}

export function entry(matrix: Matrix, row: number, column: number): number {
  return (matrix[row] as Float64Array)[column] as number;
}

/**
 * L of M = LLᵀ, lower triangular; undefined where M is not positive definite, or so near to it that a pivot has lost all but
 * the last four of its sixteen digits.
 */
export function cholesky(matrix: Matrix): Matrix | undefined {
  const factor = matrix.map((row) => new Float64Array(row.length));
  for (let row = 0; row < matrix.length; row += 1) {
    const own = factor[row] as Float64Array;
    for (let column = 0; column <= row; column += 1) {
      const other = factor[column] as Float64Array;
      let rest = entry(matrix, row, column);
      for (let place = 0; place < column; place += 1) rest -= (own[place] as number) * (other[place] as number);
      if (row !== column) own[column] = rest / (other[column] as number);
      else if (rest > PIVOT_MIN * entry(matrix, row, row)) own[row] = Math.sqrt(rest);
      else return undefined;
    }
  }
  return factor;
}

const PIVOT_MIN = 1e-12;

/** x of LLᵀx = b. */
export function solveFactored(factor: Matrix, right: Float64Array): Float64Array {
  const solution = Float64Array.from(right);
  for (let row = 0; row < solution.length; row += 1) {
    let rest = solution[row] as number;
    for (let place = 0; place < row; place += 1) rest -= entry(factor, row, place) * (solution[place] as number);
    solution[row] = rest / entry(factor, row, row);
  }
  for (let row = solution.length - 1; row >= 0; row -= 1) {
    let rest = solution[row] as number;
    for (let place = row + 1; place < solution.length; place += 1) rest -= entry(factor, place, row) * (solution[place] as number);
    solution[row] = rest / entry(factor, row, row);
  }
  return solution;
}
