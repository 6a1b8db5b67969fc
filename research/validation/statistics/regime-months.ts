// What a strategy earned in the months in which its benchmark fell, crashed, or went nowhere.

/** Of the benchmark's month: at most −5 %, at most −10 %, between −2 % and 2 %; a crash is also a bear month. */
export const REGIMES = {
  bear: (month: number) => month <= -0.05,
  crash: (month: number) => month <= -0.1,
  flat: (month: number) => Math.abs(month) <= 0.02,
} as const;

export type Regime = keyof typeof REGIMES;

export interface RegimeMonths {
  readonly months: number;
  /** Mean month of the strategy, a part of one; null without such months. */
  readonly mean: number | null;
  readonly benchmarkMean: number | null;
  readonly worst: number | null;
  /** The share of them in which the strategy did not lose. */
  readonly unharmed: number | null;
}

/**
 * By months of the calendar, the first and the last as far as they are there.
 * @param dates ISO, ascending. @param returns, benchmark a bar, parts of one.
 */
export function regimeMonths(
  dates: readonly string[],
  returns: Float64Array,
  benchmark: Float64Array,
): Readonly<Record<Regime, RegimeMonths>> {
  const months = monthsOf(dates, returns, benchmark);
  const of = (regime: Regime): RegimeMonths => {
    const chosen = months.filter(({ theirs }) => REGIMES[regime](theirs));
    const mean = (values: readonly number[]): number | null =>
      values.length === 0 ? null : values.reduce((sum, each) => sum + each, 0) / values.length;
    const own = chosen.map((month) => month.own);
    return {
      months: chosen.length,
      mean: mean(own),
      benchmarkMean: mean(chosen.map(({ theirs }) => theirs)),
      worst: own.length === 0 ? null : Math.min(...own),
      unharmed: mean(own.map((each) => (each >= 0 ? 1 : 0))),
    };
  };
  return { bear: of('bear'), crash: of('crash'), flat: of('flat') };
}

interface Month {
  readonly own: number;
  readonly theirs: number;
}

function monthsOf(dates: readonly string[], returns: Float64Array, benchmark: Float64Array): readonly Month[] {
  if (returns.length !== dates.length || benchmark.length !== dates.length) throw new RangeError('a return a date of each');
  const growth = new Map<string, { own: number; theirs: number }>();
  for (const [bar, date] of dates.entries()) {
    const name = date.slice(0, 7);
    const { own, theirs } = growth.get(name) ?? { own: 1, theirs: 1 };
    growth.set(name, { own: own * (1 + (returns[bar] as number)), theirs: theirs * (1 + (benchmark[bar] as number)) });
  }
  // A month of 2 % is flat, whatever floats make of 1.02 − 1.
  const rounded = (grown: number): number => Math.round((grown - 1) * 1e12) / 1e12;
  return [...growth.values()].map(({ own, theirs }) => ({ own: rounded(own), theirs: rounded(theirs) }));
}
