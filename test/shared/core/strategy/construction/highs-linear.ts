// Linear problems by HiGHS, in megabytes of WebAssembly: what our own simplex method is held to.
import loadHighs from 'highs';
import type { Row } from '../../../../../shared/core/strategy/construction/solvers.ts';

/** The least cᵀx. Variables have no bounds beside those of the rows. */
interface LinearProblem {
  readonly linear: Float64Array;
  readonly exactly: readonly Row[];
  readonly atLeast: readonly Row[];
}

type Solution = { readonly kind: 'solved'; readonly values: Float64Array } | { readonly kind: 'infeasible' | 'unbounded' };

const LINE_TERMS = 8;

/** Loads HiGHS once; what it returns is pure. */
export async function linearSolver(): Promise<(problem: LinearProblem) => Solution> {
  const highs = await loadHighs();
  return (problem) => {
    const { Status: status, Columns: columns } = highs.solve(lpText(problem), { solver: 'simplex', presolve: 'off', parallel: 'off' });
    if (status === 'Infeasible') return { kind: 'infeasible' };
    if (status === 'Unbounded') return { kind: 'unbounded' };
    if (status !== 'Optimal') throw new Error(`HiGHS ended with ${status}`);
    return { kind: 'solved', values: Float64Array.from(problem.linear, (_, place) => columns[`x${place}`]?.Primal ?? Number.NaN) };
  };
}

/** In CPLEX's LP format. Numbers are written so that reading them gives the same bits. */
function lpText({ linear, exactly, atLeast }: LinearProblem): string {
  return [
    'Minimize',
    ` obj: ${sumOf(linear)}`,
    'Subject To',
    ...exactly.map((row, place) => ` e${place}: ${rowText(row, '=')}`),
    ...atLeast.map((row, place) => ` l${place}: ${rowText(row, '>=')}`),
    'Bounds',
    ...Array.from(linear, (_, place) => ` x${place} free`),
    'End',
  ].join('\n');
}

function rowText({ coefficients, bound }: Row, relation: string): string {
  return `${sumOf(coefficients)} ${relation} ${bound}`;
}

function sumOf(coefficients: Float64Array): string {
  const terms: string[] = [];
  for (const [place, coefficient] of coefficients.entries())
    if (coefficient !== 0) terms.push(`${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} x${place}`);
  // The format has a longest line.
  return terms.map((term, place) => (place > 0 && place % LINE_TERMS === 0 ? `\n  ${term}` : term)).join(' ');
}
