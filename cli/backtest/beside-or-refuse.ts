// --benchmark: what it earned on the bars that it is compared on.
import { benchmarkFlaw, benchmarkReturns } from '../../research/backtest/benchmark.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
import { CommandFailure } from '../failure.ts';

/** Undefined where none was asked for. @throws CommandFailure, exit 2, where its closes do not reach from the start to the end. */
export function besideOrRefuse(
  benchmark: string | undefined,
  prices: PriceTable,
  bars: Parameters<typeof benchmarkReturns>[2],
): Float64Array | undefined {
  if (benchmark === undefined) return undefined;
  const returns = benchmarkReturns(benchmark, prices, bars);
  if (returns !== undefined) return returns;
  throw new CommandFailure('bad-prices', `--benchmark ${benchmark}: ${benchmarkFlaw(benchmark, prices, bars)}`, { exitCode: 2 });
}
