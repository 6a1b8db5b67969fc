import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../shared/core/strategy/evaluate.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import { momentumRotation } from '../../../../../shared/core/strategy/ready-made/momentum-rotation.ts';
import { givenOf, percentsOf, readyMadeTree } from '../../../../builders/ready-made.ts';
import { dateAt, someHistory } from '../../../../builders/strategy.ts';

// Returns over two sessions: AAA +20 %, BBB +10 %, CCC −10 %. Over the first of the two: AAA −10 %, BBB +10 %, CCC +10 %.
const CLOSES = { AAA: [100, 90, 120], BBB: [100, 110, 110], CCC: [100, 110, 90], BIL: [100, 100, 100] };

const decide = (changed: Given, closes: Record<string, readonly number[]> = CLOSES) =>
  evaluate(
    readyMadeTree('momentum-rotation', givenOf(momentumRotation, { of: ['AAA', 'BBB', 'CCC'], lookback: 2, ...changed })),
    someHistory(closes),
    undefined,
    dateAt(2),
    DEFAULT_OPTIONS,
  );

describe('momentum rotation', () => {
  it('holds the strongest in equal parts', () => {
    expect(percentsOf(decide({ top: 2 }))).toEqual({ AAA: '50%', BBB: '50%', cash: '0%' });
  });

  it('gives the places of those that have not earned more than the hurdle to the refuge', () => {
    expect(percentsOf(decide({ top: 3, refuge: 'BIL' }))).toEqual({ AAA: '33.3334%', BBB: '33.3333%', BIL: '33.3333%', cash: '0%' });
    expect(percentsOf(decide({ top: 2, hurdle: 10 }))).toEqual({ AAA: '50%', cash: '50%' });
  });

  it('skips the latest sessions where it is told to', () => {
    // Of the first session alone: (1 + 0.2) / (1 + 1/3) = 0.9 for AAA, 1.1 / 1 for BBB, 0.9 / (90/110) = 1.1 for CCC.
    expect(percentsOf(decide({ top: 1, skip: 1 }))).toEqual({ BBB: '100%', cash: '0%' });
  });

  it('takes the earlier in the alphabet of two that are as strong', () => {
    expect(percentsOf(decide({ top: 1 }, { ...CLOSES, BBB: [100, 110, 120] }))).toEqual({ AAA: '100%', cash: '0%' });
  });

  it('leaves out what has no data, and says so', () => {
    const decided = decide({ top: 2 }, { ...CLOSES, AAA: [Number.NaN, 90, 120] });
    expect(percentsOf(decided)).toEqual({ BBB: '50%', cash: '50%' });
    expect(decided).toMatchObject({ leftOut: [{ symbol: 'AAA', metric: 'cumulative-return', why: 'undefined', dataOf: 'AAA' }] });
  });

  it('is undefined when nothing has data', () => {
    const none = Object.fromEntries(Object.keys(CLOSES).map((symbol) => [symbol, [Number.NaN, 100, 100]]));
    expect(decide({}, none)).toMatchObject({ kind: 'undefined', symbol: 'AAA', metric: 'cumulative-return' });
  });
});
