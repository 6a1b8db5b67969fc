// --report of a validation: the tear sheet with its checks, what the result hangs on, and the verdict that was asked for.
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
import type { Subject } from '../../research/backtest/subject.ts';
import { metricsOf } from '../../research/metrics/metrics.ts';
import type { ReportedValidation, ReportedVerdict } from '../../research/report/report-inputs.ts';
import { parameterSensitivities, reportedFamily } from '../../research/validation/report/sensitivities.ts';
import { writeReport } from '../backtest/write-report.ts';
import { type AskedVerdict, reportedVerdict } from '../hypothesis/reported-verdict.ts';
import type { ValidationDocument } from './validation-document.ts';

interface Lived {
  readonly subject: Subject;
  readonly result: BacktestResult;
  readonly prices: PriceTable;
  readonly options: BacktestOptions;
  /** Returns of the benchmark on the bars of the result. */
  readonly beside: Float64Array | undefined;
}

/** The verdict as it was shown. @throws CommandFailure: exit 2 for a verdict that cannot be read, exit 1 for a file that cannot be written. */
export async function reportValidation(
  { report, ...asked }: AskedVerdict & { readonly report: string },
  document: ValidationDocument,
  { subject, result, prices, options, beside }: Lived,
): Promise<ReportedVerdict | undefined> {
  const { file, benchmark, family, checks, slippage, warnings } = document;
  const verdict = await reportedVerdict(asked, subject, prices);
  const metrics = metricsOf(result, beside);
  await writeReport(report, file, result, metrics, {
    ...{ command: 'validate', prices, options, sleeves: subject.sleeves, warnings, slippages: slippage },
    ...(benchmark === null || beside === undefined ? {} : { benchmark: { symbol: benchmark, returns: beside } }),
    ...(family === null ? {} : { sensitivities: parameterSensitivities(family) }),
    validation: {
      trials: trialsOf(verdict?.trials ?? null, document),
      checks,
      ...(family === null ? {} : { family: reportedFamily(family) }),
    },
    ...(verdict === undefined ? {} : { verdict: verdict.reported }),
  });
  return verdict?.reported;
}

/** The ledger's count, where a verdict on this strategy names it. */
function trialsOf(ledger: number | null, { family }: ValidationDocument): ReportedValidation['trials'] {
  if (ledger !== null) return { count: ledger, by: 'ledger' };
  return family === null ? null : family.trials;
}
