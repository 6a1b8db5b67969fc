// Each figure of a validation against its threshold: at it, beyond it, and where it is not defined.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checksOf, type Validated } from '../../../../research/validation/report/checks-of.ts';
import type { FamilyValidation } from '../../../../research/validation/report/validate-family.ts';

const months = (mean: number | null, benchmarkMean: number | null) => ({
  ...{ months: mean === null ? 0 : 3, mean, benchmarkMean, worst: mean, unharmed: null },
});

const GOOD: Validated = {
  benchmark: 'SPY',
  kind: 'claim',
  record: {
    ...{ bars: 2_500, barsAYear: 250, sharpe: 1, sharpeWithMemory: 1, skewness: 0, kurtosis: 3 },
    ...{
      probabilisticSharpe: 0.95,
      yearsNeeded: 10,
      blockLength: 3,
      sharpeInterval: { low: 0.1, high: 2, undefinedSamples: 0 },
      meanInterval: null,
    },
    superiorP: 0.05,
    regimes: { bear: months(-0.01, -0.08), crash: months(-0.02, -0.12), flat: months(0, 0) },
    startDates: { lowest: -1, median: 1, highest: 2, notPositive: 0.1 },
    concentration: { shares: [{ best: 10, share: 1 }], withoutBest: 5 },
  },
  slippage: [{ times: 2, cagr: 0.1, sharpe: 0.01, maxDrawdown: 0.1 }],
  correlations: [
    { stress: 0, volatility: 0.1 },
    { stress: 1, volatility: 0.2 },
  ],
  permutation: { observed: 0.1, p: 0.05, permutations: 100, undefinedPermutations: 0 },
  family: null,
};

const FAMILY: FamilyValidation = {
  ...{
    varied: [],
    variants: 25,
    trials: { count: 25, by: 'family' },
    effective: 7,
    start: '2015-01-02',
    bars: 2_400,
    refused: [],
    neighbours: [],
  },
  members: [{ values: {}, isOwn: true, cagr: 0.1, sharpe: 1, maxDrawdown: 0.1, p: 0.01, adjustedP: 0.05 }],
  ...{ luckySharpe: 0.2, minimumBacktestYears: 4, deflatedSharpe: 0.95, neighbourMean: 0.01 },
  overfitting: { probability: 0.2, lossProbability: 0.1, splits: 12_870, degradation: null },
  superiorP: { lower: 0.01, consistent: 0.05, upper: 0.2 },
  realityCheckP: 0.05,
  peak: { values: {}, sharpe: 1, neighbourMean: 0.9, isSharp: false },
};

const BAD: Validated = {
  ...GOOD,
  record: {
    ...GOOD.record,
    ...{ probabilisticSharpe: 0.949, yearsNeeded: 10.1, sharpeInterval: { low: 0, high: 2, undefinedSamples: 0 }, superiorP: 0.051 },
    regimes: { bear: months(-0.08, -0.08), crash: months(-0.13, -0.12), flat: months(-0.001, 0) },
    startDates: { ...GOOD.record.startDates, notPositive: 0.101 },
    concentration: { shares: [{ best: 10, share: 1.01 }], withoutBest: 5 },
  },
  slippage: [{ times: 2, cagr: 0, sharpe: 0, maxDrawdown: 0.1 }],
  correlations: [
    { stress: 0, volatility: 0.1 },
    { stress: 1, volatility: 0.201 },
  ],
  permutation: { ...GOOD.permutation, p: 0.051 },
  family: {
    ...FAMILY,
    members: [{ values: {}, isOwn: true, cagr: 0.1, sharpe: 1, maxDrawdown: 0.1, p: 0.04, adjustedP: 0.06 }],
    ...{ deflatedSharpe: 0.94, neighbourMean: 0, realityCheckP: 0.06 },
    overfitting: { probability: 0.21, lossProbability: 0.1, splits: 12_870, degradation: null },
    superiorP: { lower: 0.01, consistent: 0.051, upper: 0.2 },
    peak: { values: {}, sharpe: 1, neighbourMean: 0.9, isSharp: true },
  },
};

const holds = (validated: Validated) => checksOf(validated).map((check) => check.holds);
const named = (validated: Validated) => Object.fromEntries(checksOf(validated).map((check) => [check.name, check]));

describe('the checks of a validation', () => {
  it('hold at their thresholds, every one of them, and fail just beyond', () => {
    expect(holds({ ...GOOD, family: FAMILY })).toEqual(Array.from({ length: 19 }, () => true));
    expect(holds(BAD)).toEqual(Array.from({ length: 19 }, () => false));
  });

  it('are those of the guide, with the thresholds that it names', () => {
    const guide = readFileSync(new URL('../../../../docs/guides/validation.md', import.meta.url), 'utf8');
    for (const { name, wanted } of checksOf({ ...GOOD, family: FAMILY })) {
      const row = guide.split('\n').find((line) => line.startsWith(`| ${name.replace('SPY', 'the benchmark')} |`)) ?? `no row for ${name}`;
      // Without the figures of this record.
      expect(row).toContain(wanted.replace('SPY', 'the benchmark').split(/ the \d|:/)[0]);
    }
  });

  it('leave out what needs a benchmark or variants where there are none', () => {
    const alone = { ...GOOD, benchmark: null, record: { ...GOOD.record, superiorP: null, regimes: null } };
    expect(checksOf(alone).map(({ kind }) => kind)).toEqual([...Array(4).fill('chance'), ...Array(4).fill('dependence')]);
    expect(Object.keys(named({ ...alone, family: { ...FAMILY, superiorP: null, realityCheckP: null } }))).not.toContain(
      'Reality Check (White)',
    );
  });

  it('ask no policy for an edge, and say so', () => {
    const asked = named({ ...BAD, kind: 'policy' });
    const unasked = Object.values(asked).filter(({ holds: of }) => of === null);
    expect(unasked.map(({ name }) => name)).toEqual([
      'Permuted markets',
      'Against SPY',
      'False discoveries',
      'Superior ability (Hansen)',
      'Reality Check (White)',
    ]);
    for (const { wanted, value } of unasked) expect([wanted, value !== null]).toEqual(['nothing: a policy claims no edge', true]);
  });

  it('say null of what is not defined, and fail a record that no length would make sure', () => {
    const nothing: Validated = {
      ...GOOD,
      record: {
        ...GOOD.record,
        ...{ sharpe: null, probabilisticSharpe: null, yearsNeeded: null, blockLength: null, sharpeInterval: null, superiorP: null },
        regimes: { bear: months(null, null), crash: months(null, null), flat: months(null, null) },
        startDates: { lowest: null, median: null, highest: null, notPositive: null },
        concentration: { shares: [{ best: 10, share: null }], withoutBest: null },
      },
      slippage: [{ times: 2, cagr: null, sharpe: null, maxDrawdown: null }],
      correlations: [],
      permutation: { observed: null, p: null, permutations: 0, undefinedPermutations: 0 },
      family: {
        ...FAMILY,
        ...{ members: [], deflatedSharpe: null, overfitting: null, superiorP: null, realityCheckP: null, neighbourMean: null, peak: null },
      },
    };
    expect(holds(nothing)).toEqual(Array.from({ length: 19 }, () => null));
    const losing = { ...GOOD, record: { ...GOOD.record, sharpe: -1, yearsNeeded: null } };
    expect(named(losing)['Minimum track record length']?.holds).toBe(false);
    const few = { ...GOOD, family: { ...FAMILY, peak: { values: {}, sharpe: 1, neighbourMean: 0.9, isSharp: null } } };
    expect(named(few)['Sharp peak']).toMatchObject({ value: null, holds: null });
  });
});
