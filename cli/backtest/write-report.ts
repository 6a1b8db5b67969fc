// --report: the tear sheet of a backtest as one file. What draws it is loaded when it is asked for.
import { basename } from 'node:path';
import description from '../../package.json' with { type: 'json' };
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import type { Metrics } from '../../research/metrics/metrics.ts';
import type { TearSheetExtras } from '../../research/report/report-inputs.ts';
import { tearSheet } from '../../research/report/tear-sheet.ts';
import type { SlippageFigures } from '../../research/validation/report/at-slippages.ts';
import { slippageSensitivity, startSensitivity } from '../../research/validation/report/sensitivities.ts';
import { writeNewFile } from '../new-file.ts';
import { unwritableReport } from './report-options.ts';

export interface ReportInputs extends Omit<TearSheetExtras, 'file' | 'version'> {
  readonly slippages: readonly SlippageFigures[];
}

/** @throws CommandFailure, exit 1, where the file cannot be written. */
export async function writeReport(
  report: string,
  file: string,
  result: BacktestResult,
  metrics: Metrics,
  { slippages, sensitivities = [], ...extras }: ReportInputs,
): Promise<void> {
  const text = tearSheet(result, metrics, {
    ...extras,
    file: basename(file),
    version: description.version,
    sensitivities: [
      ...sensitivities,
      slippageSensitivity(slippages, extras.options.costs.slippage),
      ...startSensitivity({ ...result, start: result.start.date }, metrics.barsAYear),
    ],
  });
  const written = await writeNewFile(report, text, { replace: true });
  if (written.kind === 'refused') throw unwritableReport(report, written.reason, 1);
}
