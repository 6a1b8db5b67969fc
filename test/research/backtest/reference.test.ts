// Five classic portfolios, against another program's daily returns on the same prices.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { backtest } from '../../../research/backtest/backtest.ts';
import { type BacktestOptions, NO_COSTS, USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import type { BacktestResult } from '../../../research/backtest/backtest-result.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { subjectOfPolicy } from '../../../research/backtest/subject.ts';
import { readPriceDirectory } from '../../../shared/adapters/local/price-files.ts';
import { parsePortfolioFile } from '../../../shared/contracts/portfolio-file.ts';
import type { PortfolioPolicy } from '../../../shared/contracts/portfolio-policy.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { ALL_WEATHER, GOLDEN_BUTTERFLY, IVY, SIXTY_FORTY, TREND_FRIEND, withoutDividends } from './reference-portfolios.ts';

const data = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const isHere = existsSync(`${data}reference/backtest`);
const absent = isHere ? '' : ' (left out: ../shared/data is not there)';

const rowsOf = (file: string): string[][] =>
  readFileSync(`${data}${file}`, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));

/**
 * The conventions of the reference, as one set of options: positions are valued by adjusted closes, idle cash earns the
 * bill rate of each day, nothing costs anything, and weights are traded as exactly as the strategy says them. That a decision is
 * filled at the close that decided it stands in the portfolio (live-quote). So much money that no trade is below the least.
 */
function asInReference(from: NewYorkDate): BacktestOptions {
  const [, ...rates] = rowsOf('prices/risk-free-daily.csv');
  const dates = rates.map(([date]) => date as NewYorkDate);
  return {
    ...USUAL_OPTIONS,
    equity: 1e9,
    costs: NO_COSTS,
    cash: { kind: 'daily', dates, rates: Float64Array.from(rates, ([, rate]) => Number(rate)) },
    dividends: 'reinvested',
    weights: 'exact',
    from,
  };
}

function policyOf(text: string): PortfolioPolicy {
  const read = parsePortfolioFile(text, 'reference');
  if (read.kind === 'refused') throw new Error(JSON.stringify(read.problems));
  return read.policy;
}

function backtested(text: string, weights: string): BacktestResult {
  const [[, ...symbols] = [], [from] = []] = rowsOf(`reference/backtest/${weights}`);
  const series = readPriceDirectory([`${data}prices/etf37`], symbols);
  // A strategy has prices of one adjustment: what it looks at in another is a series of its own.
  const looked = series.map(({ symbol, bars }) => ({
    symbol: withoutDividends(symbol),
    bars: bars.map((bar) => ({ ...bar, adjClose: bar.close })),
  }));
  const prices = priceTable([...series, ...looked], 'equities');
  const result = backtest(subjectOfPolicy(policyOf(text)), prices, asInReference(from as NewYorkDate));
  if (result.kind === 'refused') throw new Error(result.detail);
  return result;
}

describe(`the backtest of the classic portfolios${absent}`, () => {
  it.skipIf(!isHere).each([
    ['60/40', SIXTY_FORTY, 'united_states_6040'],
    ['the golden butterfly', GOLDEN_BUTTERFLY, 'golden_butterfly'],
    ['all weather', ALL_WEATHER, 'all_weather_portfolio'],
    ['Ivy, which leaves for cash what is below its mean of ten months,', IVY, 'ivy'],
    ['Trend Friend, of which that goes to cash after it was divided,', TREND_FRIEND, 'trend_friend_original'],
  ] as const)('earns with %s what the reference earns, every day, to 1e-9', (_, text, name) => {
    const [, ...expected] = rowsOf(`reference/backtest/assetallocation_${name}_daily_returns.csv`);
    const { dates, returns, refused } = backtested(text, `assetallocation_${name}_weights.csv`);
    expect(dates).toEqual(expected.map(([date]) => date));
    const furthest = Math.max(...expected.map(([, earned], bar) => Math.abs(Number(earned) - (returns[bar] ?? Number.NaN))));
    expect(furthest).toBeLessThan(1e-9);
    expect(refused).toEqual([]);
  });
});
