// The same portfolio where every asset has a least and a most, and no more than a fifth may change hands.
import { quadraticSolver } from '../../shared/adapters/solvers/quadratic-solver.ts';
import { boundedEqualRisk } from '../../shared/core/strategy/construction/bounded-equal-risk.ts';
import { minimumCvar } from '../../shared/core/strategy/construction/minimum-cvar.ts';
import { minimumVariance } from '../../shared/core/strategy/construction/minimum-variance.ts';
import type { Bench } from './bench.ts';
import { ASSETS, constructing, FLOOR, RETURNS } from './constructing.ts';

const LIMITS = {
  limits: RETURNS.map((_, place) => ({ places: [place], least: 0.005, most: 0.1 })),
  turnover: { held: new Float64Array(ASSETS).fill(1 / ASSETS), most: 0.2 },
};
const BOUNDS = { least: new Float64Array(ASSETS).fill(0.005), most: new Float64Array(ASSETS).fill(0.05) };

export const bench: Bench = {
  name: 'construction within limits',
  unit: 'ms',
  floor: FLOOR,
  rounds: 5,
  limits: { ratioMax: 40 },
  prepare: async () =>
    constructing({
      'minimum-variance': (covariance) => minimumVariance(covariance, quadraticSolver, LIMITS),
      'minimum-cvar': () => minimumCvar(RETURNS, 0.95, LIMITS),
      'risk-parity': (covariance) => boundedEqualRisk(covariance, BOUNDS),
    }),
};
