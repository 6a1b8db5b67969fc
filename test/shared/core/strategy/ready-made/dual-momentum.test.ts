import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../shared/core/strategy/evaluate.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import { dualMomentum } from '../../../../../shared/core/strategy/ready-made/dual-momentum.ts';
import type { Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import { givenOf, percentsOf, readyMadeTree } from '../../../../builders/ready-made.ts';
import { dateAt, someHistory } from '../../../../builders/strategy.ts';

// Returns over two sessions: AAA +20 %, BBB +10 %, BIL +2 %. Over the first of the two: AAA −10 %, BBB +10 %, BIL +1 %.
const CLOSES = { AAA: [100, 90, 120], BBB: [100, 110, 110], BIL: [100, 101, 102], AGG: [100, 99, 98] };

const decide = (changed: Given = {}, closes: Record<string, readonly number[]> = {}) =>
  evaluate(
    readyMadeTree('dual-momentum', givenOf(dualMomentum, { of: ['BBB', 'AAA'], lookback: 2, refuge: 'AGG', ...changed })),
    someHistory({ ...CLOSES, ...closes }),
    undefined,
    dateAt(2),
    DEFAULT_OPTIONS,
  );

describe('dual momentum', () => {
  it('holds the strongest alone while it beats bills', () => {
    expect(percentsOf(decide())).toEqual({ AAA: '100%', cash: '0%' });
  });

  it('is in the refuge when bills earned as much as the strongest', () => {
    // AAA and bills both +20 %: to beat is to earn more.
    expect(percentsOf(decide({}, { BIL: [100, 101, 120] }))).toEqual({ AGG: '100%', cash: '0%' });
    expect(percentsOf(decide({}, { BIL: [100, 101, 119] }))).toEqual({ AAA: '100%', cash: '0%' });
  });

  it('is in cash, or in the bills themselves, where that is the refuge', () => {
    const falling = { AAA: [100, 99, 98], BBB: [100, 99, 97] };
    expect(percentsOf(decide({ refuge: 'cash' }, falling))).toEqual({ cash: '100%' });
    expect(percentsOf(decide({ refuge: 'BIL' }, falling))).toEqual({ BIL: '100%', cash: '0%' });
  });

  it('skips the latest sessions of all, those of bills too, where it is told to', () => {
    // Of the first session alone AAA −10 %, BBB +10 %, BIL +1 %; then with bills at +12 %.
    expect(percentsOf(decide({ skip: 1 }))).toEqual({ BBB: '100%', cash: '0%' });
    expect(percentsOf(decide({ skip: 1 }, { BIL: [100, 112, 102] }))).toEqual({ AGG: '100%', cash: '0%' });
  });

  it('takes the earlier in the alphabet of two that are as strong', () => {
    expect(percentsOf(decide({}, { BBB: [100, 110, 120] }))).toEqual({ AAA: '100%', cash: '0%' });
  });

  it('leaves out what has no data, and says so', () => {
    const decided = decide({}, { AAA: [Number.NaN, 90, 120] });
    expect(percentsOf(decided)).toEqual({ BBB: '100%', cash: '0%' });
    expect(decided).toMatchObject({ leftOut: [{ symbol: 'AAA', metric: 'cumulative-return', why: 'undefined', dataOf: 'AAA' }] });
  });

  it('is undefined without the return of bills, or of any risky asset', () => {
    const gone = [Number.NaN, 100, 100];
    expect(decide({}, { BIL: gone })).toMatchObject({ kind: 'undefined', symbol: 'BIL', metric: 'cumulative-return' });
    expect(decide({}, { AAA: gone, BBB: gone })).toMatchObject({ kind: 'undefined', symbol: 'BBB', metric: 'cumulative-return' });
  });

  it('refuses bills and a refuge that are ranked too, and a skip as long as the lookback', () => {
    const said = (changed: Given) => dualMomentum.contradictions(givenOf(dualMomentum, changed)).map(({ parameter }) => parameter);
    expect(said({ bills: 'SPY' })).toEqual(['bills']);
    expect(said({ refuge: 'EFA' })).toEqual(['refuge']);
    expect(said({ lookback: 21, skip: 21 })).toEqual(['skip']);
    expect(said({})).toEqual([]);
  });
});
