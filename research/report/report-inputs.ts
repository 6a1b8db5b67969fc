// What a tear sheet is made of beside result and metrics. What was not done is left out, and the report has no place for it: an
// empty validation would look like one that was passed. Plain values, so that whoever validates and judges need not be known here.
import type { Sleeve } from '../../shared/contracts/portfolio-policy.ts';
import type { BacktestOptions } from '../backtest/backtest-options.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import type { Warning } from '../backtest/warnings.ts';
import type { SettingFigures } from '../metrics/setting-figures.ts';
import type { VerdictWord } from '../validation/verdict/judge.ts';

export interface TearSheetExtras {
  /** Its name without its folder. */
  readonly file: string;
  /** Of evenkeel. */
  readonly version: string;
  /** Of evenkeel, that made it; left out, `backtest`. */
  readonly command?: 'validate' | 'hypothesis judge';
  /** Of the backtest: weights and what the report warns of come from them. */
  readonly prices: PriceTable;
  readonly options: BacktestOptions;
  /** What was backtested: on whose prices each decides, where the options leave it to the file. */
  readonly sleeves: readonly Pick<Sleeve, 'decideOn'>[];
  /** Its returns on the bars of the result; the metrics are expected to have been made with them. */
  readonly benchmark?: { readonly symbol: string; readonly returns: Float64Array };
  /** What is already known to be doubtful, in words. */
  readonly warnings: readonly Warning[];
  readonly sensitivities?: readonly Sensitivity[];
  readonly validation?: ReportedValidation;
  readonly verdict?: ReportedVerdict;
}

/** Why a variant was refused, or what a verdict rests on. */
export interface ReportedReason {
  readonly code: string;
  readonly detail: string;
}

/** The same backtest under other settings. */
export interface Sensitivity {
  /** `Slippage`. */
  readonly of: string;
  /** What was changed and what was not, a sentence. */
  readonly says: string;
  readonly settings: readonly SensitivitySetting[];
}

export interface SensitivitySetting extends SettingFigures {
  readonly name: string;
  /** That of the report itself. */
  readonly isChosen: boolean;
}

export interface ReportedValidation {
  /** How many were tried, the discarded ones too, and who counted them; null where nobody did. */
  readonly trials: { readonly count: number; readonly by: 'ledger' | 'family' } | null;
  readonly checks: readonly ReportedCheck[];
  readonly family?: ReportedFamily;
}

/** What a check is about. */
export type CheckKind = 'chance' | 'dependence' | 'bad-months' | 'search';

export interface ReportedCheck {
  readonly kind: CheckKind;
  /** `Deflated Sharpe ratio`. */
  readonly name: string;
  /** What it asks, in words. */
  readonly question: string;
  readonly value: number | null;
  readonly unit: FigureUnit;
  /** What it has to be, in words: `at least 0.95`. */
  readonly wanted: string;
  /** Null where it could not be told, or, where there is a value, is not asked of this strategy. */
  readonly holds: boolean | null;
}

/** Every variant beside the one of the report. */
export interface ReportedFamily {
  /** What was varied, and on which bars they are compared, a sentence. */
  readonly says: string;
  readonly variants: readonly ReportedVariant[];
  readonly refused: readonly ReportedReason[];
}

export interface ReportedVariant extends SensitivitySetting {
  readonly p: number | null;
  readonly adjustedP: number | null;
}

/** `part`: of one, shown as a percentage. `probability`: three digits. */
export type FigureUnit = 'part' | 'probability' | 'plain' | 'count' | 'years';

export type ReportedVerdict = TakenVerdict | RefusedVerdict;

/** Its signature was checked and held, and it is on the strategy of the report. */
export interface TakenVerdict {
  readonly kind: 'verdict';
  readonly word: VerdictWord;
  readonly hypothesis: string;
  readonly claim: string;
  readonly reasons: readonly ReportedReason[];
  /** Strategy, data and code that it is bound to, by name. */
  readonly hashes: Readonly<Record<string, string>>;
  /** The public key that it is signed under. */
  readonly key: string;
  /** Sentences: that other code judged it, or other prices. */
  readonly doubts: readonly string[];
  /** What its figures are net of, in words; verdicts of before it was told have none. */
  readonly costs?: string;
  /** What was doubtful of the prices that it was judged on. */
  readonly warnings: readonly ReportedReason[];
  /** By whom and on which day. */
  readonly judged: string;
}

/** What it says is not repeated: whoever reads a page in haste would take it. */
export interface RefusedVerdict {
  readonly kind: 'refused';
  readonly code: 'not-one' | 'unknown-key' | 'bad-signature' | 'other-strategy';
  /** A sentence. */
  readonly detail: string;
}
