// --benchmark: what a symbol earned on the bars that are compared, or why it cannot stand beside them.
import { type BenchmarkBars, benchmarkFlaw, benchmarkReturns } from '../research/backtest/benchmark.ts';
import type { PriceTable } from '../research/backtest/price-table.ts';
import { CommandFailure } from './failure.ts';

/** Undefined where none was asked for. @throws CommandFailure, exit 2 */
export function askedBenchmark(symbol: string | undefined, prices: PriceTable, bars: BenchmarkBars): Float64Array | undefined {
  if (symbol === undefined) return undefined;
  const returns = benchmarkReturns(symbol, prices, bars);
  if (returns !== undefined) return returns;
  throw new CommandFailure('bad-prices', `--benchmark ${symbol}: ${benchmarkFlaw(symbol, prices, bars)}`, { exitCode: 2 });
}
