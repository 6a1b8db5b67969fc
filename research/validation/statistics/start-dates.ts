// How much of a result hangs on the day on which its record begins.

/** Bars between two starts, wherever they are shown: about a month. */
export const START_EVERY = 21;

export interface StartDates {
  /** The statistic from each start on, ascending by start; NaN where it is not defined. */
  readonly starts: Int32Array;
  readonly statistics: Float64Array;
  /** Of those that are defined; null for none. */
  readonly lowest: number | null;
  readonly median: number | null;
  readonly highest: number | null;
  /** The share of them at or below zero. */
  readonly notPositive: number | null;
}

/**
 * @param every a start each so many bars, from the first. @param barsMin starts that leave fewer are left out.
 * @param statistic of the returns from a start to the end, such as `sharpeOf`; it must not keep the array.
 */
export function startDates(
  returns: Float64Array,
  { every, barsMin }: { readonly every: number; readonly barsMin: number },
  statistic: (returns: Float64Array) => number,
): StartDates {
  if (!(Number.isInteger(every) && every >= 1)) throw new RangeError(`starts are whole bars apart: ${every}`);
  const count = Math.max(0, Math.floor((returns.length - barsMin) / every) + 1);
  const starts = Int32Array.from({ length: count }, (_, at) => at * every);
  const statistics = Float64Array.from(starts, (start) => statistic(returns.subarray(start)));
  const sorted = statistics.filter((each) => !Number.isNaN(each)).sort();
  const at = (place: number): number => sorted[place] as number;
  const last = sorted.length - 1;
  if (last < 0) return { starts, statistics, lowest: null, median: null, highest: null, notPositive: null };
  return {
    starts,
    statistics,
    lowest: at(0),
    median: (at(Math.floor(last / 2)) + at(Math.ceil(last / 2))) / 2,
    highest: at(last),
    notPositive: sorted.filter((each) => each <= 0).length / sorted.length,
  };
}
