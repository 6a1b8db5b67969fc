// What `validate --json` prints.
import type { Warning } from '../../research/backtest/warnings.ts';
import type { ReportedCheck } from '../../research/report/report-inputs.ts';
import type { Validated } from '../../research/validation/report/checks-of.ts';

export interface ValidationDocument extends Validated {
  readonly name: string;
  readonly file: string;
  readonly first: string;
  readonly last: string;
  readonly seed: number;
  readonly samples: number;
  readonly checks: readonly ReportedCheck[];
  readonly warnings: readonly Warning[];
}
