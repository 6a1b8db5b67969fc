// Where public implementations of strategies like these differ: one named choice each, so that a user can match another
// system. They belong to a whole strategy, never to one of its nodes. An indicator by name has parameters instead.
import type { PriceAdjustment } from '../market/bar.ts';

export interface StrategyOptions {
  /** The divisor of stdev-return, stdev-price and inverse volatility: n − 1 or n. Bollinger's bands keep the population's. */
  readonly deviation: 'sample' | 'population';
  /** stdev-return in percent a day, or times √252 in percent a year; of weeks times √52, of months √12. */
  readonly stdevReturn: 'daily' | 'annualised';
  /** The sign of max-drawdown, of symbols and groups alike. Ranks see it: negative, the top candidate fell least. */
  readonly maxDrawdown: 'positive' | 'negative';
  /** What a filter inside an equal or an inverse volatility is: one of its children, or its chosen candidates, each a child. */
  readonly filter: 'one-child' | 'spliced';
  /** What an if there is: one of its children, or its taken branch, and where that is an equal, each child of it. */
  readonly branch: 'one-child' | 'spliced';
  /** A symbol named twice among the candidates of a filter: two candidates, or one, where it is named first. */
  readonly duplicates: 'kept' | 'merged';
  /** Where exponential means start, those of the oscillators too: at the first close, or at the mean of the first n. */
  readonly emaSeed: 'first' | 'mean';
  /** Where RSI starts: at the mean of the first n changes, or at the first change. */
  readonly rsiSeed: 'mean' | 'recursive';
  /** How many significant digits the ranks of filters compare. Ready-made strategies always compare ten. */
  readonly rankDigits: 10 | 'all';
  /** Which closes everything is measured on. */
  readonly prices: PriceAdjustment;
}

/** Composer's choices, where they are known. */
export const DEFAULT_OPTIONS: StrategyOptions = {
  deviation: 'sample',
  stdevReturn: 'daily',
  maxDrawdown: 'positive',
  filter: 'one-child',
  branch: 'one-child',
  duplicates: 'kept',
  emaSeed: 'first',
  rsiSeed: 'mean',
  rankDigits: 10,
  prices: 'adjusted',
};
