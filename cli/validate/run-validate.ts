// Backtests a file, once as it is, twice with more slippage, and on permuted markets, and says how far to believe it.
import { backtest } from '../../research/backtest/backtest.ts';
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import type { BacktestResult } from '../../research/backtest/backtest-result.ts';
import { benchmarkReturns } from '../../research/backtest/benchmark.ts';
import { dailyWeights } from '../../research/backtest/daily-weights.ts';
import { type PriceTable, priceTable } from '../../research/backtest/price-table.ts';
import { type Subject, subjectOfPolicy, subjectOfStrategy } from '../../research/backtest/subject.ts';
import { barsAYearOf, sharpe } from '../../research/metrics/ratios.ts';
import { pricedOnPermutations } from '../../research/validation/report/priced-on-permutations.ts';
import { validateRecord } from '../../research/validation/report/validate-record.ts';
import { correlationStress } from '../../research/validation/statistics/correlation-stress.ts';
import { symbolsOf, watchedSymbols } from '../../shared/core/strategy/evaluate.ts';
import { backtestOptions } from '../backtest/asked-options.ts';
import { CommandFailure } from '../failure.ts';
import { countOption, seedOption, symbolOption } from '../option-values.ts';
import type { Output } from '../output.ts';
import { readPrices } from '../price-folders.ts';
import { readSubject } from '../signal/subject.ts';
import type { ValidationDocument } from './validation-document.ts';
import { validationText } from './validation-text.ts';

export interface AskedValidation {
  readonly prices: readonly string[];
  readonly from?: string;
  readonly to?: string;
  readonly cashRate: string;
  readonly costBps: string;
  readonly benchmark?: string;
  readonly samples: string;
  readonly permutations: string;
  readonly seed: string;
}

/** @throws CommandFailure: exit 2 for input that cannot be used, exit 1 where nothing could be decided. */
export async function runValidate(file: string, asked: AskedValidation, output: Output): Promise<void> {
  const options = backtestOptions({ ...USUAL, ...asked });
  const benchmark = asked.benchmark === undefined ? undefined : symbolOption('--benchmark', asked.benchmark);
  const [seed, samples] = [seedOption(asked.seed), countOption('--samples', asked.samples)];
  const permutations = countOption('--permutations', asked.permutations);
  const read = await readSubject(file);
  const subject = read.kind === 'portfolio' ? subjectOfPolicy(read.policy) : subjectOfStrategy(read);
  const prices = pricesOf(subject, benchmark, asked.prices);
  const result = backtest(subject, prices, options);
  if (result.kind === 'refused')
    throw new CommandFailure(result.code, `${file}: ${result.detail}`, { exitCode: result.code === 'never-defined' ? 1 : 2 });
  const beside = benchmark === undefined ? undefined : benchmarkReturns(benchmark, prices, result);
  if (benchmark !== undefined && beside === undefined)
    throw new CommandFailure('bad-prices', `--benchmark ${benchmark}: it has no close by ${result.start.date}; --from a later date`, {
      exitCode: 2,
    });

  const { dates, returns, riskFree, start } = result;
  const last = dates.at(-1) ?? start.date;
  const barsAYear = barsAYearOf(returns.length, start.date, last);
  if (barsAYear === null) throw new CommandFailure('no-bars', `${file}: no bar to judge by`, { exitCode: 2 });
  const document: ValidationDocument = {
    name: result.name,
    file,
    first: start.date,
    last,
    benchmark: benchmark ?? null,
    seed,
    samples,
    record: validateRecord({ dates, returns, cash: riskFree, benchmark: beside, barsAYear }, { seed, samples }),
    slippage: ([1, 2, 3] as const).map((times) => ({ times, sharpe: sharpeAt(times, subject, prices, options) })),
    correlations: correlationsOf(result, prices, barsAYear),
    permutation: pricedOnPermutations(subject, prices, { ...options, from: firstRun(result) }, { seed, permutations }),
  };
  output.result(document, validationText(document, output.colors));
}

/** What a backtest takes that is not asked for here. */
const USUAL = {
  cash: '100000',
  commissionBps: '0',
  borrowBps: '50',
  impact: '1',
  fees: 'dated',
  slippage: '1x',
  dividends: 'reinvested',
  weights: 'whole',
} as const;

function sharpeAt(times: 1 | 2 | 3, subject: Subject, prices: PriceTable, options: BacktestOptions): number | null {
  const lived = backtest(subject, prices, { ...options, costs: { ...options.costs, slippage: times } });
  if (lived.kind === 'refused') return null;
  const barsAYear = barsAYearOf(lived.returns.length, lived.start.date, lived.dates.at(-1) ?? lived.start.date);
  return barsAYear === null ? null : sharpe(lived.returns, lived.riskFree, barsAYear);
}

/** Of what was held at the end, as far as it has prices over all bars. */
function correlationsOf(result: BacktestResult, prices: PriceTable, barsAYear: number): ValidationDocument['correlations'] {
  const weights = dailyWeights(result, prices, 'reinvested');
  const held = result.symbols.flatMap((symbol, place) => {
    const weight = weights[place]?.at(-1) ?? 0;
    const returns = weight === 0 ? undefined : benchmarkReturns(symbol, prices, result);
    return returns === undefined ? [] : [{ returns, weight }];
  });
  const stressed = correlationStress(
    held.map(({ returns }) => returns),
    Float64Array.from(held, ({ weight }) => weight),
  );
  return stressed.map(({ stress, deviation }) => ({ stress, volatility: deviation * Math.sqrt(barsAYear) }));
}

/** So that every permuted market is lived from the same day on. */
function firstRun({ start, rebalances }: BacktestResult): BacktestResult['start']['date'] {
  return rebalances[0]?.date ?? start.date;
}

function pricesOf({ sleeves, calendar }: Subject, benchmark: string | undefined, folders: readonly string[]): PriceTable {
  const symbols = new Set(sleeves.flatMap(({ strategy }) => [...symbolsOf(strategy), ...watchedSymbols(strategy)]));
  if (benchmark !== undefined) symbols.add(benchmark);
  return priceTable(readPrices(folders, [...symbols]), calendar);
}
