// What a construction comes to: weights, or why there are none. It never answers with a number that nobody derived.

export type Unsolved =
  /** The returns of this asset do not move: nothing can be weighed by them. */
  | { readonly kind: 'flat'; readonly place: number }
  /** Some assets are sums of others, or there are fewer days than assets: many weights would do as well. */
  | { readonly kind: 'singular' }
  /** No weights keep all of the bounds. */
  | { readonly kind: 'infeasible' }
  /** Nothing that the bounds allow earns more than the rate. */
  | { readonly kind: 'no-excess-return' }
  /** Nobody gave the solver that it needs. */
  | { readonly kind: 'no-solver' }
  /** The iterations did not come to their tolerance. */
  | { readonly kind: 'not-converged' };

export type Constructed = { readonly kind: 'weights'; readonly weights: Float64Array } | Unsolved;

/** The first asset without a variance, where there is one. */
export function flatAmong(variances: Float64Array): Unsolved | undefined {
  const place = variances.findIndex((variance) => !(variance > 0));
  return place === -1 ? undefined : { kind: 'flat', place };
}
