// What `validate --json` prints.
import type { PricedAgain } from '../../research/validation/report/priced-on-permutations.ts';
import type { RecordValidation } from '../../research/validation/report/validate-record.ts';

export interface ValidationDocument {
  readonly name: string;
  readonly file: string;
  readonly first: string;
  readonly last: string;
  readonly benchmark: string | null;
  readonly seed: number;
  readonly samples: number;
  readonly record: RecordValidation;
  /** Annual Sharpe ratio with spread and impact once, twice, three times; null where it is not defined or the run was refused. */
  readonly slippage: readonly { readonly times: 1 | 2 | 3; readonly sharpe: number | null }[];
  /** Annual volatility of what was held at the end, with correlations driven from what they were (0) to where nothing balances (1). */
  readonly correlations: readonly { readonly stress: number; readonly volatility: number }[];
  readonly permutation: PricedAgain;
}
