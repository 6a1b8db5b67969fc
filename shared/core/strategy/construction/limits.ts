// What the weights of a construction must keep: bounds, groups and a turnover, as rows for a solver.
import type { Constructed } from './constructed.ts';
import { dot } from './matrix.ts';
import type { Row } from './solvers.ts';

/** The weights of these assets together, as fractions of one. Of a single asset it is its bounds. */
export interface Limit {
  readonly places: readonly number[];
  readonly least: number;
  readonly most: number;
}

export interface Limits {
  /** Beside them every weight is at least 0, and all sum to 1. */
  readonly limits: readonly Limit[];
  /** At most this much may change hands, one way, from what is held. */
  readonly turnover?: { readonly held: Float64Array; readonly most: number };
}

export const NO_LIMITS: Limits = { limits: [] };

/** How far a weight may stand from its bound and be taken for it: solvers stop within some 1e-14. */
const DUST = 1e-12;
const TURNOVER_SLACK = 1e-10;
/** Each round rules out one more pattern of buying and selling; a handful is usual. */
const ROUNDS_MAX = 1_000;

/** At least 0 each, and every limit from both sides. */
export function rowsOf({ limits }: Limits, assets: number): readonly Row[] {
  const rows: Row[] = [];
  for (let place = 0; place < assets; place += 1) rows.push(rowAt([place], assets, 1, 0));
  for (const { places, least, most } of limits) {
    if (least > 0) rows.push(rowAt(places, assets, 1, least));
    if (most < 1) rows.push(rowAt(places, assets, -1, -most));
  }
  return rows;
}

/**
 * The weights that `solve` finds under the limits. A turnover is no row, but one for each pattern of who is bought and who is
 * sold: those that are broken are added until none is. Where it ends, the answer is exact, as a solution under fewer rows that
 * keeps all of them is the best under all of them.
 * @param solve the best weights under these rows.
 */
export function solveWithin(limits: Limits, assets: number, solve: (rows: readonly Row[]) => Constructed): Constructed {
  const rows = [...rowsOf(limits, assets)];
  const { turnover } = limits;
  for (let round = 0; round < ROUNDS_MAX; round += 1) {
    const found = solve(rows);
    if (found.kind !== 'weights') return found;
    const weights = cleaned(found.weights, limits);
    if (turnover === undefined) return { kind: 'weights', weights };
    const { held, most } = turnover;
    const moved = weights.map((weight, place) => weight - (held[place] as number));
    const signs = moved.map(Math.sign);
    if (dot(signs, moved) <= 2 * most + TURNOVER_SLACK) return { kind: 'weights', weights };
    rows.push({ coefficients: signs.map((sign) => -sign), bound: -2 * most - dot(signs, held) });
  }
  return { kind: 'not-converged' };
}

/**
 * The limits as rows of the weights and, beside each, of how much it may move: for a linear problem, where a turnover takes no
 * more than that.
 */
export function rowsWithMoves(limits: Limits, assets: number): readonly Row[] {
  const { turnover } = limits;
  const rows = rowsOf(limits, assets);
  if (turnover === undefined) return rows;
  const wide = (weight: Float64Array, move: Float64Array, bound: number): Row => ({
    coefficients: Float64Array.of(...weight, ...move),
    bound,
  });
  const none = new Float64Array(assets);
  const moves = Array.from(turnover.held, (held, place) => {
    const own = rowAt([place], assets, 1, 0).coefficients;
    // Whichever way the weight moves from what is held, this is how far.
    return [
      wide(
        own.map((each) => 0 - each),
        own,
        -held,
      ),
      wide(own, own, held),
    ];
  });
  return [
    ...rows.map(({ coefficients, bound }) => wide(coefficients, none, bound)),
    ...moves.flat(),
    wide(none, new Float64Array(assets).fill(-1), -2 * turnover.most),
  ];
}

/** A weight that is its bound but for rounding is its bound. */
export function cleaned(weights: Float64Array, { limits }: Limits): Float64Array {
  const clean = weights.map((weight) => (weight < DUST ? 0 : weight));
  for (const { places, least, most } of limits) {
    const [place] = places;
    if (place === undefined || places.length > 1) continue;
    const weight = clean[place] as number;
    if (weight < least + DUST) clean[place] = least;
    else if (weight > most - DUST) clean[place] = most;
  }
  return clean;
}

function rowAt(places: readonly number[], assets: number, coefficient: number, bound: number): Row {
  const coefficients = new Float64Array(assets);
  for (const place of places) coefficients[place] = coefficient;
  return { coefficients, bound };
}
