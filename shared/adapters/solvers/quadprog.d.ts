// The package has no types of its own. Its arrays begin at 1, as in the Fortran that it is a translation of.
declare module 'quadprog' {
  export function solveQP(
    Dmat: number[][],
    dvec: number[],
    Amat: number[][],
    bvec: number[],
    meq: number,
  ): { readonly solution: readonly number[]; readonly message: string };
}
