// The least and the most that each asset may get, for constructions that know no sums of several.

/** By asset, as fractions of one. */
export interface Bounds {
  readonly least: Float64Array;
  readonly most: Float64Array;
}

/** Sums of bounds that were written as decimals miss one by their rounding. */
const SLACK = 1e-12;

/** Whether any weights of one together keep them. */
export function canBeKept({ least, most }: Bounds): boolean {
  let [lowest, highest] = [0, 0];
  for (const [place, low] of least.entries()) {
    const high = most[place] as number;
    if (low > high) return false;
    lowest += low;
    highest += high;
  }
  return lowest <= 1 + SLACK && highest >= 1 - SLACK;
}

/** Whether these weights keep them. */
export function areKept({ least, most }: Bounds, weights: Float64Array): boolean {
  return weights.every((weight, place) => weight >= (least[place] as number) - SLACK && weight <= (most[place] as number) + SLACK);
}
