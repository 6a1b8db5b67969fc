// A Brownian bridge on a grid by hashed midpoint displacement: any point in O(log n), all points in O(n),
// and both the same. Knows nothing of prices.

/** The displacement of a midpoint, mean 0 and variance 1, by its place on the grid. */
export type Displacement = (middle: number) => number;

/**
 * The bridge at grid point `at`, from `start` at point `low` to `end` at point `high`.
 * @param deviation standard deviation of one free step from a grid point to the next.
 */
export function bridgeAt(
  at: number,
  low: number,
  high: number,
  start: number,
  end: number,
  deviation: number,
  displace: Displacement,
): number {
  let [from, to, left, right] = [low, high, start, end];
  while (at !== from && at !== to) {
    const middle = (from + to) >>> 1;
    const value = midpoint(from, middle, to, left, right, deviation, displace);
    if (at < middle) [to, right] = [middle, value];
    else [from, left] = [middle, value];
  }
  return at === from ? left : right;
}

/** All points of the bridge at once: `points[0]` and its last item are given, the others are filled in. */
export function fillBridge(points: Float64Array, deviation: number, displace: Displacement, low = 0, high = points.length - 1): void {
  if (high - low < 2) return;
  const middle = (low + high) >>> 1;
  points[middle] = midpoint(low, middle, high, points[low] as number, points[high] as number, deviation, displace);
  fillBridge(points, deviation, displace, low, middle);
  fillBridge(points, deviation, displace, middle, high);
}

function midpoint(
  low: number,
  middle: number,
  high: number,
  left: number,
  right: number,
  deviation: number,
  displace: Displacement,
): number {
  const span = high - low;
  const mean = left + ((right - left) * (middle - low)) / span;
  return mean + deviation * Math.sqrt(((middle - low) * (high - middle)) / span) * displace(middle);
}
