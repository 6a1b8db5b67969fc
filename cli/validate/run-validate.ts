// Backtests a file, once as it is, twice with more slippage, and on permuted markets, and says how far to believe it.
import { setImmediate as nextTurn } from 'node:timers/promises';
import { backtest } from '../../research/backtest/backtest.ts';
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import { carriedReturns } from '../../research/backtest/benchmark.ts';
import { breakerWarning } from '../../research/backtest/breaker-warning.ts';
import { dailyWeights } from '../../research/backtest/daily-weights.ts';
import { type PriceTable, priceTable } from '../../research/backtest/price-table.ts';
import { type Subject, subjectOfPolicy, subjectOfStrategy, symbolsOfSubject } from '../../research/backtest/subject.ts';
import { warningsOf } from '../../research/backtest/warnings.ts';
import { barsAYearOf, excessOf } from '../../research/metrics/ratios.ts';
import { yearsBetween } from '../../research/metrics/years.ts';
import { atSlippages } from '../../research/validation/report/at-slippages.ts';
import { checksOf, type Validated } from '../../research/validation/report/checks-of.ts';
import { pricedOnPermutations } from '../../research/validation/report/priced-on-permutations.ts';
import { validateRecord } from '../../research/validation/report/validate-record.ts';
import { correlationStress } from '../../research/validation/statistics/correlation-stress.ts';
import { claimsEdge } from '../../shared/contracts/hypothesis/claims-edge.ts';
import { type AskedOptions, backtestOptions } from '../backtest/asked-options.ts';
import { besideOrRefuse } from '../backtest/beside-or-refuse.ts';
import { overrideWarnings } from '../backtest/override-warnings.ts';
import { type AskedReport, refuseUnwritable, refuseWithoutReport } from '../backtest/report-options.ts';
import { CommandFailure } from '../failure.ts';
import { untilInterrupted } from '../interrupt.ts';
import { countOption, seedOption, symbolOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { readPrices } from '../price-folders.ts';
import { readSubject } from '../signal/subject.ts';
import type { ValidationDocument } from './validation-document.ts';
import { validationText } from './validation-text.ts';
import { type AskedFamily, familyOf, validatedFamily } from './varied-family.ts';

export interface AskedValidation extends AskedOptions, AskedReport, AskedFamily {
  readonly benchmark?: string;
  readonly samples: string;
  readonly permutations: string;
  readonly seed: string;
}

/** @throws CommandFailure: exit 2 for input that cannot be used, exit 1 where nothing could be decided or written, or it was stopped. */
export async function runValidate(file: string, asked: AskedValidation, output: Output): Promise<void> {
  refuseWithoutReport(asked);
  await refuseUnwritable(asked.report);
  const options = backtestOptions(asked);
  const benchmark = asked.benchmark === undefined ? undefined : symbolOption('--benchmark', asked.benchmark);
  const [seed, samples] = [seedOption(asked.seed), countOption('--samples', asked.samples)];
  const permutations = countOption('--permutations', asked.permutations);
  const read = await readSubject(file);
  const subject = read.kind === 'portfolio' ? subjectOfPolicy(read.policy) : subjectOfStrategy(read);
  const family = await familyOf(file, asked);
  const prices = pricesOf(subject, benchmark, asked.prices);
  const result = backtest(subject, prices, options);
  if (result.kind === 'refused')
    throw new CommandFailure(result.code, `${file}: ${result.detail}`, { exitCode: result.code === 'never-defined' ? 1 : 2 });
  const beside = besideOrRefuse(benchmark, prices, result);

  const { dates, returns, riskFree, start } = result;
  const last = dates.at(-1) ?? start.date;
  const barsAYear = barsAYearOf(returns.length, start.date, last);
  if (barsAYear === null) throw new CommandFailure('no-bars', `${file}: no bar to judge by`, { exitCode: 2 });
  const validated: Validated = await untilInterrupted(output, 'Stopping after what is under way', async (isStopped) => ({
    benchmark: benchmark ?? null,
    kind: subject.sleeves.some(claimsEdge) ? 'claim' : 'policy',
    record: validateRecord({ dates, returns, cash: riskFree, benchmark: beside, barsAYear }, { seed, samples }),
    slippage: atSlippages(subject, prices, options, result),
    correlations: correlationsOf(result, prices, barsAYear),
    permutation: await pricedOnPermutations(subject, prices, { ...options, from: firstRun(result) }, { seed, permutations }, () =>
      refuseStopped(isStopped),
    ),
    family:
      family === undefined
        ? null
        : await validatedFamily(family, asked, {
            ...{ options, benchmark, excess: excessOf(returns, riskFree), seed, samples, output },
            between: () => refuseStopped(isStopped),
            onLived: (lived) => output.progress(`${lived} of ${family.count} variants`),
          }),
  }));
  const document: ValidationDocument = {
    ...{ name: result.name, file, first: start.date, last, seed, samples },
    ...validated,
    checks: checksOf(validated),
    warnings: [
      ...overrideWarnings(read),
      ...(read.kind === 'portfolio' ? breakerWarning(read.policy, result) : []),
      ...warningsOf(result, { years: yearsBetween(start.date, last) }, prices, options),
    ],
  };
  const { report } = asked;
  const verdict =
    report === undefined
      ? undefined
      : await (await import('./report-validation.ts')).reportValidation({ ...asked, report }, document, {
          ...{ subject, result, prices, options, beside },
        });
  output.result({ ...document, ...(verdict === undefined ? {} : { verdict }) }, validationText(document, output.colors));
  for (const { detail } of document.warnings) output.note(detail);
  if (verdict?.kind === 'refused') output.note(`--verdict ${asked.verdict} is refused: ${verdict.detail}`);
  if (verdict?.kind === 'verdict') for (const doubt of verdict.doubts) output.note(`--verdict ${asked.verdict}: ${doubt}`);
}

/** Between two pieces of it: work on one thread hears of nothing while it goes on. @throws CommandFailure, exit 1, after Ctrl-C. */
async function refuseStopped(isStopped: () => boolean): Promise<void> {
  await nextTurn();
  if (isStopped()) throw new CommandFailure('interrupted', 'stopped; nothing was written', { exitCode: 1 });
}

/** Of what was held at the end, over the bars on which all of it has prices. */
function correlationsOf(result: BacktestResult, prices: PriceTable, barsAYear: number): Validated['correlations'] {
  const { symbols, dates, start } = result;
  const weights = dailyWeights(result, prices, 'reinvested').map((column) => column.at(-1) ?? 0);
  const held = symbols.map((symbol, place) => ({ symbol, weight: weights[place] ?? 0 })).filter(({ weight }) => weight !== 0);
  const firsts = held.map(({ symbol }) => prices.columns.find((column) => column.symbol === symbol)?.dates[0] ?? start.date);
  const first = firsts.reduce((latest, each) => (each > latest ? each : latest), start.date);
  const from = dates.findIndex((date) => date > first);
  const bars = { start: { date: dates[from - 1] ?? start.date }, dates: from < 0 ? [] : dates.slice(from) };
  const columns = held.flatMap(({ symbol, weight }) => {
    const returns = carriedReturns(symbol, prices, bars);
    return returns === undefined ? [] : [{ returns, weight }];
  });
  const stressed = correlationStress(
    columns.map(({ returns }) => returns),
    Float64Array.from(columns, ({ weight }) => weight),
  );
  return stressed.map(({ stress, deviation }) => ({ stress, volatility: deviation * Math.sqrt(barsAYear) }));
}

/** So that every permuted market is lived from the same day on. */
function firstRun({ start, rebalances }: BacktestResult): BacktestResult['start']['date'] {
  return rebalances[0]?.date ?? start.date;
}

function pricesOf(subject: Subject, benchmark: string | undefined, folders: readonly string[]): PriceTable {
  const symbols = new Set(symbolsOfSubject(subject));
  if (benchmark !== undefined) symbols.add(benchmark);
  return priceTable(readPrices(folders, [...symbols]), subject.calendar);
}
