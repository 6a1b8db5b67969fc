// What the full backtest of a portfolio that is looked at every day costs, over five years: some 1,260 runs of the real workflow.
// Against the fast mode of the same, which it meets to 1e-9 on every one of these days.
import assert from 'node:assert/strict';
import { backtest } from '../../research/backtest/backtest.ts';
import { NO_COSTS, USUAL_OPTIONS } from '../../research/backtest/backtest-options.ts';
import type { BacktestRefused, BacktestResult } from '../../research/backtest/backtest-result.ts';
import { priceTable } from '../../research/backtest/price-table.ts';
import { subjectOfPolicy } from '../../research/backtest/subject.ts';
import { fullBacktest } from '../../research/full/full-backtest.ts';
import { parsePortfolioFile } from '../../shared/contracts/portfolio-file.ts';
import { centMarket } from '../research/full/cent-market.ts';
import { TEN_PORTFOLIOS } from '../research/full/ten-portfolios.ts';
import type { Bench } from './bench.ts';
import { milliseconds } from './evaluating.ts';

const EQUITY = 1_000_000;
const APART_MAX = 1e-9;

export const bench: Bench = {
  name: 'full backtest, 1,260 runs',
  unit: 'ms',
  floor: 'the fast mode',
  rounds: 1,
  limits: { subjectMax: 60_000 },
  prepare: async () => {
    const prices = priceTable(centMarket('2020-01-02', '2024-12-31'), 'equities');
    const [, , inABand] = TEN_PORTFOLIOS;
    const read = parsePortfolioFile(inABand.text('fractional'), inABand.name);
    assert.ok(read.kind === 'portfolio');
    const fast = (): BacktestResult | BacktestRefused =>
      backtest(subjectOfPolicy(read.policy), prices, { ...USUAL_OPTIONS, equity: EQUITY, costs: NO_COSTS });
    const equityOf = (result: BacktestResult | BacktestRefused): Float64Array => {
      assert.ok(result.kind === 'result');
      return result.equity;
    };
    const lived = async (): Promise<number> => {
      const began = performance.now();
      const full = await fullBacktest(read, prices, { equity: EQUITY, halfSpreadBps: 0, fees: 'none', partialFillPpm: 0, seed: 1 });
      const took = performance.now() - began;
      const other = equityOf(fast());
      assert.ok(
        equityOf(full).every((equity, bar) => Math.abs(equity / (other[bar] as number) - 1) < APART_MAX),
        'the two modes are apart',
      );
      return took;
    };
    return { subjects: [{ name: 'every day for five years', measure: lived }], floor: async () => milliseconds(fast) };
  },
};
