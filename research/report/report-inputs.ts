// What a tear sheet is made of beside result and metrics. What was not done is left out, and the report has no place for it: an
// empty validation would look like one that was passed. Plain values, so that whoever validates and judges need not be known here.
import type { BacktestOptions } from '../backtest/backtest-options.ts';
import type { PriceTable } from '../backtest/price-table.ts';
import type { VerdictWord } from '../validation/verdict/judge.ts';

export interface TearSheetExtras {
  /** Its name without its folder. */
  readonly file: string;
  /** Of evenkeel. */
  readonly version: string;
  /** Of the backtest: weights and what the report warns of come from them. */
  readonly prices: PriceTable;
  readonly options: BacktestOptions;
  /** Its returns on the bars of the result; the metrics are expected to have been made with them. */
  readonly benchmark?: { readonly symbol: string; readonly returns: Float64Array };
  /** What is already known to be doubtful, in words. */
  readonly warnings: readonly ReportedWarning[];
  readonly sensitivities?: readonly Sensitivity[];
  readonly validation?: ReportedValidation;
  readonly verdict?: ReportedVerdict;
}

export interface ReportedWarning {
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

export interface SensitivitySetting {
  readonly name: string;
  /** That of the report itself. */
  readonly isChosen: boolean;
  readonly cagr: number | null;
  readonly sharpe: number | null;
  readonly maxDrawdown: number | null;
}

export interface ReportedValidation {
  /** Every trial that was counted, the discarded ones too; null where nobody counts them. */
  readonly trials: number | null;
  readonly checks: readonly ReportedCheck[];
}

export interface ReportedCheck {
  /** `Deflated Sharpe ratio`. */
  readonly name: string;
  /** What it asks, in words. */
  readonly question: string;
  readonly value: number | null;
  readonly unit: FigureUnit;
  /** What it has to be, in words: `at least 0.95`. */
  readonly wanted: string;
  /** Null where it could not be told. */
  readonly holds: boolean | null;
}

/** `part`: of one, shown as a percentage. `probability`: three digits. */
export type FigureUnit = 'part' | 'probability' | 'plain' | 'count' | 'years';

export interface ReportedVerdict {
  readonly word: VerdictWord;
  readonly hypothesis: string;
  readonly claim: string;
  readonly reasons: readonly ReportedWarning[];
  /** Strategy, data and code that it is bound to, by name. */
  readonly hashes: Readonly<Record<string, string>>;
  /** Whether the signature was checked, and held. */
  readonly isSigned: boolean;
  /** Who went against it, and why. */
  readonly override?: { readonly by: string; readonly reason: string };
}
