// --report of a backtest: the same at other slippages beside it, and the verdict that was asked for.
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import type { Subject } from '../../research/backtest/subject.ts';
import type { Metrics } from '../../research/metrics/metrics.ts';
import type { ReportedVerdict } from '../../research/report/report-inputs.ts';
import { atSlippages } from '../../research/validation/report/at-slippages.ts';
import { type AskedVerdict, reportedVerdict } from '../hypothesis/reported-verdict.ts';
import { type ReportInputs, writeReport } from './write-report.ts';

/** The verdict as it was shown. @throws CommandFailure: exit 2 for a verdict that cannot be read, exit 1 for a file that cannot be written. */
export async function reportBacktest(
  { report, ...asked }: AskedVerdict & { readonly report: string },
  file: string,
  subject: Subject,
  result: BacktestResult,
  metrics: Metrics,
  inputs: Pick<ReportInputs, 'prices' | 'options' | 'warnings' | 'benchmark'>,
): Promise<ReportedVerdict | undefined> {
  const verdict = (await reportedVerdict(asked, subject, inputs.prices))?.reported;
  const slippages = atSlippages(subject, inputs.prices, inputs.options, result);
  await writeReport(report, file, result, metrics, {
    ...inputs,
    sleeves: subject.sleeves,
    slippages,
    ...(verdict === undefined ? {} : { verdict }),
  });
  return verdict;
}
