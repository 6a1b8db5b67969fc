// Which bars a choice may be made on, and on which it is then tested. Knows dates and lengths, nothing of what is chosen.

/** Bars from `from` up to, and without, `to`, with the dates of the first and the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
  readonly firstDate: string;
  readonly lastDate: string;
}

export interface Fold {
  /** Ascending; more than one only `around`. */
  readonly training: readonly Span[];
  readonly test: Span;
}

/**
 * `rolling` trains on the last `trainingBars` before each test, `anchored` on everything from the first bar, at least so many;
 * their tests follow one another, the last may be shorter. `around` cuts the bars into `folds` tests and trains on all others.
 */
export type FoldRule = Gaps &
  (
    | { readonly kind: 'rolling' | 'anchored'; readonly trainingBars: number; readonly testBars: number }
    | { readonly kind: 'around'; readonly folds: number }
  );

export interface Gaps {
  /** Bars left out of training on each side of a test: what a decision holds on one side reaches over to the other. */
  readonly purgeBars: number;
  /**
   * Bars left out besides after a test, where training follows one, because returns remember. Walking forward nothing does, and
   * it widens the gap before the test.
   */
  readonly embargoBars: number;
}

/**
 * Every bar is in at most one test. None where there are too few bars.
 * Source of purge and embargo: López de Prado (2018), Advances in Financial Machine Learning, chapter 7.
 * @param dates of the bars, ascending.
 * @throws RangeError for lengths that are not whole, or no length at all.
 */
export function foldsOf(dates: readonly string[], rule: FoldRule): readonly Fold[] {
  for (const gap of [rule.purgeBars, rule.embargoBars]) wholeFrom(0, gap);
  return rule.kind === 'around' ? foldsAround(dates, wholeFrom(2, rule.folds), rule) : foldsForward(dates, rule);
}

type Forward = Extract<FoldRule, { readonly testBars: number }>;

function foldsForward(dates: readonly string[], { kind, trainingBars, testBars, purgeBars, embargoBars }: Forward): readonly Fold[] {
  const gap = purgeBars + embargoBars;
  const folds: Fold[] = [];
  for (let from = wholeFrom(1, trainingBars) + gap; from < dates.length; from += wholeFrom(1, testBars)) {
    const training = spanOf(dates, kind === 'anchored' ? 0 : from - gap - trainingBars, from - gap);
    folds.push({ training: [training], test: spanOf(dates, from, Math.min(dates.length, from + testBars)) });
  }
  return folds;
}

function foldsAround(dates: readonly string[], count: number, { purgeBars, embargoBars }: Gaps): readonly Fold[] {
  const bars = dates.length;
  const folds: Fold[] = [];
  for (let each = 0; each < count; each += 1) {
    const [from, to] = [Math.floor((each * bars) / count), Math.floor(((each + 1) * bars) / count)];
    const before = { from: 0, to: from - purgeBars };
    const after = { from: to + purgeBars + embargoBars, to: bars };
    const training = [before, after].filter((span) => span.from < span.to).map((span) => spanOf(dates, span.from, span.to));
    if (from < to && training.length > 0) folds.push({ training, test: spanOf(dates, from, to) });
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
