// The solvers of a world whose portfolios may need them. Where a deployment has none that does, its functions are bundled with
// no-solvers.ts in the place of this file: see lib/without-solvers.ts.
import { quadraticSolver } from '../adapters/solvers/quadratic-solver.ts';
import type { Solvers } from '../core/strategy/construction/solvers.ts';

export const keptSolvers: Solvers = quadraticSolver;
