import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Limits } from '../../../../../shared/core/strategy/construction/limits.ts';
import { minimumCvar } from '../../../../../shared/core/strategy/construction/minimum-cvar.ts';
import type { Row } from '../../../../../shared/core/strategy/construction/solvers.ts';
import { absent, anyReturns, etfCloses, isHere, returnsOf } from './any-returns.ts';
import { linearSolver } from './highs-linear.ts';

const solveLinear = await linearSolver();

/** As Rockafellar and Uryasev pose it, and not as it is solved here: the level a and how far each day is beyond it. */
function leastByHighs(returns: readonly Float64Array[], level: number, { limits, turnover }: Limits): number | 'infeasible' {
  const assets = returns.length;
  const days = returns[0]?.length ?? 0;
  const variables = 2 * assets + 1 + days;
  const row = (entries: readonly (readonly [number, number])[], bound: number): Row => {
    const coefficients = new Float64Array(variables);
    for (const [place, value] of entries) coefficients[place] = (coefficients[place] as number) + value;
    return { coefficients, bound };
  };
  const places = returns.map((_, place) => place);
  const beyond = (day: number): number => 2 * assets + 1 + day;
  const linear = new Float64Array(variables).fill(1 / ((1 - level) * days), 2 * assets + 1);
  linear[2 * assets] = 1;
  const found = solveLinear({
    linear,
    exactly: [
      row(
        places.map((place) => [place, 1]),
        1,
      ),
    ],
    atLeast: [
      ...places.map((place) => row([[place, 1]], 0)),
      ...limits.flatMap(({ places: some, least, most }) => [
        row(
          some.map((place) => [place, 1]),
          least,
        ),
        row(
          some.map((place) => [place, -1]),
          -most,
        ),
      ]),
      ...(turnover === undefined
        ? []
        : [
            ...places.map((place) =>
              row(
                [
                  [assets + place, 1],
                  [place, -1],
                ],
                -(turnover.held[place] ?? 0),
              ),
            ),
            ...places.map((place) =>
              row(
                [
                  [assets + place, 1],
                  [place, 1],
                ],
                turnover.held[place] ?? 0,
              ),
            ),
            row(
              places.map((place) => [assets + place, -1]),
              -2 * turnover.most,
            ),
          ]),
      ...Array.from({ length: days }, (_, day) => [
        row([...returns.map((column, place) => [place, column[day] ?? 0] as const), [2 * assets, 1], [beyond(day), 1]], 0),
        row([[beyond(day), 1]], 0),
      ]).flat(),
    ],
  });
  return found.kind === 'solved' ? found.values.reduce((sum, value, place) => sum + value * (linear[place] ?? 0), 0) : 'infeasible';
}

/** The mean loss of the worst days, of which the last counts in part. */
function tailLoss(returns: readonly Float64Array[], weights: Float64Array, level: number): number {
  const days = returns[0]?.length ?? 0;
  const losses = Float64Array.from({ length: days }, (_, day) =>
    returns.reduce((sum, column, place) => sum - (column[day] ?? 0) * (weights[place] ?? 0), 0),
  );
  const most = 1 / ((1 - level) * days);
  let [rest, loss] = [1, 0];
  for (const each of losses.sort().reverse()) {
    const part = Math.min(most, rest);
    loss += part * each;
    rest -= part;
  }
  return loss;
}

const sum = (values: Float64Array) => values.reduce((total, each) => total + each, 0);
const anyLevel = fc.constantFrom(0.5, 0.8, 0.9, 0.95, 0.99);
const anyShare = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const anyLimits = fc.record({
  least: anyShare,
  most: anyShare,
  turnover: fc.option(anyShare, { nil: undefined }),
});

describe('the least conditional value at risk', () => {
  it('is what HiGHS finds, under bounds of a symbol and of two together and under a turnover, or as impossible as there', () => {
    fc.assert(
      fc.property(anyReturns, anyLevel, anyLimits, (returns, level, { least, most, turnover }) => {
        const limits: Limits = {
          limits: [
            { places: [0], least: 0, most },
            { places: [0, 1], least, most: 1 },
          ],
          ...(turnover === undefined
            ? {}
            : { turnover: { held: new Float64Array(returns.length).fill(1 / returns.length), most: turnover } }),
        };
        const found = minimumCvar(returns, level, limits);
        const expected = leastByHighs(returns, level, limits);
        if (found.kind !== 'weights') {
          expect([found.kind, expected]).toEqual(['infeasible', 'infeasible']);
          return;
        }
        const { weights } = found;
        expect(tailLoss(returns, weights, level)).toBeCloseTo(Number(expected), 9);
        expect(sum(weights)).toBeCloseTo(1, 9);
        expect(Math.min(...weights)).toBeGreaterThanOrEqual(0);
        expect(weights[0]).toBeLessThanOrEqual(most + 1e-9);
        expect((weights[0] ?? 0) + (weights[1] ?? 0)).toBeGreaterThanOrEqual(least - 1e-9);
        const moved = sum(weights.map((weight) => Math.abs(weight - 1 / weights.length))) / 2;
        if (turnover !== undefined) expect(moved).toBeLessThanOrEqual(turnover + 1e-9);
      }),
      { numRuns: 150 },
    );
  });

  it.skipIf(!isHere)(`is what HiGHS finds for ten ETFs over seven years, at 95% and 99%${absent}`, () => {
    const symbols = ['SPY', 'IWM', 'EFA', 'EEM', 'VNQ', 'TLT', 'IEF', 'GLD', 'DBC', 'LQD'];
    const returns = returnsOf(etfCloses(symbols, '2010-01-01', '2016-12-31'));
    for (const level of [0.95, 0.99]) {
      const found = minimumCvar(returns, level);
      if (found.kind !== 'weights') throw new Error(found.kind);
      expect(tailLoss(returns, found.weights, level)).toBeCloseTo(Number(leastByHighs(returns, level, { limits: [] })), 11);
    }
  });

  it('hedges the worst day of each with the other', () => {
    // Of w and 1 − w the days lose 3w − (1 − w) and 2(1 − w) − w; both are the worst at 4w − 1 = 2 − 3w, so at w = 3/7.
    const found = minimumCvar([Float64Array.of(-0.03, 0.01, 0.05), Float64Array.of(0.01, -0.02, 0.05)], 0.9);
    if (found.kind !== 'weights') throw new Error(found.kind);
    expect(found.weights[0]).toBeCloseTo(3 / 7, 12);
  });

  it('has the same weights in whatever unit the returns are', () => {
    const returns = [Float64Array.of(-0.03, 0.01, 0.05, -0.01), Float64Array.of(0.01, -0.02, 0.04, 0.003)];
    const [one, percent] = [returns, returns.map((column) => column.map((each) => 128 * each))].map((each) => minimumCvar(each, 0.75));
    expect(percent).toEqual(one);
  });

  it('has none where its limits cannot be kept, and none of an asset that does not move', () => {
    const returns = [Float64Array.of(0.01, -0.05, 0.02, 0), Float64Array.of(0.001, -0.001, 0.002, 0)];
    const impossible = [0, 1].map((place) => ({ places: [place], least: 0, most: 0.4 }));
    expect(minimumCvar(returns, 0.75, { limits: impossible })).toEqual({ kind: 'infeasible' });
    expect(minimumCvar([returns[0] ?? new Float64Array(), new Float64Array(4)], 0.75)).toEqual({ kind: 'flat', place: 1 });
  });
});
