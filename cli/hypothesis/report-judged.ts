// --report of a judged hypothesis: the tear sheet of the chosen variant over all of its prices, the holdout too, with its verdict.
import { backtest } from '../../research/backtest/backtest.ts';
import { benchmarkReturns } from '../../research/backtest/benchmark.ts';
import { warningsOf } from '../../research/backtest/warnings.ts';
import { type Claim, claimOptions, openedPrices } from '../../research/hypothesis/claim.ts';
import type { ClaimVariant } from '../../research/hypothesis/variant-strategies.ts';
import { metricsOf } from '../../research/metrics/metrics.ts';
import { atSlippages } from '../../research/validation/report/at-slippages.ts';
import { writeReport } from '../backtest/write-report.ts';
import { type AskedVerdict, reportedVerdict } from './reported-verdict.ts';

/** @param signed the verdict, as it was just written. @throws CommandFailure, exit 1, where the report cannot be written. */
export async function reportJudged(
  report: string,
  { hypothesis, ...claim }: Claim,
  { subject }: ClaimVariant,
  signed: AskedVerdict,
): Promise<void> {
  const prices = openedPrices({ hypothesis, ...claim });
  const options = claimOptions(hypothesis, 1);
  const result = backtest(subject, prices, options);
  // The holdout was just lived through by exactly this.
  if (result.kind === 'refused') throw new Error(`${result.code}: ${result.detail}`);
  const { benchmark: symbol, strategy: file } = hypothesis;
  const returns = benchmarkReturns(symbol, prices, result);
  const metrics = metricsOf(result, returns);
  const warnings = warningsOf(result, metrics, prices, options);
  const read = await reportedVerdict(signed, subject, prices);
  await writeReport(report, file, result, metrics, {
    ...{
      command: 'hypothesis judge',
      prices,
      options,
      sleeves: subject.sleeves,
      warnings,
      slippages: atSlippages(subject, prices, options, result),
    },
    ...(returns === undefined ? {} : { benchmark: { symbol, returns } }),
    ...(read === undefined ? {} : { verdict: read.reported }),
  });
}
