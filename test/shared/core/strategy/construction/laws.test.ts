// What holds of every construction, whatever the returns.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quadraticSolver } from '../../../../../shared/adapters/solvers/quadratic-solver.ts';
import { boundedEqualRisk } from '../../../../../shared/core/strategy/construction/bounded-equal-risk.ts';
import type { Bounds } from '../../../../../shared/core/strategy/construction/bounds.ts';
import type { Constructed } from '../../../../../shared/core/strategy/construction/constructed.ts';
import { equalRisk } from '../../../../../shared/core/strategy/construction/equal-risk.ts';
import { hierarchicalRiskParity } from '../../../../../shared/core/strategy/construction/hierarchical-risk-parity.ts';
import { shrunkToConstantCorrelation, shrunkToIdentity } from '../../../../../shared/core/strategy/construction/ledoit-wolf.ts';
import type { Limits } from '../../../../../shared/core/strategy/construction/limits.ts';
import { type Matrix, quadraticForm } from '../../../../../shared/core/strategy/construction/matrix.ts';
import { maximumDiversification, maximumSharpe } from '../../../../../shared/core/strategy/construction/maximum-ratio.ts';
import { minimumVariance } from '../../../../../shared/core/strategy/construction/minimum-variance.ts';
import { riskContributions } from '../../../../../shared/core/strategy/construction/risk-contributions.ts';
import { sampleCovariance } from '../../../../../shared/core/strategy/construction/sample-covariance.ts';
import { anyReturns, reordered } from './any-returns.ts';

const RUNS = { numRuns: 60 };
const sum = (values: Float64Array) => values.reduce((total, each) => total + each, 0);
const weightsOf = (found: Constructed): Float64Array => {
  if (found.kind !== 'weights') throw new Error(`expected weights, got ${found.kind}`);
  return found.weights;
};
const optimised = (covariance: Matrix, limits?: Limits): readonly Constructed[] => [
  minimumVariance(covariance, quadraticSolver, limits),
  maximumDiversification(covariance, quadraticSolver, limits),
];
const all = (covariance: Matrix): readonly Constructed[] => [
  ...optimised(covariance),
  equalRisk(covariance),
  hierarchicalRiskParity(covariance),
];
const scaledBy = (factor: number, matrix: Matrix): Matrix => matrix.map((row) => row.map((each) => each * factor));
const columnsOf = (assets: number) => Array.from({ length: assets }, (_, place) => new Float64Array(assets).fill(1, place, place + 1));

describe('every construction', () => {
  it('sums to one, and is short of nothing', () => {
    fc.assert(
      fc.property(anyReturns, (returns) => {
        for (const found of all(sampleCovariance(returns))) {
          expect(sum(weightsOf(found))).toBeCloseTo(1, 12);
          expect(Math.min(...weightsOf(found))).toBeGreaterThanOrEqual(0);
        }
      }),
      RUNS,
    );
  });

  it('does not depend on the unit of the returns', () => {
    fc.assert(
      fc.property(anyReturns, fc.constantFrom(1e-6, 0.01, 100, 252, 1e6), (returns, unit) => {
        const covariance = sampleCovariance(returns);
        for (const [place, found] of all(scaledBy(unit, covariance)).entries()) {
          const usual = weightsOf(all(covariance)[place] as Constructed);
          for (const [asset, weight] of weightsOf(found).entries()) expect(weight).toBeCloseTo(usual[asset] as number, 9);
        }
      }),
      RUNS,
    );
  });

  it('gives each asset the same weight in whatever order they come, hierarchical risk parity apart', () => {
    fc.assert(
      fc.property(anyReturns, fc.integer({ min: 0, max: 10 }), (returns, seed) => {
        const { items, from } = reordered(returns, seed);
        const usual = all(sampleCovariance(returns)).slice(0, 3);
        for (const [place, found] of all(sampleCovariance(items)).slice(0, 3).entries())
          for (const [asset, weight] of weightsOf(found).entries())
            expect(weight).toBeCloseTo(weightsOf(usual[place] as Constructed)[from[asset] as number] as number, 9);
      }),
      RUNS,
    );
  });

  it('has no weights where an asset does not move', () => {
    const covariance = sampleCovariance([Float64Array.of(0.01, -0.02, 0.03), new Float64Array(3)]);
    for (const found of all(covariance)) expect(found).toEqual({ kind: 'flat', place: 1 });
  });
});

describe('least variance', () => {
  it('is not above that of any other portfolio', () => {
    fc.assert(
      fc.property(anyReturns, fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), (returns, raw) => {
        const covariance = sampleCovariance(returns);
        const own = Float64Array.from(raw.slice(0, returns.length));
        const other = own.map((each) => each / sum(own));
        const least = quadraticForm(covariance, weightsOf(minimumVariance(covariance, quadraticSolver)));
        expect(least).toBeLessThanOrEqual(quadraticForm(covariance, other) * (1 + 1e-12));
      }),
      RUNS,
    );
  });

  it('is inverse variance where nothing goes together', () => {
    // 1/0.04 : 1/0.01 = 25 : 100.
    const found = weightsOf(minimumVariance([Float64Array.of(0.04, 0), Float64Array.of(0, 0.01)], quadraticSolver));
    expect(found[0]).toBeCloseTo(0.2, 12);
    expect(found[1]).toBeCloseTo(0.8, 12);
  });

  it('has no answer where one asset is another one twice, or there are fewer days than assets', () => {
    const one = Float64Array.of(0.01, -0.02, 0.03, 0.01);
    expect(minimumVariance(sampleCovariance([one, one.map((each) => 2 * each)]), quadraticSolver)).toEqual({ kind: 'singular' });
    const few = [Float64Array.of(0.01, 0.02), Float64Array.of(0.03, -0.01), Float64Array.of(-0.01, 0.02)];
    expect(minimumVariance(sampleCovariance(few), quadraticSolver)).toEqual({ kind: 'singular' });
  });
});

describe('limits', () => {
  it('are kept by the weights, and cost variance', () => {
    fc.assert(
      fc.property(anyReturns, (returns) => {
        const covariance = sampleCovariance(returns);
        const limits: Limits = {
          limits: [
            { places: [0], least: 0.3, most: 0.5 },
            { places: returns.map((_, place) => place).slice(1), least: 0, most: 0.6 },
          ],
        };
        for (const [place, found] of optimised(covariance, limits).entries()) {
          const weights = weightsOf(found);
          expect(sum(weights)).toBeCloseTo(1, 10);
          // The others may have 60% at most, so the first has 40% at least.
          expect(weights[0]).toBeGreaterThanOrEqual(0.4 - 1e-10);
          expect(weights[0]).toBeLessThanOrEqual(0.5);
          if (place === 0)
            expect(quadraticForm(covariance, weights)).toBeGreaterThanOrEqual(
              quadraticForm(covariance, weightsOf(minimumVariance(covariance, quadraticSolver))) * (1 - 1e-9),
            );
        }
      }),
      RUNS,
    );
  });

  it('that cannot be kept together leave no weights', () => {
    const covariance = columnsOf(3);
    const limits = { limits: [0, 1, 2].map((place) => ({ places: [place], least: 0, most: 0.3 })) };
    for (const found of optimised(covariance, limits)) expect(found).toEqual({ kind: 'infeasible' });
  });

  it('let no more change hands than the turnover, and everything where it is enough', () => {
    fc.assert(
      fc.property(anyReturns, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (returns, most) => {
        const covariance = sampleCovariance(returns);
        const held = new Float64Array(returns.length).fill(1 / returns.length);
        const free = optimised(covariance);
        for (const [place, found] of optimised(covariance, { limits: [], turnover: { held, most } }).entries()) {
          const weights = weightsOf(found);
          const moved = (to: Float64Array) => sum(to.map((weight, asset) => Math.abs(weight - (held[asset] as number)))) / 2;
          expect(moved(weights)).toBeLessThanOrEqual(most + 1e-9);
          const unbound = weightsOf(free[place] as Constructed);
          if (moved(unbound) <= most) expect(weights).toEqual(unbound);
        }
      }),
      RUNS,
    );
  });

  it('of a turnover of nothing leave what is held', () => {
    const held = Float64Array.of(0.5, 0.2, 0.3);
    const covariance = [Float64Array.of(0.04, 0.01, 0), Float64Array.of(0.01, 0.09, 0.02), Float64Array.of(0, 0.02, 0.01)];
    const found = weightsOf(minimumVariance(covariance, quadraticSolver, { limits: [], turnover: { held, most: 0 } }));
    for (const [place, weight] of found.entries()) expect(weight).toBeCloseTo(held[place] as number, 9);
  });
});

describe('risk parity within bounds', () => {
  const anyBounds = fc.record({ least: fc.double({ min: 0, max: 1, noNaN: true }), most: fc.double({ min: 0, max: 1, noNaN: true }) });
  /** Of some assets, and always such that some weights keep them. */
  const boundsOf = (assets: number, { least, most }: { readonly least: number; readonly most: number }): Bounds => ({
    least: new Float64Array(assets).fill(least / assets, 0, 1),
    most: new Float64Array(assets).fill(1).fill(1 / assets + most * (1 - 1 / assets), 1),
  });

  it('lets all bring the same risk whom no bound stops, less who is at his most and more who is at his least', () => {
    fc.assert(
      fc.property(anyReturns, anyBounds, (returns, drawn) => {
        const covariance = sampleCovariance(returns);
        const bounds = boundsOf(returns.length, drawn);
        const weights = weightsOf(boundedEqualRisk(covariance, bounds));
        expect(sum(weights)).toBeCloseTo(1, 12);
        const risks = riskContributions(covariance, weights);
        const isAt = (values: Float64Array, place: number) => Math.abs((weights[place] as number) - (values[place] as number)) < 1e-12;
        const level = risks.find((_, place) => !isAt(bounds.least, place) && !isAt(bounds.most, place));
        for (const [place, risk] of risks.entries()) {
          expect(weights[place]).toBeGreaterThanOrEqual((bounds.least[place] as number) - 1e-12);
          expect(weights[place]).toBeLessThanOrEqual((bounds.most[place] as number) + 1e-12);
          if (level === undefined) continue;
          if (isAt(bounds.most, place)) expect(risk).toBeLessThanOrEqual(level + 1e-10);
          else if (isAt(bounds.least, place)) expect(risk).toBeGreaterThanOrEqual(level - 1e-10);
          else expect(risk).toBeCloseTo(level, 10);
        }
      }),
      RUNS,
    );
  });

  it('is risk parity, and hierarchical risk parity, to the last bit where the bounds stop nobody', () => {
    fc.assert(
      fc.property(anyReturns, (returns) => {
        const covariance = sampleCovariance(returns);
        const wide = { least: new Float64Array(returns.length), most: new Float64Array(returns.length).fill(1) };
        expect(boundedEqualRisk(covariance, wide)).toEqual(equalRisk(covariance));
        expect(hierarchicalRiskParity(covariance, wide)).toEqual(hierarchicalRiskParity(covariance));
      }),
      RUNS,
    );
  });

  it('is kept by the hierarchical one too, at every leaf', () => {
    fc.assert(
      fc.property(anyReturns, anyBounds, (returns, drawn) => {
        const bounds = boundsOf(returns.length, drawn);
        const weights = weightsOf(hierarchicalRiskParity(sampleCovariance(returns), bounds));
        expect(sum(weights)).toBeCloseTo(1, 12);
        for (const [place, weight] of weights.entries()) {
          expect(weight).toBeGreaterThanOrEqual((bounds.least[place] as number) - 1e-12);
          expect(weight).toBeLessThanOrEqual((bounds.most[place] as number) + 1e-12);
        }
      }),
      RUNS,
    );
  });

  it('has no weights that break its bounds, whichever it is', () => {
    const covariance = columnsOf(3);
    const narrow = { least: new Float64Array(3), most: new Float64Array(3).fill(0.3) };
    expect(boundedEqualRisk(covariance, narrow)).toEqual({ kind: 'infeasible' });
    expect(hierarchicalRiskParity(covariance, narrow)).toEqual({ kind: 'infeasible' });
  });

  it('does not guess where assets that cancel each other have no such weights', () => {
    // The calmest weights that keep the least hold 0.95 of the first, and nearly as much again of the second against it.
    const covariance = [Float64Array.of(0.04, -0.0398), Float64Array.of(-0.0398, 0.04)];
    const bounds = { least: Float64Array.of(0.95, 0), most: Float64Array.of(1, 1) };
    expect(boundedEqualRisk(covariance, bounds)).toEqual({ kind: 'not-converged' });
  });
});

describe('risk parity', () => {
  it('lets every asset contribute the same risk', () => {
    fc.assert(
      fc.property(anyReturns, (returns) => {
        const covariance = sampleCovariance(returns);
        for (const each of riskContributions(covariance, weightsOf(equalRisk(covariance))))
          expect(each).toBeCloseTo(1 / returns.length, 11);
      }),
      RUNS,
    );
  });

  it('is inverse volatility for two assets', () => {
    // 1/0.2 : 1/0.1 = 1 : 2, whatever the correlation.
    const found = weightsOf(equalRisk([Float64Array.of(0.04, 0.015), Float64Array.of(0.015, 0.01)]));
    expect(found[0]).toBeCloseTo(1 / 3, 12);
  });

  it('has no answer for two assets that cancel each other', () => {
    expect(equalRisk([Float64Array.of(1, -1), Float64Array.of(-1, 1)])).toEqual({ kind: 'not-converged' });
  });
});

describe('hierarchical risk parity', () => {
  it('is inverse variance where nothing goes together', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 10, noNaN: true }), { minLength: 2, maxLength: 7 }), (variances) => {
        const covariance = variances.map((variance, place) => new Float64Array(variances.length).fill(variance, place, place + 1));
        const inverses = Float64Array.from(variances, (each) => 1 / each);
        for (const [place, weight] of weightsOf(hierarchicalRiskParity(covariance)).entries())
          expect(weight).toBeCloseTo((inverses[place] as number) / sum(inverses), 12);
      }),
      RUNS,
    );
  });
});

describe('the largest ratio', () => {
  it('is not above what it says, for any other portfolio', () => {
    fc.assert(
      fc.property(anyReturns, fc.array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 6, maxLength: 6 }), (returns, raw) => {
        const covariance = sampleCovariance(returns);
        const excess = Float64Array.from(returns, (_, place) => 0.01 * (place - 0.5));
        const ratio = (weights: Float64Array) =>
          weights.reduce((total, weight, place) => total + weight * (excess[place] as number), 0) /
          Math.sqrt(quadraticForm(covariance, weights));
        const other = Float64Array.from(raw.slice(0, returns.length));
        expect(ratio(other)).toBeLessThanOrEqual(ratio(weightsOf(maximumSharpe(excess, covariance, quadraticSolver))) * (1 + 1e-9));
      }),
      RUNS,
    );
  });

  it('does not exist where nothing earns more than the rate, or the limits leave nothing that does', () => {
    const covariance = columnsOf(2);
    expect(maximumSharpe(Float64Array.of(-0.01, 0), covariance, quadraticSolver)).toEqual({ kind: 'no-excess-return' });
    const limits = { limits: [{ places: [0], least: 0, most: 0.1 }] };
    expect(maximumSharpe(Float64Array.of(0.01, -0.02), covariance, quadraticSolver, limits)).toEqual({ kind: 'no-excess-return' });
  });

  it('of diversification is the same for all where all go together alike', () => {
    // Equal correlations: the weights are in proportion to 1/s, here 1 : 2.
    const found = weightsOf(maximumDiversification([Float64Array.of(0.04, 0.01), Float64Array.of(0.01, 0.01)], quadraticSolver));
    expect(found[0]).toBeCloseTo(1 / 3, 12);
  });
});

describe('shrinkage', () => {
  it('is a part of the way, and keeps the trace', () => {
    fc.assert(
      fc.property(anyReturns, (returns) => {
        const trace = (matrix: Matrix) => matrix.reduce((total, row, place) => total + (row[place] as number), 0);
        const days = returns[0]?.length ?? 0;
        const sample = scaledBy((days - 1) / days, sampleCovariance(returns));
        for (const { covariance, intensity } of [shrunkToIdentity(returns), shrunkToConstantCorrelation(returns)]) {
          expect(intensity).toBeGreaterThanOrEqual(0);
          expect(intensity).toBeLessThanOrEqual(1);
          expect(trace(covariance) / trace(sample)).toBeCloseTo(1, 12);
        }
      }),
      RUNS,
    );
  });

  it('gives an answer where there are fewer days than assets', () => {
    const few = [
      Float64Array.of(0.01, 0.02, -0.01),
      Float64Array.of(0.03, -0.01, 0.01),
      Float64Array.of(-0.01, 0.02, 0.02),
      Float64Array.of(0.02, 0, 0.01),
    ];
    expect(minimumVariance(shrunkToIdentity(few).covariance, quadraticSolver).kind).toBe('weights');
  });

  it('towards one correlation takes all of it where two assets are all there is', () => {
    // The mean of one correlation is that correlation: target and sample are the same.
    const returns = [Float64Array.of(0.01, -0.02, 0.03, 0.01), Float64Array.of(0.02, 0.01, -0.01, 0.03)];
    const { covariance } = shrunkToConstantCorrelation(returns);
    const sample = scaledBy(3 / 4, sampleCovariance(returns));
    expect(covariance[0]?.[1]).toBeCloseTo(sample[0]?.[1] as number, 15);
  });
});
