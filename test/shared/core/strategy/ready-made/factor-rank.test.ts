import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closesNeeded, evaluate } from '../../../../../shared/core/strategy/evaluate.ts';
import { evaluatorOf } from '../../../../../shared/core/strategy/evaluator/evaluator.ts';
import { gridOf } from '../../../../../shared/core/strategy/evaluator/grid.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { trace } from '../../../../../shared/core/strategy/evaluator/trace.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import { factorRank } from '../../../../../shared/core/strategy/ready-made/factor-rank.ts';
import type { DatedValues, Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import { givenOf, percentsOf, readyMadeTree } from '../../../../builders/ready-made.ts';
import { dateAt, someHistory } from '../../../../builders/strategy.ts';

// Over two sessions AAA earned 20 %, BBB 10 %, CCC 3 %, DDD −20 %: ranks 1, 2/3, 1/3, 0. The deviation of two returns is
// their difference / √2. Differences: AAA 43.3 points, BBB 10, CCC 0.980, DDD 1.111: ranks of calm 0, 1/3, 1, 2/3.
const CLOSES = { AAA: [100, 90, 120], BBB: [100, 110, 110], CCC: [100, 101, 103], DDD: [100, 90, 80] };
const OWN: DatedValues = { [dateAt(1)]: { AAA: 1, BBB: 2, CCC: 2, DDD: 4 } };

const treeOf = (changed: Given) =>
  readyMadeTree('factor-rank', givenOf(factorRank, { of: ['AAA', 'BBB', 'CCC', 'DDD'], lookback: 2, window: 2, ...changed }));
const decide = (changed: Given, closes: Record<string, readonly number[]> = {}) =>
  evaluate(treeOf(changed), someHistory({ ...CLOSES, ...closes }), undefined, dateAt(2), DEFAULT_OPTIONS);
const held = (changed: Given, closes: Record<string, readonly number[]> = {}) => percentsOf(decide(changed, closes));

describe('factor rank', () => {
  it('adds up the ranks by their weights and holds the best', () => {
    // AAA 1 + 0, BBB 2/3 + 1/3, CCC 1/3 + 1, DDD 0 + 2/3.
    expect(held({ top: 1 })).toEqual({ CCC: '100%', cash: '0%' });
    // AAA 2 + 0, BBB 4/3 + 1/3, CCC 2/3 + 1, DDD 0 + 2/3.
    expect(held({ top: 1, 'momentum-weight': 2 })).toEqual({ AAA: '100%', cash: '0%' });
    // Low volatility alone.
    expect(held({ top: 2, 'momentum-weight': 0 })).toEqual({ CCC: '50%', DDD: '50%', cash: '0%' });
  });

  it('takes the earlier in the alphabet of two with the same sum', () => {
    expect(held({ top: 2 })).toEqual({ AAA: '50%', CCC: '50%', cash: '0%' });
  });

  it('turns a rank round by a weight below zero', () => {
    expect(held({ top: 1, 'momentum-weight': -1, 'low-volatility-weight': 0 })).toEqual({ DDD: '100%', cash: '0%' });
  });

  it('skips the latest sessions of the return', () => {
    // Of the first session alone: AAA −10 %, BBB +10 %, CCC +1 %, DDD −10 %.
    expect(held({ top: 1, skip: 1, 'low-volatility-weight': 0 })).toEqual({ BBB: '100%', cash: '0%' });
  });

  it('shares the calmer the more, where it is told to', () => {
    // CCC 103/101 − 1.01 = 0.99/101, DDD 1/90: 102.0202 and 90 of 192.0202 parts.
    expect(held({ top: 2, 'momentum-weight': 0, parts: 'inverse-volatility' })).toEqual({ CCC: '53.1299%', DDD: '46.8701%', cash: '0%' });
    // So it does where volatility is no factor.
    expect(held({ top: 2, 'momentum-weight': -1, 'low-volatility-weight': 0, parts: 'inverse-volatility' })).toEqual({
      CCC: '53.1299%',
      DDD: '46.8701%',
      cash: '0%',
    });
  });

  it('ranks by values of its owner, equal ones by the mean of their ranks', () => {
    const own = { values: OWN, 'values-weight': 1 };
    expect(held({ top: 1, 'momentum-weight': 0, 'low-volatility-weight': 0, ...own })).toEqual({ DDD: '100%', cash: '0%' });
    // With momentum: AAA 1 + 0, BBB 2/3 + 1/2, CCC 1/3 + 1/2, DDD 0 + 1.
    expect(held({ top: 1, 'low-volatility-weight': 0, ...own })).toEqual({ BBB: '100%', cash: '0%' });
  });

  it('holds the only one that there is', () => {
    expect(held({ of: ['AAA'], top: 1 })).toEqual({ AAA: '100%', cash: '0%' });
  });

  it('leaves out what lacks a factor, ranks the others among themselves, and says so', () => {
    const decided = decide({ top: 1 }, { CCC: [Number.NaN, 101, 103] });
    // AAA 1 + 0, BBB 1/2 + 1/2, DDD 0 + 1.
    expect(percentsOf(decided)).toEqual({ AAA: '100%', cash: '0%' });
    expect(decided).toMatchObject({ leftOut: [{ symbol: 'CCC', metric: 'cumulative-return', why: 'undefined', dataOf: 'CCC' }] });
  });

  it('leaves out what has no value of its owner, or one that is too old, and says so', () => {
    const later = { [dateAt(2)]: { AAA: 1, BBB: 2, CCC: 2 } };
    const only = { 'momentum-weight': 0, 'low-volatility-weight': 0, 'values-weight': 1, top: 1 };
    const decided = decide({ ...only, values: later });
    expect(percentsOf(decided)).toEqual({ BBB: '100%', cash: '0%' });
    expect(decided).toMatchObject({ leftOut: [{ symbol: 'DDD', metric: 'given-value', why: 'undefined', dataOf: 'DDD' }] });
    // DDD's own value is a session old.
    const both = { [dateAt(1)]: { DDD: 4 }, ...later };
    expect(held({ ...only, values: both, 'max-age': 1 })).toEqual({ DDD: '100%', cash: '0%' });
    expect(held({ ...only, values: both, 'max-age': 0 })).toEqual({ BBB: '100%', cash: '0%' });
  });

  it('leaves out what does not move where it shares by calm', () => {
    const decided = decide({ top: 2, 'momentum-weight': 0, parts: 'inverse-volatility' }, { BBB: [100, 100, 100] });
    expect(percentsOf(decided)).toEqual({ CCC: '53.1299%', DDD: '46.8701%', cash: '0%' });
    expect(decided).toMatchObject({ leftOut: [{ symbol: 'BBB', metric: 'stdev-return', why: 'zero' }] });
    expect(held({ top: 1, 'momentum-weight': 0 }, { BBB: [100, 100, 100] })).toEqual({ BBB: '100%', cash: '0%' });
  });

  it('is undefined when nothing is left, and says for want of what', () => {
    const resting = Object.fromEntries(Object.keys(CLOSES).map((symbol) => [symbol, [50, 50, 50]]));
    expect(decide({ parts: 'inverse-volatility' }, resting)).toMatchObject({ kind: 'undefined', symbol: 'AAA', metric: 'stdev-return' });
    const only = { 'momentum-weight': 0, 'low-volatility-weight': 0, 'values-weight': 1 };
    expect(decide({ ...only, values: { [dateAt(3)]: { AAA: 1 } } })).toMatchObject({
      kind: 'undefined',
      symbol: 'AAA',
      metric: 'given-value',
    });
  });

  it('is told with every figure that it looked at', () => {
    const tree = treeOf({ top: 1, 'momentum-weight': 0, 'low-volatility-weight': 0, 'values-weight': 1, values: OWN });
    const grid = gridOf(someHistory(CLOSES));
    const { steps, undefinedParts } = trace(tree, 2, evaluatorOf(compile(tree), grid, measure));
    expect(steps[0]?.reason).toMatchObject({
      kind: 'ready-made',
      parts: [{ part: 0 }, { part: 0 }, { part: 0 }, { symbol: 'DDD', part: 1 }],
      seen: [1, 2, 2, 4].map((value) => ({ metric: { name: 'given-value' }, value })),
    });
    expect(undefinedParts).toEqual([]);
    const before = trace(tree, 0, evaluatorOf(compile(tree), grid, measure));
    expect(before.undefinedParts).toMatchObject([{ symbol: 'AAA', group: null, metric: { name: 'given-value' }, definedFrom: dateAt(1) }]);
  });

  it('looks back far enough to tell how old a value is, and no further than it needs', () => {
    expect(closesNeeded(treeOf({ lookback: 126, window: 60 }), DEFAULT_OPTIONS)).toBe(127);
    expect(closesNeeded(treeOf({ 'momentum-weight': 0, window: 60 }), DEFAULT_OPTIONS)).toBe(61);
    expect(closesNeeded(treeOf({ 'values-weight': 1, values: OWN, 'max-age': 300 }), DEFAULT_OPTIONS)).toBe(301);
  });

  it('refuses parameters that contradict each other', () => {
    const said = (changed: Given) => factorRank.contradictions(givenOf(factorRank, changed)).map(({ parameter }) => parameter);
    expect(said({})).toEqual([]);
    expect(said({ top: 6 })).toEqual(['top']);
    expect(said({ lookback: 21, skip: 21 })).toEqual(['skip']);
    expect(said({ 'momentum-weight': 0, 'low-volatility-weight': 0 })).toEqual(['momentum-weight']);
    expect(said({ 'values-weight': 1 })).toEqual(['values']);
    expect(said({ values: OWN })).toEqual(['values-weight']);
    expect(() => compile(treeOf({ values: 'SPY', 'values-weight': 1 }))).toThrow(RangeError);
  });

  it('knows no value before the close of its date', () => {
    const value = fc.record({ day: fc.integer({ min: 0, max: 9 }), symbol: fc.constantFrom('AAA', 'BBB', 'CCC'), value: fc.integer() });
    const closes = fc.array(fc.integer({ min: 50, max: 150 }), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), fc.tuple(closes, closes, closes), fc.integer({ min: 2, max: 8 }), (all, each, day) => {
        const past = someHistory({ AAA: each[0], BBB: each[1], CCC: each[2] });
        const given = (values: typeof all) => {
          const dated: Record<string, Record<string, number>> = {};
          for (const { day: on, symbol, value: own } of values) dated[dateAt(on)] = { ...dated[dateAt(on)], [symbol]: own };
          return { of: ['AAA', 'BBB', 'CCC'], 'values-weight': 1, 'max-age': 3, values: dated };
        };
        const known = all.filter(({ day: on }) => on <= day);
        // Values of tomorrow alone are none at all, which is refused where it is written.
        const asKnown = known.length === 0 ? [{ day: 9, symbol: 'CCC' as const, value: 1 }] : known;
        const answer = (values: typeof all) => evaluate(treeOf(given(values)), past, undefined, dateAt(day), DEFAULT_OPTIONS);
        expect(answer(all)).toEqual(answer(asKnown));
      }),
      { numRuns: 200 },
    );
  });
});
