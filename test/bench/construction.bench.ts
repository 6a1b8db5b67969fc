// What one portfolio of 30 assets over 252 days costs by each construction, against the covariance of the same returns.
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import { equalRisk } from '../../shared/core/strategy/construction/equal-risk.ts';
import { hierarchicalRiskParity } from '../../shared/core/strategy/construction/hierarchical-risk-parity.ts';
import { maximumDiversification, maximumSharpe } from '../../shared/core/strategy/construction/maximum-ratio.ts';
import { maximumUtility } from '../../shared/core/strategy/construction/maximum-utility.ts';
import { minimumCvar } from '../../shared/core/strategy/construction/minimum-cvar.ts';
import { minimumVariance } from '../../shared/core/strategy/construction/minimum-variance.ts';
import type { Bench } from './bench.ts';
import { constructing, FLOOR, RETURNS } from './constructing.ts';

const EXCESS = Float64Array.from(RETURNS, (_, place) => 0.0002 + 0.00001 * place);

export const bench: Bench = {
  name: 'construction',
  unit: 'ms',
  floor: FLOOR,
  rounds: 5,
  limits: { ratioMax: 12 },
  prepare: async () =>
    constructing({
      'minimum-variance': (covariance) => minimumVariance(covariance, quadraticSolver),
      'minimum-cvar': () => minimumCvar(RETURNS, 0.95),
      'maximum-sharpe': (covariance) => maximumSharpe(EXCESS, covariance, quadraticSolver),
      'black-litterman': (covariance) => maximumUtility(EXCESS, covariance, 2.5, quadraticSolver),
      'maximum-diversification': (covariance) => maximumDiversification(covariance, quadraticSolver),
      'risk-parity': (covariance) => equalRisk(covariance),
      'hierarchical-risk-parity': (covariance) => hierarchicalRiskParity(covariance),
    }),
};
