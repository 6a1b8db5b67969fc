// Walks variants of a file forward: lives those that a search asks for, chooses on the training of each fold, and puts the tests
// together with what the changes of choice cost.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { cashRates } from '../backtest/cash-rates.ts';
import { barsAYearOf } from '../metrics/ratios.ts';
import type { VariantRow } from '../sweep/run-variant.ts';
import type { Vary } from '../sweep/vary.ts';
import { type FoldRule, foldsOf } from '../validation/walk-forward/folds.ts';
import { type ParameterSensitivity, parameterSensitivity } from '../validation/walk-forward/parameter-sensitivity.ts';
import type { Candidate, ParameterSpace, Search } from '../validation/walk-forward/search.ts';
import { type LivedFold, type WalkForward, walkForward } from '../validation/walk-forward/walk-forward.ts';
import { type ChoiceMetric, choiceScore } from './choice-metric.ts';
import type { HeldWeights, VariantLife } from './live-variant.ts';
import { type LivesWanted, openLives } from './lives.ts';
import { type Switched, switchCost } from './switch-cost.ts';

export interface Walk extends Omit<LivesWanted, 'axis'> {
  readonly varies: readonly Vary[];
  /** Days of the price table: the bars are those after the first, up to the last. */
  readonly firstDay: number;
  readonly lastDay: number;
  readonly rule: FoldRule;
  /** Of the space of the varies. Asked once for each fold. */
  readonly search: (space: ParameterSpace) => Search;
  readonly metric: ChoiceMetric;
}

export interface WalkedFold extends LivedFold {
  /** From what the fold before held; from cash for the first. It is paid in the first bar of the test. */
  readonly switched: Switched;
  /** Of the best in the training: null where nothing had a score on the whole of it. */
  readonly sensitivity: ParameterSensitivity | null;
}

export interface WalkedVariants extends Pick<WalkForward, 'dates' | 'stability' | 'evaluations'> {
  readonly folds: readonly WalkedFold[];
  /** Of the price table, at whose close the first test begins. */
  readonly start: NewYorkDate;
  readonly barsAYear: number;
  /** Out of sample, net of everything, one for each of `dates`; and what of it was more than cash. */
  readonly returns: Float64Array;
  readonly excess: Float64Array;
  /** Everything that was lived, by place; the excess of each that was not refused, held throughout on the same bars. */
  readonly rows: readonly VariantRow[];
  readonly throughout: ReadonlyMap<number, Float64Array>;
}

/** @throws Stopped, TrialRefused; RangeError where the bars are too few for a fold. */
export async function walkVariants(walk: Walk): Promise<WalkedVariants> {
  const { prices, options, varies, firstDay, lastDay, rule, search, metric } = walk;
  const dates = prices.dates.slice(firstDay + 1, lastDay + 1);
  const folds = foldsOf(dates, rule);
  const [firstFold] = folds;
  if (firstFold === undefined) throw new RangeError(`${dates.length} bars make no fold`);
  const axis = { firstDay, lastDay, testsFrom: folds.map(({ test }) => test.from) };
  const start = prices.dates[firstDay + firstFold.test.from] as NewYorkDate;
  const barsAYear = barsAYearOf(dates.length, prices.dates[firstDay] as NewYorkDate, dates.at(-1) as NewYorkDate) as number;
  const score = (excess: Float64Array): number => choiceScore(metric, excess, barsAYear);
  const space: ParameterSpace = Object.fromEntries(varies.map(({ path, values }) => [path, values]));
  const lives = openLives({ ...walk, axis });
  try {
    const searching = search(space);
    const walked = await walkForward({
      ...{ dates, rule, search: searching, score },
      async returnsOf(candidate, { from, to }) {
        const life = await lives.lifeOf(placeOf(varies, candidate));
        return life === undefined ? new Float64Array(to - from).fill(Number.NaN) : life.excess.subarray(from, to);
      },
    });
    const lived = new Map<number, VariantLife>();
    for (const { place } of lives.rows()) {
      const life = await lives.lifeOf(place);
      if (life !== undefined) lived.set(place, life);
    }
    const { excess, switches } = paid(walk, walked, lived);
    const cash = cashRates(options.cash, prices.dates).subarray(firstDay + 1 + firstFold.test.from);
    return {
      dates: walked.dates,
      stability: walked.stability,
      evaluations: walked.evaluations,
      folds: walked.folds.map((each, place) => ({
        ...each,
        outOfSample: score(testOf(each, firstFold.test.from, excess)),
        switched: switches[place] as Switched,
        sensitivity: parameterSensitivity(space, each.searched.tried),
      })),
      start,
      barsAYear,
      returns: excess.map((each, bar) => each + (cash[bar] as number)),
      excess,
      rows: lives.rows(),
      throughout: new Map([...lived].map(([place, life]) => [place, life.excess.subarray(firstFold.test.from)])),
    };
  } finally {
    await lives.close();
  }
}

/** The stitched tests, with each change of choice paid in the first bar after it, and by the equity of then. */
function paid({ varies, prices, options, firstDay }: Walk, { folds, returns }: WalkForward, lived: ReadonlyMap<number, VariantLife>) {
  const excess = Float64Array.from(returns);
  const switches: Switched[] = [];
  let [equity, at] = [options.equity, 0];
  let before: VariantLife | undefined;
  for (const [place, { fold, chosen }] of folds.entries()) {
    const life = chosen === undefined ? undefined : lived.get(placeOf(varies, chosen));
    const held = (of: VariantLife | undefined): HeldWeights => of?.held[place] ?? {};
    const day = firstDay + fold.test.from;
    const isSame = life === before;
    const switched = isSame
      ? { turnover: 0, cost: 0 }
      : switchCost(prices, options.costs, { from: held(before), to: held(life), day, equity });
    switches.push(switched);
    excess[at] = (1 - switched.cost) * (1 + (excess[at] as number)) - 1;
    const until = at + fold.test.to - fold.test.from;
    for (; at < until; at += 1) equity *= 1 + (excess[at] as number);
    before = life;
  }
  return { excess, switches };
}

function testOf({ fold: { test } }: LivedFold, first: number, excess: Float64Array): Float64Array {
  return excess.subarray(test.from - first, test.to - first);
}

/** As `variantsOf` counts: the last path turns fastest. */
export function placeOf(varies: readonly Vary[], candidate: Candidate): number {
  return varies.reduce((place, { path, values }) => place * values.length + values.indexOf(String(candidate[path])), 0);
}
