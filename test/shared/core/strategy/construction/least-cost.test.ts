// The simplex method against HiGHS, on problems of every kind: with an answer, without one, and without an end.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Column, leastCost } from '../../../../../shared/core/strategy/construction/least-cost.ts';
import { linearSolver } from './highs-linear.ts';

const solveLinear = await linearSolver();

function byHighs(columns: readonly Column[], bounds: Float64Array) {
  const alone = (column: number, value: number) => new Float64Array(columns.length).fill(value, column, column + 1);
  return solveLinear({
    linear: Float64Array.from(columns, ({ cost }) => cost),
    exactly: Array.from(bounds, (bound, row) => ({ coefficients: Float64Array.from(columns, ({ entries }) => entries[row] ?? 0), bound })),
    atLeast: columns.flatMap(({ most }, column) => [
      { coefficients: alone(column, 1), bound: 0 },
      ...(most === Number.POSITIVE_INFINITY ? [] : [{ coefficients: alone(column, -1), bound: -most }]),
    ]),
  });
}

const small = fc.integer({ min: -3, max: 3 });
/** Small whole numbers: many ties, rows that follow from others, and bounds that meet. */
const anyProblem = fc.integer({ min: 1, max: 4 }).chain((rows) =>
  fc.record({
    columns: fc.array(
      fc.record({
        cost: small,
        most: fc.constantFrom(1, 2, 5, Number.POSITIVE_INFINITY),
        entries: fc.array(small, { minLength: rows, maxLength: rows }).map((entries) => Float64Array.from(entries)),
      }),
      { minLength: 1, maxLength: 8 },
    ),
    bounds: fc.array(small, { minLength: rows, maxLength: rows }).map((bounds) => Float64Array.from(bounds)),
  }),
);

const costOf = (columns: readonly Column[], values: Float64Array) =>
  columns.reduce((sum, { cost }, column) => sum + cost * (values[column] ?? 0), 0);

describe('the least cost', () => {
  it('is what HiGHS finds, or ends as it does', () => {
    fc.assert(
      fc.property(anyProblem, ({ columns, bounds }) => {
        const [found, expected] = [leastCost(columns, bounds), byHighs(columns, bounds)];
        if (found.kind !== 'solved' || expected.kind !== 'solved') {
          expect(found.kind).toBe(expected.kind);
          return;
        }
        expect(costOf(columns, found.values)).toBeCloseTo(costOf(columns, expected.values), 8);
        for (const [row, bound] of bounds.entries())
          expect(columns.reduce((sum, { entries }, column) => sum + (entries[row] ?? 0) * (found.values[column] ?? 0), 0)).toBeCloseTo(
            bound,
            8,
          );
        for (const [column, { most }] of columns.entries()) {
          expect(found.values[column]).toBeGreaterThanOrEqual(-1e-8);
          expect(found.values[column]).toBeLessThanOrEqual(most + 1e-8);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('prices a row by what one more of its bound would cost', () => {
    // The cheaper one up to 2, the dearer one for the rest: 2 · 1 + 3 · 4 = 14, and another one would cost 4.
    const columns = [
      { cost: 1, most: 2, entries: Float64Array.of(1) },
      { cost: 4, most: Number.POSITIVE_INFINITY, entries: Float64Array.of(1) },
    ];
    expect(leastCost(columns, Float64Array.of(5))).toEqual({
      kind: 'solved',
      values: Float64Array.of(2, 3),
      prices: Float64Array.of(4),
    });
  });

  it('ends on the problem on which the steepest descent goes in circles', () => {
    // Beale (1955): −0.75, 150, −0.02, 6 under two rows of 0 and one of 1; the least is −0.05.
    const columns = [
      { cost: -0.75, entries: [0.25, 0.5, 0] },
      { cost: 150, entries: [-60, -90, 0] },
      { cost: -0.02, entries: [-1 / 25, -1 / 50, 1] },
      { cost: 6, entries: [9, 3, 0] },
      { cost: 0, entries: [1, 0, 0] },
      { cost: 0, entries: [0, 1, 0] },
      { cost: 0, entries: [0, 0, 1] },
    ].map(({ cost, entries }): Column => ({ cost, most: Number.POSITIVE_INFINITY, entries: Float64Array.from(entries) }));
    const found = leastCost(columns, Float64Array.of(0, 0, 1));
    expect(found.kind === 'solved' && costOf(columns, found.values)).toBeCloseTo(-0.05, 12);
  });
});
