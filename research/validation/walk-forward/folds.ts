// Which bars a choice may be made on, and on which it is then tested. Knows dates and lengths, nothing of what is chosen.

/** Bars from `from` up to, and without, `to`, with the dates of the first and the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly firstDate: string;
  readonly lastDate: string;
}

export interface Fold {
  readonly training: Span;
  readonly test: Span;
}

/**
 * `rolling` trains on the last `trainingBars` before each test, `anchored` on everything from the first bar, at least so many;
 * their tests follow one another, the last may be shorter.
 */
export interface FoldRule {
  readonly kind: 'rolling' | 'anchored';
  readonly trainingBars: number;
  readonly testBars: number;
  /** Bars left out of training before a test: what a decision of the test holds or looks at reaches back into them. */
  readonly purgeBars: number;
  /** Bars left out besides, because returns remember. */
  readonly embargoBars: number;
}

/**
 * Every bar is in at most one test. None where there are too few bars.
 * Source of purge and embargo: López de Prado (2018), Advances in Financial Machine Learning, chapter 7.
 * @param dates of the bars, ascending.
 * @throws RangeError for lengths that are not whole, or no length at all.
 */
export function foldsOf(dates: readonly string[], { kind, trainingBars, testBars, purgeBars, embargoBars }: FoldRule): readonly Fold[] {
  const gap = wholeFrom(0, purgeBars) + wholeFrom(0, embargoBars);
  const folds: Fold[] = [];
  for (let from = wholeFrom(1, trainingBars) + gap; from < dates.length; from += wholeFrom(1, testBars)) {
    const training = spanOf(dates, kind === 'anchored' ? 0 : from - gap - trainingBars, from - gap);
    folds.push({ training, test: spanOf(dates, from, Math.min(dates.length, from + testBars)) });
  }
  return folds;
}

function spanOf(dates: readonly string[], from: number, to: number): Span {
  return { from, to, firstDate: dates[from] as string, lastDate: dates[to - 1] as string };
}

function wholeFrom(least: number, count: number): number {
  if (!(Number.isInteger(count) && count >= least)) throw new RangeError(`a whole number of at least ${least}: ${count}`);
  return count;
}
