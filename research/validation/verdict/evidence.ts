// Everything that a verdict on a claim rests on, as plain figures. Undefined is null, never zero.

export interface Evidence {
  readonly record: RecordEvidence;
  readonly trials: TrialEvidence;
  /** Mean net return a year less that of the benchmark; null without a bar. */
  readonly netExcess: number | null;
  /** Mean net return a year less cash, with spread and impact taken twice; null where that was not reckoned. */
  readonly netAtDoubleSlippage: number | null;
  /** DSR: that the true Sharpe ratio is above what the best of so many worthless trials would show. */
  readonly deflatedSharpe: number | null;
  /** PBO; null where fewer than two different variants were tried. */
  readonly overfitting: number | null;
  /** Hansen's SPA, consistent, of all variants against the benchmark. */
  readonly superiorP: number | null;
  readonly trades: number;
  readonly rebalances: number;
  /** Null while it is sealed. */
  readonly holdout: HoldoutEvidence | null;
}

/** Of net returns less cash. */
export interface RecordEvidence {
  readonly bars: number;
  /** The true number of bars a year. */
  readonly barsAYear: number;
  /** Years in which nothing was chosen on what was measured: tests of a walk-forward, or a holdout. */
  readonly yearsOutOfSample: number;
  /** Annual, √(bars a year) · that of a bar; null where the returns do not vary. */
  readonly sharpe: number | null;
  /** The annual Sharpe ratio that the claim names. */
  readonly claimedSharpe: number;
  /** MinTRL in bars for the claimed Sharpe ratio at 95 %; null where the record does not show more than is claimed. */
  readonly barsNeeded: number | null;
}

export interface TrialEvidence {
  /** Different variants, the discarded ones too: the N of the deflated Sharpe ratio. */
  readonly count: number;
  /** How many independent ones they are worth, where their returns are known: the luck of so many is the least that is asked for. */
  readonly effective: number | null;
  /** Variance of their Sharpe ratios, a bar. */
  readonly variance: number;
  /** What the hypothesis allowed itself; null where nothing was said. */
  readonly max: number | null;
}

export interface HoldoutEvidence {
  /** Of the ledger. More than once is not possible through it. */
  readonly openings: number;
  /** Over the whole holdout, less cash, a part of one; null where its run did not end. */
  readonly netReturn: number | null;
}
