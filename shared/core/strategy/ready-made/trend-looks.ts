// What a trend follower looks at of a symbol on each session, and what it reads there: whether to buy, and what to sell by.
import { isDefined } from '../evaluator/defined.ts';
import type { Metric } from '../tree.ts';
import type { Look } from './ready-made.ts';

export interface Seen {
  readonly close: number;
  readonly range: number;
  /** The means below which the stop is tightened, and below which all is sold. */
  readonly fast: number;
  readonly exit: number;
  /** How many ranges the close is above the mean; NaN where it is not to be bought. */
  readonly strength: number;
}

export interface Lookbacks {
  readonly trend: number;
  readonly 'slope-over': number;
  readonly slope: number;
  readonly 'short-high': number;
  readonly 'short-clearance': number;
  readonly 'long-high': number;
  readonly 'long-clearance': number;
  readonly atr: number;
  readonly fast: number;
  readonly 'exit-mean': number;
}

/** The close comes first. The highs are those of the sessions before today. */
export function looksOf(symbol: string, given: Lookbacks): readonly Look[] {
  const mean = (window: number): Metric => ({ name: 'moving-average-price', window });
  const high = (window: number): Metric => ({ name: 'indicator', indicator: 'breakout', output: 'highest', given: { window } });
  const metrics: readonly Metric[] = [
    { name: 'current-price' },
    mean(given.trend),
    mean(given.trend + given['slope-over']),
    mean(given['slope-over']),
    high(given['short-high']),
    high(given['long-high']),
    { name: 'indicator', indicator: 'average-true-range', output: 'range', given: { window: given.atr } },
    mean(given.fast),
    mean(given['exit-mean']),
  ];
  return metrics.map((metric) => ({ symbol, metric }));
}

/** @param values in the order of `looksOf`. Where any is undefined, nothing is bought. */
export function seenIn(values: Float64Array, given: Lookbacks): Seen {
  const [close, mean, longMean, latestMean, shortHigh, longHigh, range, fast, exit] = values as Iterable<number> as AsLooked;
  // The mean as it was then: of all closes since its first one, without the latest.
  const then = ((given.trend + given['slope-over']) * longMean - given['slope-over'] * latestMean) / given.trend;
  const isRising = mean > then * (1 + given.slope / 100);
  const isOut = close >= shortHigh * (1 + given['short-clearance'] / 100) || close >= longHigh * (1 + given['long-clearance'] / 100);
  const isEntry = values.every(isDefined) && isRising && isOut && close > mean && close >= exit && range > 0;
  return { close, range, fast, exit, strength: isEntry ? (close - mean) / range : Number.NaN };
}

/** As many as there are looks. */
type AsLooked = readonly [number, number, number, number, number, number, number, number, number];
