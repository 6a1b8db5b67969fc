import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../shared/core/strategy/evaluate.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import { trendFollowing } from '../../../../../shared/core/strategy/ready-made/trend-following.ts';
import { givenOf, onlyMemoryOf, percentsOf, readyMadeTree } from '../../../../builders/ready-made.ts';
import { dateAt, reaching, someHistory } from '../../../../builders/strategy.ts';

const _ = Number.NaN;
const SMALL: Given = {
  places: 2,
  risk: 10_000,
  largest: 500_000,
  trend: 2,
  'slope-over': 1,
  slope: 0,
  'short-high': 1,
  'short-clearance': 0,
  'long-high': 2,
  'long-clearance': 0,
  atr: 1,
  stop: 2,
  fast: 2,
  tightened: 1,
  'exit-mean': 4,
};

/** Bars that reach one dollar above and below the close; decided on the last close. */
const decide = (closes: Readonly<Record<string, readonly number[]>>, changed: Given = {}) => {
  const given = givenOf(trendFollowing, { ...SMALL, of: Object.keys(closes), ...changed });
  const last = Math.max(...Object.values(closes).map(({ length }) => length)) - 1;
  return evaluate(
    readyMadeTree('trend-following', given),
    reaching(() => 1, someHistory(closes)),
    undefined,
    dateAt(last),
    DEFAULT_OPTIONS,
  );
};
const held = (closes: readonly number[], changed: Given = {}) => percentsOf(decide({ AAA: closes }, changed))['AAA'] ?? '0%';
const remembered = (...closes: readonly number[]) => onlyMemoryOf(decide({ AAA: closes }))['AAA'];

// 110 after three times 100: the mean of two closes rises from 100 to 105, by 5 %; the high of the day before is 101; the
// true range is from 100, the close before, to 111: 11. Two ranges are 22, a fifth of 110, so 5 % of the capital lose 1 %.
const RISE = [100, 100, 100, 110];

describe('trend following', () => {
  it('buys what breaks out while it rises, so much that the stop would lose the risk', () => {
    expect(percentsOf(decide({ AAA: RISE }))).toEqual({ AAA: '5%', cash: '95%' });
    expect(remembered(...RISE)).toEqual({
      shares: expect.closeTo(0.05 / 110, 15),
      entry: 110,
      range: 11,
      stop: 88,
      highest: 110,
      close: 110,
      sessions: 0,
      tightened: 0,
    });
  });

  it('buys no more than the largest position', () => {
    expect(held(RISE, { largest: 30_000 })).toBe('3%');
  });

  it('asks of the mean that it has risen by more than so much', () => {
    expect(held(RISE, { slope: 4.9 })).toBe('5%');
    expect(held(RISE, { slope: 5.1 })).toBe('0%');
  });

  it('asks of the close that it clears one of two highs, today’s left out', () => {
    // 110 is 8.9 % above 101, which is the high of one and of two sessions before; 110.09 would be 9 %.
    expect(held(RISE, { 'short-clearance': 8.9, 'long-clearance': 100 })).toBe('5%');
    expect(held(RISE, { 'short-clearance': 9, 'long-clearance': 100 })).toBe('0%');
    expect(held(RISE, { 'short-clearance': 100, 'long-clearance': 8.9 })).toBe('5%');
    // The day before yesterday reached 121, yesterday 101.
    expect(held([100, 100, 120, 100, 110], { slope: -100, 'short-clearance': 100 })).toBe('0%');
  });

  it('lets the weight run with the price', () => {
    // 5 % · 121/110 = 5.5 %, of 100.5 %.
    expect(held([...RISE, 121])).toBe('5.4726%');
  });

  it('sells at a close at or below the stop, before anything else', () => {
    // Half a range: 110 − 5.5. The mean of four closes, 103.6, is below.
    const hard = { stop: 0.5, exit: 'ma-cross' };
    expect(held([...RISE, 104.6], hard)).not.toBe('0%');
    expect(held([...RISE, 104.5], hard)).toBe('0%');
  });

  it('tightens the stop once the close is below the fast mean, and lets it follow the highest close', () => {
    // 112 is above the mean of 111; 106 is below 108, so the stop is 110 − 11; then the highest is 120.
    expect(remembered(...RISE, 112)).toMatchObject({ stop: 88, tightened: 0, highest: 112 });
    expect(remembered(...RISE, 106)).toMatchObject({ stop: 99, tightened: 1, sessions: 1 });
    expect(remembered(...RISE, 106, 120)).toMatchObject({ stop: 109, tightened: 1, highest: 120, sessions: 2 });
    expect(remembered(...RISE, 106, 120, 115)).toMatchObject({ stop: 109, highest: 120 });
  });

  it('sells at the tightened stop on the very day that it is tightened', () => {
    // 107 is below the fast mean of 108.5, and below 110 − 0.25 · 11 = 107.25, and above the mean of four, 104.25.
    expect(held([...RISE, 107], { tightened: 0.25 })).toBe('0%');
    expect(held([...RISE, 107.5], { tightened: 0.25 })).not.toBe('0%');
  });

  it('tightens nothing where only the mean of the exit counts', () => {
    expect(held([...RISE, 107], { tightened: 0.25, exit: 'ma-cross' })).not.toBe('0%');
  });

  it('sells below the mean of the exit', () => {
    // (100 + 100 + 110 + x)/4 = x at 103.33
    expect(held([...RISE, 103.4])).not.toBe('0%');
    expect(held([...RISE, 103.3])).toBe('0%');
  });

  it('gives the places to the strongest: the farthest above the mean, in ranges', () => {
    // AAA: 5 of 11. BBB: 120 is 10 above its mean, of a range of 21; its stop is 42 below, 35 %, so 1 % buys 2.8571 %.
    expect(percentsOf(decide({ AAA: RISE, BBB: [100, 100, 100, 120] }, { places: 1 }))).toEqual({ BBB: '2.8571%', cash: '97.1429%' });
  });

  it('buys for no more than the cash that is left', () => {
    // A tenth of 11 is 1 % of 110, so 5 % of risk would be five times the capital; the largest is 80 %.
    const most = { risk: 50_000, stop: 0.1, largest: 800_000, exit: 'ma-cross' };
    expect(percentsOf(decide({ AAA: RISE, BBB: RISE }, most))).toEqual({ AAA: '80%', BBB: '20%', cash: '0%' });
  });

  it('keeps a position over a day without a close, at its last one', () => {
    const decided = decide({ AAA: [...RISE, _], BBB: [100, 100, 100, 100, 100] });
    expect(percentsOf(decided)).toEqual({ AAA: '5%', cash: '95%' });
    expect(decided).toMatchObject({ leftOut: [] });
  });

  it('leaves out what it cannot judge, and is undefined when that is all', () => {
    const decided = decide({ AAA: RISE, BBB: [_, 100, 100, 110] });
    expect(percentsOf(decided)).toEqual({ AAA: '5%', cash: '95%' });
    expect(decided).toMatchObject({ leftOut: [{ symbol: 'BBB', metric: 'moving-average-price' }] });
    expect(decide({ AAA: [_, 100, 100, 110] })).toMatchObject({ kind: 'undefined', symbol: 'AAA' });
    const closesAlone = someHistory({ AAA: RISE });
    const given = givenOf(trendFollowing, { ...SMALL, of: ['AAA'] });
    expect(evaluate(readyMadeTree('trend-following', given), closesAlone, undefined, dateAt(3), DEFAULT_OPTIONS)).toMatchObject({
      kind: 'undefined',
      metric: 'breakout',
    });
  });

  it('has sold what the stop sold, whether it can be judged since or not', () => {
    // The mean of four closes holds the missing one; the stop at 88 is that of the close alone.
    const decided = decide({ AAA: [...RISE, _, 88], BBB: [100, 100, 100, 100, 100, 100] });
    expect(percentsOf(decided)).toEqual({ cash: '100%' });
    expect(decided).toMatchObject({ leftOut: [] });
    expect(percentsOf(decide({ AAA: [...RISE, _, 88] }))).toEqual({ cash: '100%' });
    expect(onlyMemoryOf(decide({ AAA: [...RISE, _, 88] }))['AAA']).toEqual({ waiting: 1 });
    expect(onlyMemoryOf(decide({ AAA: [...RISE, _, 88, 88, 88, 88] }))['AAA']).toBeUndefined();
  });

  it('goes on after a split in the new prices: no stop is hit by it', () => {
    const given = givenOf(trendFollowing, { ...SMALL, of: ['AAA'] });
    const before = decide({ AAA: RISE });
    if (before.kind === 'undefined') throw new Error(before.detail);
    // Two for one: what was 110 is read as 55, and the next close is 60.5, a tenth more.
    const halved = reaching(() => 0.5, someHistory({ AAA: [50, 50, 50, 55, 60.5] }));
    const after = evaluate(readyMadeTree('trend-following', given), halved, before.state, dateAt(4), DEFAULT_OPTIONS);
    expect(percentsOf(after)).toEqual({ AAA: '5.4726%', cash: '94.5274%' });
    expect(onlyMemoryOf(after)['AAA']).toMatchObject({ entry: 55, range: 5.5, stop: 44, highest: 60.5 });
  });

  it('refuses parameters that contradict each other', () => {
    const wrong = (changed: Given) => trendFollowing.contradictions(givenOf(trendFollowing, changed)).map(({ parameter }) => parameter);
    expect(wrong({})).toEqual([]);
    expect(wrong({ 'long-high': 20 })).toEqual(['long-high']);
    expect(wrong({ tightened: 2.5 })).toEqual(['tightened']);
    expect(wrong({ fast: 50 })).toEqual(['fast']);
    expect(wrong({ fast: 50, tightened: 3, exit: 'ma-cross' })).toEqual([]);
  });
});
