// Figures of other people's programs: PyPortfolioOpt, cvxpy and Lean, where they can be had.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { quadraticSolver } from '../../../../../shared/adapters/solvers/quadratic-solver.ts';
import type { Constructed } from '../../../../../shared/core/strategy/construction/constructed.ts';
import { equalRisk } from '../../../../../shared/core/strategy/construction/equal-risk.ts';
import { hierarchicalRiskParity } from '../../../../../shared/core/strategy/construction/hierarchical-risk-parity.ts';
import { shrunkToIdentity } from '../../../../../shared/core/strategy/construction/ledoit-wolf.ts';
import { maximumSharpe } from '../../../../../shared/core/strategy/construction/maximum-ratio.ts';
import { minimumVariance } from '../../../../../shared/core/strategy/construction/minimum-variance.ts';
import { sampleCovariance } from '../../../../../shared/core/strategy/construction/sample-covariance.ts';
import { absent, data, etfCloses, isHere, returnsOf } from './any-returns.ts';

const json = <Shape>(name: string): Shape => JSON.parse(readFileSync(`${data}reference/optimisation/${name}.json`, 'utf8')) as Shape;
const SYMBOLS = ['SPY', 'IWM', 'EFA', 'EEM', 'VNQ', 'TLT', 'IEF', 'GLD', 'DBC', 'LQD'];

function expectWeights(found: Constructed, symbols: readonly string[], expected: Readonly<Record<string, number>>, digits = 8) {
  expect(found.kind).toBe('weights');
  if (found.kind !== 'weights') return;
  for (const [place, symbol] of symbols.entries())
    expect(found.weights[place], symbol).toBeCloseTo(expected[symbol] ?? Number.NaN, digits - 1);
}

describe.skipIf(!isHere)(`on ten ETFs, 2010 to 2016${absent}`, () => {
  interface Case {
    readonly case: string;
    readonly weights: Readonly<Record<string, number>>;
  }
  const cases = isHere ? json<{ readonly cases: readonly Case[] }>('pypfopt').cases : [];
  const expected = (start: string) => cases.find((each) => each.case.startsWith(start))?.weights ?? {};
  const closes = isHere ? etfCloses(SYMBOLS, '2010-01-01', '2016-12-31') : [];
  const returns = returnsOf(closes);
  const covariance = sampleCovariance(returns);
  const excess = Float64Array.from(closes, (column) => ((column.at(-1) ?? 0) / (column[0] ?? 1)) ** (252 / (column.length - 1)) - 1 - 0.02);
  const annual = covariance.map((row) => row.map((each) => each * 252));

  it('has the least variance that PyPortfolioOpt finds', () => {
    expectWeights(minimumVariance(covariance, quadraticSolver), SYMBOLS, expected('ETF min_volatility'));
  });

  it('shrinks as scikit-learn does, and then has its least variance', () => {
    const { covariance: shrunk, intensity } = shrunkToIdentity(returns);
    expect(intensity).toBeCloseTo(0.0064756111, 10);
    expectWeights(minimumVariance(shrunk, quadraticSolver), SYMBOLS, expected('ETF min_volatility Ledoit-Wolf'));
  });

  it('has the largest Sharpe ratio that PyPortfolioOpt finds, with and without a bound of 30%', () => {
    expectWeights(maximumSharpe(excess, annual, quadraticSolver), SYMBOLS, expected('ETF max_sharpe rf 0.02'));
    const limits = SYMBOLS.map((_, place) => ({ places: [place], least: 0, most: 0.3 }));
    expectWeights(maximumSharpe(excess, annual, quadraticSolver, { limits }), SYMBOLS, expected('ETF max_sharpe cap 0.3'));
  });

  it('has the hierarchical risk parity of PyPortfolioOpt, by single linkage', () => {
    expectWeights(hierarchicalRiskParity(covariance), SYMBOLS, expected('ETF HRP single'));
  });
});

describe.skipIf(!isHere)(`risk parity${absent}`, () => {
  interface Case {
    readonly tickers: readonly string[];
    readonly first: string;
    readonly last: string;
    readonly budget: readonly number[];
    readonly weights: Readonly<Record<string, number>>;
  }
  const cases = isHere ? json<{ readonly cases: readonly Case[] }>('etf_risk_parity').cases : [];
  it.each(cases.map((each) => [each.budget.join(', '), each] as const))(
    'has the weights of cvxpy for budgets of %s',
    (_, { tickers, first, last, budget, weights }) => {
      const covariance = sampleCovariance(returnsOf(etfCloses(tickers, first, last)));
      expectWeights(equalRisk(covariance, Float64Array.from(budget)), tickers, weights);
    },
  );

  interface LeanCase {
    readonly case: number;
    readonly covariance: readonly (readonly number[])[];
    readonly risk_budget: readonly number[];
    readonly weights: readonly number[];
  }
  const lean = isHere ? json<{ readonly cases: readonly LeanCase[] }>('lean_risk_parity').cases : [];
  it.each(lean.map((each) => [each.case, each] as const))(
    'has the weights of case %i of Lean',
    (_, { covariance, risk_budget: budget, weights }) => {
      const found = equalRisk(
        covariance.map((row) => Float64Array.from(row)),
        Float64Array.from(budget),
      );
      const named = Object.fromEntries(weights.map((weight, place) => [`${place}`, weight]));
      expectWeights(found, Object.keys(named), named, 6);
    },
  );
});
