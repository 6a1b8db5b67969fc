// How far from the mean of a window its own last value can be: a threshold beyond that is never reached.

/**
 * In sample deviations: (w − 1) / √w, where all the others are the same.
 * Source: Thompson (1935).
 */
export function scoreMax(window: number): number {
  return (window - 1) / Math.sqrt(window);
}

/** What to expect of a threshold that is not below it. */
export function reachable(window: number): string {
  return `less than ${scoreMax(window).toFixed(2)}, which no score over ${window} closes can exceed`;
}
