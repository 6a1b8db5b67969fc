// --report: the tear sheet of a backtest as one file. What draws it is loaded when it is asked for.
import { basename } from 'node:path';
import description from '../../package.json' with { type: 'json' };
import { backtest } from '../../research/backtest/backtest.ts';
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import type { Subject } from '../../research/backtest/subject.ts';
import { type Metrics, metricsOf } from '../../research/metrics/metrics.ts';
import type { Sensitivity, TearSheetExtras } from '../../research/report/report-inputs.ts';
import { tearSheet } from '../../research/report/tear-sheet.ts';
import { CommandFailure } from '../failure.ts';
import { writeNewFile } from '../new-file.ts';

const SLIPPAGES = [1, 2, 3] as const;

/** @throws CommandFailure, exit 1, where the file cannot be written. */
export async function writeReport(
  report: string,
  file: string,
  subject: Subject,
  result: BacktestResult,
  metrics: Metrics,
  inputs: Pick<TearSheetExtras, 'prices' | 'options' | 'warnings' | 'benchmark'>,
): Promise<void> {
  const sensitivities = [slippages(subject, metrics, inputs)];
  const text = tearSheet(result, metrics, { ...inputs, file: basename(file), version: description.version, sensitivities });
  const written = await writeNewFile(report, text, { replace: true });
  if (written.kind === 'refused')
    throw new CommandFailure('bad-output', `--report ${report}: it cannot be written (${written.reason})`, { exitCode: 1 });
}

/** The same backtest once more for each other slippage: whether the result hangs on cheap trading. */
function slippages(subject: Subject, metrics: Metrics, { prices, options }: Pick<TearSheetExtras, 'prices' | 'options'>): Sensitivity {
  return {
    of: 'Slippage',
    says: 'Spread and impact once, twice and three times, all else as it was. A result that does not survive twice its slippage is not one.',
    settings: SLIPPAGES.map((slippage) => {
      const isChosen = slippage === options.costs.slippage;
      const { cagr, sharpe, maxDrawdown } = isChosen ? metrics : figuresOf(subject, prices, options, slippage);
      return { name: `${slippage}×`, isChosen, cagr, sharpe, maxDrawdown };
    }),
  };
}

function figuresOf(
  subject: Subject,
  prices: TearSheetExtras['prices'],
  options: TearSheetExtras['options'],
  slippage: 1 | 2 | 3,
): Pick<Metrics, 'cagr' | 'sharpe' | 'maxDrawdown'> {
  const other = backtest(subject, prices, { ...options, costs: { ...options.costs, slippage } });
  // The same subject on the same prices was just lived through.
  if (other.kind === 'refused') throw new Error(`${slippage}x slippage: ${other.detail}`);
  return metricsOf(other);
}
