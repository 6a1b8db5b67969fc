// Quadratic problems by quadprog: the dual active-set method, which begins at the unconstrained minimum and is exact after
// finitely many steps. Arithmetic and square roots in a fixed order, so the same problem has the same bits everywhere.
//
// Source: Goldfarb and Idnani (1983), A numerically stable dual method for solving strictly convex quadratic programs.
import { solveQP } from 'quadprog';
import type { QuadraticProblem, Row, Solution, Solvers } from '../../core/strategy/construction/solvers.ts';

/** How much a row may be missed by, in its own units: beyond it the answer is none. */
const MISSED_MAX = 1e-9;
const SINGULAR = 'not positive definite';

export const quadraticSolver: Solvers = {
  solveQuadratic({ quadratic, linear, exactly, atLeast }: QuadraticProblem): Solution {
    const rows = [...exactly, ...atLeast];
    const { solution, message } = solveQP(
      fromOne(quadratic.map((row) => fromOne([...row]))),
      fromOne(Array.from(linear, (each) => -each)),
      fromOne(Array.from(linear, (_, variable) => fromOne(rows.map(({ coefficients }) => coefficients[variable] as number)))),
      fromOne(rows.map(({ bound }) => bound)),
      exactly.length,
    );
    if (message !== '') return { kind: message.includes(SINGULAR) ? 'singular' : 'infeasible' };
    const values = Float64Array.from(solution.slice(1));
    const isKept =
      exactly.every((row) => Math.abs(restOf(row, values)) <= MISSED_MAX) && atLeast.every((row) => restOf(row, values) >= -MISSED_MAX);
    return isKept ? { kind: 'solved', values } : { kind: 'infeasible' };
  },
};

function fromOne<Item>(items: readonly Item[]): Item[] {
  const shifted = new Array<Item>(items.length + 1);
  for (const [place, item] of items.entries()) shifted[place + 1] = item;
  return shifted;
}

/** NaN, which is no answer either, is no rest that any comparison takes. */
function restOf({ coefficients, bound }: Row, values: Float64Array): number {
  return coefficients.reduce((sum, each, place) => sum + each * (values[place] as number), -bound);
}
