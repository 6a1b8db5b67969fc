import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearSolver } from '../../../research/construction/linear-solver.ts';
import { minimumCvar } from '../../../shared/core/strategy/construction/minimum-cvar.ts';
import { anyReturns } from '../../shared/core/strategy/construction/any-returns.ts';

const solveLinear = await linearSolver();

/** The mean of the worst tenth, which is four whole days of forty. */
function cvarOf(returns: readonly Float64Array[], weights: Float64Array): number {
  const days = returns[0]?.length ?? 0;
  const earned = Float64Array.from({ length: days }, (_, day) =>
    returns.reduce((sum, column, place) => sum + (column[day] as number) * (weights[place] as number), 0),
  );
  return (
    -earned
      .sort()
      .slice(0, 4)
      .reduce((sum, each) => sum + each, 0) / 4
  );
}

describe('the least conditional value at risk', () => {
  it('is not above that of any other portfolio', () => {
    fc.assert(
      fc.property(anyReturns, fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), (returns, raw) => {
        const found = minimumCvar(returns, 0.9, solveLinear);
        if (found.kind !== 'weights') throw new Error(found.kind);
        const own = Float64Array.from(raw.slice(0, returns.length));
        const sum = own.reduce((total, each) => total + each, 0);
        const other = own.map((each) => each / sum);
        expect(found.weights.reduce((total, each) => total + each, 0)).toBeCloseTo(1, 9);
        expect(cvarOf(returns, found.weights)).toBeLessThanOrEqual(cvarOf(returns, other) + 1e-9);
      }),
      { numRuns: 20 },
    );
  });

  it('keeps its limits, and has none where they cannot be kept', () => {
    const returns = [Float64Array.of(0.01, -0.05, 0.02, 0), Float64Array.of(0.001, -0.001, 0.002, 0)];
    const atLeastHalf = minimumCvar(returns, 0.75, solveLinear, { limits: [{ places: [0], least: 0.5, most: 1 }] });
    expect(atLeastHalf).toMatchObject({ kind: 'weights' });
    if (atLeastHalf.kind === 'weights') expect(atLeastHalf.weights[0]).toBeCloseTo(0.5, 9);
    const impossible = [0, 1].map((place) => ({ places: [place], least: 0, most: 0.4 }));
    expect(minimumCvar(returns, 0.75, solveLinear, { limits: impossible })).toEqual({ kind: 'infeasible' });
  });
});
