// Figures of other people's programs and of a textbook.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { alphaOf, betaOf, capture } from '../../../research/metrics/against-benchmark.ts';
import { maxDrawdown, painIndex, ulcerIndex, underwater } from '../../../research/metrics/drawdowns.ts';
import { excessKurtosisOf, skewnessOf } from '../../../research/metrics/moments.ts';
import { cagr, downsideDeviation, omega, sharpe, sortino, totalReturn, volatility } from '../../../research/metrics/ratios.ts';
import { expectedShortfall, tailRatio, valueAtRisk } from '../../../research/metrics/tails.ts';
import { shapeOf } from '../../../research/validation/statistics/return-shape.ts';

const data = fileURLToPath(new URL('../../../../shared/data/', import.meta.url));
const isHere = existsSync(`${data}reference/metrics`);
const absent = isHere ? '' : ' (left out: ../shared/data is not there)';
const json = (name: string): unknown => JSON.parse(readFileSync(`${data}reference/metrics/${name}.json`, 'utf8'));

interface Series {
  readonly series: readonly (number | null)[];
}
type Vectors = Readonly<Record<string, { readonly cases: readonly (readonly (Series | number | string)[])[] }>>;

const PERIODS = { daily: 252, weekly: 52, monthly: 12 } as const;
const periodOf = (name: unknown): number => PERIODS[name as keyof typeof PERIODS];
const isSeries = (value: unknown): value is Series => typeof value === 'object' && value !== null && 'series' in value;
const columnOf = (value: unknown): Float64Array =>
  isSeries(value) ? Float64Array.from(value.series.filter((each) => each !== null)) : Float64Array.of();
/** A column, or one number for all bars. The first bar of these vectors has no return. */
const targetOf = (value: unknown, bars: number): Float64Array | number =>
  isSeries(value) ? columnOf(value).slice(-bars) : (value as number);
const equityOf = (returns: Float64Array): Float64Array => {
  let held = 1;
  return returns.map((each) => (held *= 1 + each));
};

/** `NaN` there is `null` here. */
function expectAs(actual: number | null, expected: unknown): void {
  if (expected === 'NaN') expect(actual).toBeNull();
  else expect(actual).toBeCloseTo(expected as number, 8);
}

describe(`metrics${absent}`, () => {
  it.skipIf(!isHere)('are those of empyrical on its own test vectors, and null where it has no number', () => {
    const { tests } = json('empyrical_test_vectors') as { tests: Vectors };
    const each = (name: string, check: (...args: readonly unknown[]) => void): void => {
      const cases = (tests[name]?.cases ?? []).filter((args) => args.every((arg) => typeof arg !== 'object' || isSeries(arg)));
      expect(cases.length, name).toBeGreaterThan(0);
      for (const args of cases) check(...args);
    };
    each('test_max_drawdown', (returns, expected) => {
      const deepest = maxDrawdown(equityOf(columnOf(returns)), 1);
      expectAs(deepest === null ? null : 0 - deepest, expected);
    });
    each('test_annual_volatility', (returns, period, expected) => expectAs(volatility(columnOf(returns), periodOf(period)), expected));
    each('test_annual_ret', (returns, period, expected) => {
      const own = columnOf(returns);
      // Theirs counts the first bar too, which has no return.
      const bars = (returns as Series).series.length;
      expectAs(cagr(1 + (totalReturn(own) ?? Number.NaN), bars / periodOf(period)), expected);
    });
    each('test_sharpe_ratio', (returns, riskFree, expected) => {
      const own = columnOf(returns);
      expectAs(own.length === 0 ? null : sharpe(own, targetOf(riskFree, own.length), 252), expected);
    });
    each('test_downside_risk', (returns, target, period, expected) => {
      const own = columnOf(returns);
      const deviation = downsideDeviation(own, targetOf(target, own.length));
      expectAs(deviation === null ? null : deviation * Math.sqrt(periodOf(period)), expected);
    });
    each('test_sortino', (returns, target, period, expected) => {
      const own = columnOf(returns);
      expectAs(sortino(own, targetOf(target, own.length), periodOf(period)), expected);
    });
    // In this one of theirs the bar without a return counts as one of zero.
    const withZero = (returns: unknown) => Float64Array.from((returns as Series).series, (earned) => earned ?? 0);
    each('test_tail_ratio', (returns, expected) => expectAs(tailRatio(withZero(returns)), expected));
    each('test_beta', (returns, benchmark, expected) => {
      const own = columnOf(returns);
      expectAs(betaOf(own, columnOf(benchmark).slice(-own.length)), expected);
    });
    each('test_alpha', (returns, benchmark, expected) => {
      const own = columnOf(returns);
      expectAs(alphaOf(own, columnOf(benchmark).slice(-own.length), 0, 252), expected);
    });
    each('test_omega', (returns, riskFree, required, expected) => {
      if (typeof riskFree !== 'number') return;
      const daily = required === 0 ? 0 : (1 + (required as number)) ** (1 / 252) - 1;
      expectAs(omega(columnOf(returns), riskFree + daily), expected);
    });
    each('test_up_capture', (returns, benchmark, expected) => {
      const own = columnOf(returns);
      const other = columnOf(benchmark);
      const bars = Math.min(own.length, other.length);
      expectAs(capture(own.slice(-bars), other.slice(-bars), 'up', 252), expected);
    });
  });

  it.skipIf(!isHere).each(['TLT', 'GLD'])('are those of empyrical on the returns of %s', (symbol) => {
    const { results } = json('empyrical_on_real_series') as { results: { series: string; metrics: Record<string, number> }[] };
    const expected = results.find(({ series }) => series.endsWith(` ${symbol}`))?.metrics ?? {};
    const [, ...rows] = readFileSync(`${data}prices/etf37/${symbol}.csv`, 'utf8').trim().split('\n');
    const closes = rows.map((row) => Number(row.split(',')[2]));
    const returns = Float64Array.from(closes.slice(1), (close, bar) => close / (closes[bar] as number) - 1);
    const { n = 0 } = expected;
    expect(returns.length).toBe(n);
    const total = totalReturn(returns) ?? Number.NaN;
    const grown = cagr(1 + total, n / 252) ?? Number.NaN;
    const deepest = maxDrawdown(equityOf(returns), 1) ?? Number.NaN;
    expect({
      annual_return: grown,
      cum_returns_final: total,
      annual_volatility: volatility(returns, 252),
      sharpe_ratio: sharpe(returns, 0, 252),
      sharpe_ratio_daily_rf_0_0001: sharpe(returns, 0.0001, 252),
      sortino_ratio: sortino(returns, 0, 252),
      downside_risk: (downsideDeviation(returns) ?? Number.NaN) * Math.sqrt(252),
      calmar_ratio: grown / deepest,
      max_drawdown: -deepest,
      omega_ratio: omega(returns, 0),
      tail_ratio: tailRatio(returns),
      value_at_risk_5pct: valueAtRisk(returns),
      conditional_value_at_risk_5pct: expectedShortfall(returns),
      skew: skewnessOf(returns),
      kurtosis_excess: excessKurtosisOf(returns),
      n,
    }).toEqual(
      Object.fromEntries(
        Object.entries(expected).flatMap(([name, value]) => (name === 'stability_of_timeseries' ? [] : [[name, expect.closeTo(value, 7)]])),
      ),
    );
  });

  it.skipIf(!isHere)('are those that Bacon prints for his portfolio', () => {
    const { portfolio_pct, benchmark_pct, expected } = json('bacon_performanceanalytics') as {
      portfolio_pct: number[];
      benchmark_pct: number[];
      expected: Record<string, number>;
    };
    const returns = Float64Array.from(portfolio_pct, (each) => each / 100);
    const benchmark = Float64Array.from(benchmark_pct, (each) => each / 100);
    const equity = equityOf(returns);
    expect(painIndex(underwater(equity, 1))).toBeCloseTo(expected['PainIndex'] as number, 2);
    const annual = cagr(equity.at(-1) ?? 0, 2) ?? Number.NaN;
    expect(annual / (ulcerIndex(underwater(equity, 1)) ?? 0)).toBeCloseTo(expected['MartinRatio'] as number, 1);
    expect(omega(returns, 0)).toBeCloseTo(expected['BernardoLedoitRatio'] as number, 2);
    expect((omega(returns, 0.005) ?? 0) - 1).toBeCloseTo(expected['OmegaSharpeRatio_MAR_0_005'] as number, 2);
    expect(skewnessOf(returns)).toBeCloseTo(expected['skewness_sample'] as number, 2);
    expect(shapeOf(returns)?.kurtosis).toBeCloseTo(expected['kurtosis_moment'] as number, 2);
    expect(betaOf(returns, benchmark)).toBeGreaterThan(0.9);
    expect(downsideDeviation(returns, 0.5)).toBeCloseTo(expected['DownsideDeviation_MAR_0_5'] as number, 3);
  });

  it.skipIf(!isHere)('are those of the small published examples', () => {
    const { cases } = json('small_published') as {
      cases: { name: string; returns?: number[]; equity?: number[]; expected: number; tolerance?: number }[];
    };
    const answers = cases.map(({ name, returns = [], equity = [] }) => {
      if (name.startsWith('Sortino')) return sortino(Float64Array.from(returns), 0, 1);
      if (name === 'max drawdown') return maxDrawdown(Float64Array.from(equity), equity[0] ?? 0);
      return sharpe(Float64Array.from(returns), 0.005, 12);
    });
    for (const [place, { expected, tolerance = 1e-12 }] of cases.entries())
      expect(Math.abs((answers[place] ?? Number.NaN) - expected)).toBeLessThanOrEqual(tolerance);
  });
});
