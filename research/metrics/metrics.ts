// The figures of a backtest, each by the one definition that is ours. What is not defined is null.
import { daysBetween, type NewYorkDate } from '../../shared/core/values/time.ts';
import type { BacktestResult } from '../backtest/backtest-result.ts';
import { alphaOf, betaOf, capture, correlationOf, informationRatio, trackingError } from './against-benchmark.ts';
import { periodReturns } from './calendar-returns.ts';
import { drawdownsOf, maxDrawdown, painIndex, ulcerIndex, underwater } from './drawdowns.ts';
import { excessKurtosisOf, meanOf, skewnessOf } from './moments.ts';
import { barsAYearOf, cagr, downsideDeviation, omega, ratio, sharpe, sortino, volatility } from './ratios.ts';
import { expectedShortfall, tailRatio, valueAtRisk, wonAndLost } from './tails.ts';
import { yearsBetween } from './years.ts';

/** Parts of one where nothing else is said. */
export interface Metrics {
  readonly bars: number;
  readonly years: number;
  /** The true number of bars a year, by which everything annual counts. */
  readonly barsAYear: number | null;
  readonly totalReturn: number | null;
  readonly cagr: number | null;
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly sortino: number | null;
  /** cagr / max drawdown. */
  readonly calmar: number | null;
  readonly omega: number | null;
  readonly downsideDeviation: number | null;
  readonly maxDrawdown: number | null;
  /** Days of the calendar from a peak until it was reached again, or until the end. */
  readonly longestDrawdownDays: number | null;
  readonly ulcerIndex: number | null;
  readonly painIndex: number | null;
  /** Total return / max drawdown. */
  readonly recoveryFactor: number | null;
  readonly valueAtRisk: number | null;
  readonly expectedShortfall: number | null;
  readonly tailRatio: number | null;
  readonly skewness: number | null;
  readonly excessKurtosis: number | null;
  readonly bestDay: number | null;
  readonly worstDay: number | null;
  readonly bestMonth: number | null;
  readonly worstMonth: number | null;
  readonly bestYear: number | null;
  readonly worstYear: number | null;
  /** Of the days that won or lost, those that won; of months and years likewise. */
  readonly winningDays: number | null;
  readonly winningMonths: number | null;
  readonly winningYears: number | null;
  /** Mean winning day / mean losing day. */
  readonly payoff: number | null;
  /** Σ wins / Σ losses. */
  readonly profitFactor: number | null;
  /** Σ r / Σ losses. */
  readonly gainToPain: number | null;
  /** p − (1 − p) / payoff. Source: Kelly (1956), for two outcomes. */
  readonly kelly: number | null;
  /** The mean invested fraction. */
  readonly exposure: number | null;
  /** One-way, a year, without the first funding. */
  readonly turnover: number | null;
  readonly trades: number;
  readonly rebalances: number;
  /** All that was paid, as a part of the mean equity, a year. */
  readonly costs: number | null;
  readonly benchmark: BenchmarkMetrics | null;
}

export interface BenchmarkMetrics {
  readonly cagr: number | null;
  readonly volatility: number | null;
  readonly sharpe: number | null;
  readonly maxDrawdown: number | null;
  readonly alpha: number | null;
  readonly beta: number | null;
  readonly correlation: number | null;
  readonly rSquared: number | null;
  readonly trackingError: number | null;
  readonly informationRatio: number | null;
  readonly upCapture: number | null;
  readonly downCapture: number | null;
}

type Measured = Pick<
  BacktestResult,
  'start' | 'dates' | 'equity' | 'returns' | 'riskFree' | 'exposure' | 'turnover' | 'paid' | 'trades' | 'rebalances'
>;

/** @param benchmark its returns on the bars of the result. */
export function metricsOf(result: Measured, benchmark?: Float64Array): Metrics {
  const { start, dates, equity, returns, riskFree, exposure, turnover, trades, rebalances } = result;
  const last = dates.at(-1) ?? start.date;
  const years = yearsBetween(start.date, last);
  const barsAYear = barsAYearOf(returns.length, start.date, last);
  const annual = <Value>(of: (bars: number) => Value | null): Value | null => (barsAYear === null ? null : of(barsAYear));
  const growth = (equity.at(-1) ?? start.equity) / start.equity;
  const grown = cagr(growth, years);
  const deepest = maxDrawdown(equity, start.equity);
  const below = underwater(equity, start.equity);
  const { won, lost, wins, losses } = wonAndLost(returns);
  const months = periodReturns(dates, returns, 'month').map((each) => each.return);
  const calendarYears = periodReturns(dates, returns, 'year').map((each) => each.return);
  const payoff = ratio(wins === 0 ? null : won / wins, losses === 0 ? null : lost / losses);
  const winning = ratio(wins, wins + losses);
  return {
    bars: returns.length,
    years,
    barsAYear,
    totalReturn: returns.length === 0 ? null : growth - 1,
    cagr: grown,
    volatility: annual((bars) => volatility(returns, bars)),
    sharpe: annual((bars) => sharpe(returns, riskFree, bars)),
    sortino: annual((bars) => sortino(returns, riskFree, bars)),
    calmar: ratio(grown, deepest),
    omega: omega(returns, 0),
    downsideDeviation: annual((bars) => multiplied(downsideDeviation(returns, 0), Math.sqrt(bars))),
    maxDrawdown: deepest,
    longestDrawdownDays: longestDays(result),
    ulcerIndex: ulcerIndex(below),
    painIndex: painIndex(below),
    recoveryFactor: ratio(growth - 1, deepest),
    valueAtRisk: valueAtRisk(returns),
    expectedShortfall: expectedShortfall(returns),
    tailRatio: tailRatio(returns),
    skewness: skewnessOf(returns),
    excessKurtosis: excessKurtosisOf(returns),
    bestDay: most(returns),
    worstDay: least(returns),
    bestMonth: most(months),
    worstMonth: least(months),
    bestYear: most(calendarYears),
    worstYear: least(calendarYears),
    winningDays: winning,
    winningMonths: winningPart(months),
    winningYears: winningPart(calendarYears),
    payoff,
    profitFactor: ratio(won, lost),
    gainToPain: ratio(won - lost, lost),
    kelly: winning === null || payoff === null || payoff === 0 ? null : winning - (1 - winning) / payoff,
    exposure: meanOf(exposure),
    turnover: turnover.perYear,
    trades: trades.bar.length,
    rebalances: rebalances.length,
    costs: costsAYear(result, years),
    benchmark: benchmark === undefined ? null : besides(returns, benchmark, riskFree, years, barsAYear),
  };
}

function besides(
  returns: Float64Array,
  benchmark: Float64Array,
  riskFree: Float64Array,
  years: number,
  barsAYear: number | null,
): BenchmarkMetrics {
  const annual = (of: (bars: number) => number | null): number | null => (barsAYear === null ? null : of(barsAYear));
  let held = 1;
  const equity = benchmark.map((earned) => (held *= 1 + earned));
  const correlation = correlationOf(returns, benchmark);
  return {
    cagr: cagr(equity.at(-1) ?? 1, years),
    volatility: annual((bars) => volatility(benchmark, bars)),
    sharpe: annual((bars) => sharpe(benchmark, riskFree, bars)),
    maxDrawdown: maxDrawdown(equity, 1),
    alpha: annual((bars) => alphaOf(returns, benchmark, riskFree, bars)),
    beta: betaOf(returns, benchmark),
    correlation,
    rSquared: correlation === null ? null : correlation ** 2,
    trackingError: annual((bars) => trackingError(returns, benchmark, bars)),
    informationRatio: annual((bars) => informationRatio(returns, benchmark, bars)),
    upCapture: annual((bars) => capture(returns, benchmark, 'up', bars)),
    downCapture: annual((bars) => capture(returns, benchmark, 'down', bars)),
  };
}

function longestDays({ equity, start, dates }: Measured): number | null {
  if (equity.length === 0) return null;
  const dateOf = (bar: number): NewYorkDate => (bar < 0 ? start.date : (dates[bar] as NewYorkDate));
  const falls = drawdownsOf(equity, start.equity);
  return Math.max(0, ...falls.map(({ peak, recovered }) => daysBetween(dateOf(peak), dateOf(recovered ?? equity.length - 1))));
}

function costsAYear({ paid, equity }: Measured, years: number): number | null {
  const total = Object.values(paid).reduce((sum, column) => sum + column.reduce((all, each) => all + each, 0), 0);
  const mean = meanOf(equity);
  return mean === null || !(years > 0) ? null : total / mean / years;
}

function winningPart(returns: readonly number[]): number | null {
  return ratio(returns.filter((each) => each > 0).length, returns.filter((each) => each !== 0).length);
}

function most(values: Float64Array | readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values);
}

function least(values: Float64Array | readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}

function multiplied(value: number | null, by: number): number | null {
  return value === null ? null : value * by;
}
