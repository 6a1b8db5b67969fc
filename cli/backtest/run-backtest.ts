// Reads what is to be backtested, and prices, lives through them, and says what came of it.
import { backtest } from '../../research/backtest/backtest.ts';
import { breakerWarning } from '../../research/backtest/breaker-warning.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
import { priceTable } from '../../research/backtest/price-table.ts';
import { type Subject as Backtested, subjectOfPolicy, subjectOfStrategy, symbolsOfSubject } from '../../research/backtest/subject.ts';
import { metricsOf } from '../../research/metrics/metrics.ts';
import { CommandFailure } from '../failure.ts';
import { symbolOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { readPrices } from '../price-folders.ts';
import { readSubjectFiles } from '../signal/subject.ts';
import { type AskedBacktest, backtestOptions } from './asked-options.ts';
import { backtestDocument } from './backtest-document.ts';
import { backtestText } from './backtest-text.ts';
import { besideOrRefuse } from './beside-or-refuse.ts';
import { fullInputs, fullModeOptions, livedFully } from './full-mode.ts';
import { overrideWarnings } from './override-warnings.ts';
import { refuseUnwritable, refuseWithoutReport } from './report-options.ts';

/** @throws CommandFailure: exit 2 for input that cannot be used, exit 1 where nothing could be decided or written. */
export async function runBacktest(file: string, asked: AskedBacktest, output: Output): Promise<void> {
  refuseWithoutReport(asked);
  await refuseUnwritable(asked.report);
  const options = asked.full === true ? fullModeOptions(backtestOptions(asked), asked.report) : backtestOptions(asked);
  const benchmark = asked.benchmark === undefined ? undefined : symbolOption('--benchmark', asked.benchmark);
  const { subject: read, files } = await readSubjectFiles(file);
  const subject = read.kind === 'portfolio' ? subjectOfPolicy(read.policy) : subjectOfStrategy(read);
  const prices = pricesOf(subject, benchmark, asked.prices);
  const result = asked.full === true ? await livedFully(file, read, prices, options) : backtest(subject, prices, options);
  if (result.kind === 'refused') {
    const exitCode = result.code === 'never-defined' ? 1 : 2;
    throw new CommandFailure(result.code, `${file}: ${result.detail}`, { exitCode });
  }
  const beside = besideOrRefuse(benchmark, prices, result);
  const metrics = metricsOf(result, beside);
  // Runs that take place are stopped by the breaker itself, and say so.
  const stopped = read.kind === 'portfolio' && asked.full !== true ? breakerWarning(read.policy, result) : [];
  const known = [...overrideWarnings(read), ...stopped];
  const document = backtestDocument(result, metrics, { file, prices, options, benchmark, known });
  if (asked.out !== undefined) {
    const { writeOutputs } = await import('./write-outputs.ts');
    await writeOutputs(asked.out, files, result, metrics, { prices, options, calendar: subject.calendar, benchmark, ...fullInputs(asked) });
  }
  const { report } = asked;
  const shown = benchmark === undefined || beside === undefined ? {} : { benchmark: { symbol: benchmark, returns: beside } };
  const verdict =
    report === undefined
      ? undefined
      : await (await import('./report-backtest.ts')).reportBacktest({ ...asked, report }, file, subject, result, metrics, {
          ...{ prices, options, warnings: document.warnings, ...shown },
        });
  const said = { mode: asked.full === true ? 'full' : 'fast', ...document, ...(verdict === undefined ? {} : { verdict }) };
  const written = [asked.out, report].filter((each) => each !== undefined);
  output.result(
    said,
    [backtestText(document, output.colors), ...(written.length === 0 ? [] : [`written: ${written.join(', ')}`])].join('\n\n'),
  );
  if (verdict?.kind === 'refused') output.note(`--verdict ${asked.verdict} is refused: ${verdict.detail}`);
  if (verdict?.kind === 'verdict') for (const doubt of verdict.doubts) output.note(`--verdict ${asked.verdict}: ${doubt}`);
  for (const { detail } of document.warnings) output.note(detail);
}

/** Of everything that is held, looked at or compared with: a symbol without prices is bad input, whatever the strategy would do. */
function pricesOf(subject: Backtested, benchmark: string | undefined, folders: readonly string[]): PriceTable {
  const symbols = new Set(symbolsOfSubject(subject));
  if (benchmark !== undefined) symbols.add(benchmark);
  return priceTable(readPrices(folders, [...symbols]), subject.calendar);
}
