// What an optimiser needs from outside: the core says which problem it has, and a kept solver, given as an argument, solves it.
import type { Matrix } from './matrix.ts';

/** Coefficients for each variable, and what their sum must be: at least, or exactly. */
export interface Row {
  readonly coefficients: Float64Array;
  readonly bound: number;
}

/** The least ½xᵀQx + cᵀx. */
export interface QuadraticProblem {
  /** Symmetric and positive definite. */
  readonly quadratic: Matrix;
  readonly linear: Float64Array;
  readonly exactly: readonly Row[];
  readonly atLeast: readonly Row[];
}

export type Solution =
  | { readonly kind: 'solved'; readonly values: Float64Array }
  | { readonly kind: 'infeasible' | 'singular' }
  /** Whoever asks was given none. */
  | { readonly kind: 'no-solver' };

/** Pure: the same problem always has the same solution, to the last bit. */
export interface Solvers {
  solveQuadratic(problem: QuadraticProblem): Solution;
}

/** Of those who deploy no construction that needs one. */
export const NO_SOLVERS: Solvers = { solveQuadratic: () => ({ kind: 'no-solver' }) };
