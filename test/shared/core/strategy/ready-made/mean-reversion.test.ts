import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../shared/core/strategy/evaluate.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import { meanReversion } from '../../../../../shared/core/strategy/ready-made/mean-reversion.ts';
import { givenOf, onlyMemoryOf, percentsOf, readyMadeTree } from '../../../../builders/ready-made.ts';
import { dateAt, reaching, someHistory } from '../../../../builders/strategy.ts';

const _ = Number.NaN;

/** Bars that reach one dollar above and below the close; decided on the last close. */
const decide = (closes: Readonly<Record<string, readonly number[]>>, changed: Given = {}) => {
  const given = { of: Object.keys(closes), places: 2, window: 3, entry: 1, sessions: 3, atr: 1, stop: 0.5, ...changed };
  const last = Math.max(...Object.values(closes).map(({ length }) => length)) - 1;
  const past = reaching(() => 1, someHistory(closes));
  return evaluate(readyMadeTree('mean-reversion', givenOf(meanReversion, given)), past, undefined, dateAt(last), DEFAULT_OPTIONS);
};
const held = (...closes: readonly number[]) => percentsOf(decide({ AAA: closes }))['AAA'] ?? '0%';

// 88 after 100, 100: the mean is 96, the deviations 4, 4, −8, so s = √48 and z = −8/√48 = −1.15. The true range is from
// 100, the close before, down to 87: 13, half of it is 6.5, and the stop 81.5.
const FALL = [100, 100, 88];

describe('mean reversion', () => {
  it('buys a place of what has fallen far below its mean', () => {
    expect(held(...FALL)).toBe('50%');
    expect(onlyMemoryOf(decide({ AAA: FALL }))).toEqual({ AAA: { entry: 88, stop: 81.5, close: 88, sessions: 0 } });
  });

  it('buys nothing on the line itself', () => {
    // 100, 112, 100: −4 of 4, 8, −4 is z = −4/√48 = −0.58
    expect(held(100, 112, 100)).toBe('0%');
  });

  it('sells when the close is back at the mean', () => {
    // 87: z is −0.65. 96: 88, 87, 96 have the mean 90.3.
    expect(held(...FALL, 87)).toBe('50%');
    expect(held(...FALL, 87, 96)).toBe('0%');
  });

  it('sells at a close at or below the stop', () => {
    expect(held(...FALL, 82)).toBe('50%');
    expect(held(...FALL, 81.5)).toBe('0%');
  });

  it('sells after so many sessions of its own, whatever the price', () => {
    expect(held(...FALL, 87, 86)).toBe('50%');
    expect(held(...FALL, 87, 86, 85)).toBe('0%');
    expect(held(...FALL, 87, _, 86)).toBe('50%');
  });

  it('waits after a stop until the close has been above the line again', () => {
    // 70: stopped, z −1.06. 45: z −1.05. Another 45: z −0.58, it is back. 30: z = −10/√75 = −1.15.
    expect(onlyMemoryOf(decide({ AAA: [...FALL, 70] }))).toEqual({ AAA: { waiting: 1 } });
    expect(held(...FALL, 70, 45)).toBe('0%');
    expect(onlyMemoryOf(decide({ AAA: [...FALL, 70, 45, 45] }))).toEqual({});
    expect(held(...FALL, 70, 45, 45, 30)).toBe('50%');
  });

  it('gives the places to the deepest', () => {
    // BBB: the mean is 96.33, s = √52.3, z = −1.152 against −1.155.
    expect(percentsOf(decide({ BBB: [100, 101, 88], AAA: FALL }, { places: 1 }))).toEqual({ AAA: '100%', cash: '0%' });
    expect(percentsOf(decide({ AAA: [100, 101, 88], BBB: FALL }, { places: 1 }))).toEqual({ BBB: '100%', cash: '0%' });
    expect(percentsOf(decide({ AAA: [100, 101, 88], BBB: FALL }))).toEqual({ AAA: '50%', BBB: '50%', cash: '0%' });
  });

  it('keeps what it holds over a day without a close, and says what it could not judge', () => {
    const decided = decide({ AAA: [...FALL, _], BBB: [_, 100, 100, 100], CCC: [100, 100, 100, 100] });
    expect(percentsOf(decided)).toEqual({ AAA: '50%', cash: '50%' });
    // BBB has three closes and so a deviation, of zero: no score. CCC likewise.
    expect(decided).toMatchObject({ leftOut: [{ symbol: 'BBB', metric: 'z-score' }, { symbol: 'CCC' }] });
  });

  it('is undefined when nothing can be judged and nothing is held', () => {
    expect(decide({ AAA: [_, 100, 88] })).toMatchObject({ kind: 'undefined', symbol: 'AAA', metric: 'z-score' });
  });

  it('refuses an entry that no score over the window can reach', () => {
    // (4 − 1)/√4
    const [wrong] = meanReversion.contradictions(givenOf(meanReversion, { window: 4, entry: 1.5 }));
    expect(wrong).toMatchObject({ parameter: 'entry', expected: 'less than 1.50, which no score over 4 closes can exceed' });
    expect(meanReversion.contradictions(givenOf(meanReversion, { window: 4, entry: 1.4 }))).toEqual([]);
    expect(meanReversion.contradictions(givenOf(meanReversion, { exit: -2 }))).toMatchObject([{ parameter: 'exit' }]);
  });
});
