// What a record and a claim are held to, in one place, each figure with its reason. Decisions 43 and 60 have them at length; in which
// order a verdict asks is for verdict/judge.ts.

/** Of what is said of a true Sharpe ratio (deflated, probabilistic, minimum length) and of intervals: usual in the sources. */
export const CONFIDENCE = 0.95;
/** Of a p-value: the same from the other side. */
export const CHANCE_MAX = 0.05;
/** PBO. A half is a search that knows nothing; a fifth says that picking the best mostly picked something. */
export const OVERFITTING_MAX = 0.2;
/** Blocks of a record that over-fitting halves: those of its source, 12,870 halvings. */
export const OVERFITTING_BLOCKS = 16;
/** Two in each block; a half of fewer has no Sharpe ratio. */
export const OVERFITTING_BARS_MIN = 2 * OVERFITTING_BLOCKS;

/** Of a verdict: fewer years have not seen every season. */
export const YEARS_OUT_OF_SAMPLE_MIN = 1;
/** Either is enough: few trades of many dollars are as much of a sample as many of few, once they are so many. */
export const TRADES_MIN = 100;
export const REBALANCES_MIN = 60;
/** Below it a record is rather luck than not: that kills. */
export const DEFLATED_SHARPE_KILL = 0.5;
/** Above it the best of one half is rather below the median of the other than not: that kills. */
export const OVERFITTING_KILL = 0.5;

/** These are ours, and wide: meant to find what is odd. A start in ten may be an unlucky one. */
export const STARTS_WITHOUT_GAIN_MAX = 0.1;
/** About two weeks of a record of years, and all of its profit: without them the other days lost together. */
export const BEST_DAYS = 10;
export const BEST_DAYS_SHARE_MAX = 1;
/** Volatility without any balance, by what it was: beyond it more hung on parts that balance each other than on the parts. */
export const STRESSED_MAX = 2;
