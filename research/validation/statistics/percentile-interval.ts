// Where the middle of a bootstrapped statistic lies.

export interface Interval {
  readonly low: number;
  readonly high: number;
  /** Samples for which the statistic was not defined; they are not in the interval. */
  readonly undefinedSamples: number;
}

/**
 * From the α/2 to the 1 − α/2 quantile, α = 1 − confidence, in the unit of the statistics. Null where none is defined.
 * Source: Efron (1979); quantiles of type 7 by Hyndman and Fan (1996).
 */
export function percentileInterval(statistics: Float64Array, confidence: number): Interval | null {
  if (!(confidence > 0 && confidence < 1)) throw new RangeError(`a confidence is between 0 and 1: ${confidence}`);
  const sorted = statistics.filter((each) => !Number.isNaN(each)).sort();
  if (sorted.length === 0) return null;
  const beyond = (1 - confidence) / 2;
  return { low: quantile(sorted, beyond), high: quantile(sorted, 1 - beyond), undefinedSamples: statistics.length - sorted.length };
}

function quantile(sorted: Float64Array, q: number): number {
  const at = (sorted.length - 1) * q;
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low === high ? low : low + (at - Math.floor(at)) * (high - low);
}
