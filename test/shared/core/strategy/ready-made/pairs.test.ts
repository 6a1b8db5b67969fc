import { describe, expect, it } from 'vitest';
import { evaluate } from '../../../../../shared/core/strategy/evaluate.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Given } from '../../../../../shared/core/strategy/ready-made/given.ts';
import { pairs } from '../../../../../shared/core/strategy/ready-made/pairs.ts';
import { givenOf, onlyMemoryOf, percentsOf, readyMadeTree } from '../../../../builders/ready-made.ts';
import { dateAt, someHistory } from '../../../../builders/strategy.ts';

const _ = Number.NaN;
const closesOf = (level: number, logarithms: readonly number[]) => logarithms.map((each) => level * Math.exp(each));
const givenFor = (changed: Given = {}) =>
  givenOf(pairs, { of: [['AAA', 'BBB']], places: 1, window: 4, entry: 1, exit: 0.5, stop: 2, sessions: 3, ...changed });
const decide = (first: readonly number[], second: readonly number[], changed: Given = {}) => {
  const past = someHistory({ AAA: closesOf(100, first), BBB: closesOf(50, second) });
  return evaluate(readyMadeTree('pairs', givenFor(changed)), past, undefined, dateAt(first.length - 1), DEFAULT_OPTIONS);
};
const held = (first: readonly number[], second: readonly number[]) => percentsOf(decide(first, second));
const memory = (first: readonly number[], second: readonly number[]) => onlyMemoryOf(decide(first, second))['AAA BBB'];

// ln B goes 0, 0.2, 0, 0.2: a line through two groups of two passes through their means. With ln A 0, 0.1, 0, 0.3 these are
// 0 and 0.2: h = 0.2/0.2 = 1. What is left over is 0, −0.1, 0, 0.1, its deviation √(0.02/3) = 0.0816, and the last of it
// 0.1/0.0816 = 1.22 deviations: A is rich. With ln A 0, 0.3, 0, 0.1 it is the other way round.
const B = [0, 0.2, 0, 0.2];
const RICH = [0, 0.1, 0, 0.3];
const CHEAP = [0, 0.3, 0, 0.1];

describe('pairs', () => {
  it('buys the cheap one when the spread is wide, and leaves the part of the rich one in cash', () => {
    expect(held(RICH, B)).toEqual({ BBB: '50%', cash: '50%' });
    expect(held(CHEAP, B)).toEqual({ AAA: '50%', cash: '50%' });
  });

  it('remembers what it was opened with', () => {
    const opened = memory(RICH, B);
    expect(opened).toMatchObject({ side: -1, sessions: 0, first: 100 * Math.exp(0.3), second: 50 * Math.exp(0.2) });
    expect(opened?.['hedge']).toBeCloseTo(1, 12);
    expect(opened?.['deviation']).toBeCloseTo(Math.sqrt(0.02 / 3), 12);
    // ln 100 − ln 50, and nothing more: the logarithms above have the same mean.
    expect(opened?.['level']).toBeCloseTo(Math.LN2, 12);
  });

  it('sizes the legs by the hedge ratio', () => {
    // ln A 0, 0.3, 0, 0.5: h = 0.4/0.2 = 2, so two thirds of the pair are in B.
    expect(held([0, 0.3, 0, 0.5], B)).toEqual({ BBB: '66.6667%', cash: '33.3333%' });
    expect(percentsOf(decide(RICH, B, { places: 2 }))).toEqual({ BBB: '25%', cash: '75%' });
  });

  it('sells the rich one short where it may', () => {
    const rule = pairs.open(givenFor({ short: 'yes', places: 2 }));
    const values = Float64Array.of(100, 50, 1.2, 1.5, 0.1);
    const after = rule.step?.({}, values) ?? {};
    // 1/(1 + 1.5) and 1.5/(1 + 1.5) of one half
    expect(rule.divide(after, values)).toEqual({ kind: 'parts', parts: [-0.2, expect.closeTo(0.3, 12)], leftOut: [] });
  });

  it('is short in the targets, whose cash is all that its two legs cost together', () => {
    expect(percentsOf(decide(RICH, B, { short: 'yes' }))).toEqual({ AAA: '-50%', BBB: '50%', cash: '100%' });
  });

  it('stays while the spread is wide, measured as it was when it was opened', () => {
    // 0.3 − 0.2 is 1.22 of those deviations.
    expect(held([...RICH, 0.3], [...B, 0.2])).toEqual({ BBB: '50%', cash: '50%' });
    expect(memory([...RICH, 0.3], [...B, 0.2])).toMatchObject({ sessions: 1 });
  });

  it.each([
    ['when they have come together', 0.24, 0.2],
    ['when they have changed sides in one day', 0, 0.2],
    ['when they are wider apart than the stop', 0.4, 0.2],
  ])('closes %s', (_name, first, second) => {
    expect(held([...RICH, first], [...B, second])).toEqual({ cash: '100%' });
  });

  it('closes after so many sessions on which both had a close', () => {
    expect(held([...RICH, 0.3, 0.3], [...B, 0.2, 0.2])).toMatchObject({ BBB: '50%' });
    expect(held([...RICH, 0.3, _, 0.3], [...B, 0.2, 0.2, 0.2])).toMatchObject({ BBB: '50%' });
    expect(held([...RICH, 0.3, 0.3, 0.3], [...B, 0.2, 0.2, 0.2])).toEqual({ cash: '100%' });
  });

  it('does not open again what it gave up, until the spread has been inside the line', () => {
    const values = (score: number) => Float64Array.of(100, 50, score, 1, 0.1);
    const rule = pairs.open(givenFor());
    const waiting = { 'AAA BBB': { waiting: 1 } };
    expect(rule.step?.(waiting, values(1.5))).toEqual(waiting);
    expect(rule.step?.(waiting, values(_))).toEqual(waiting);
    expect(rule.step?.(waiting, values(0.9))).toEqual({});
  });

  it('does not open where it would be given up at once, nor where they move against each other', () => {
    const rule = pairs.open(givenFor());
    expect(rule.step?.({}, Float64Array.of(100, 50, 2.1, 1, 0.1))).toEqual({});
    expect(rule.step?.({}, Float64Array.of(100, 50, 1.5, -1, 0.1))).toEqual({});
    expect(Object.keys(rule.step?.({}, Float64Array.of(100, 50, 1.5, 1, 0.1)) ?? {})).toEqual(['AAA BBB']);
  });

  it('gives the places to the widest', () => {
    const rule = pairs.open(
      givenFor({
        of: [
          ['AAA', 'BBB'],
          ['CCC', 'BBB'],
        ],
      }),
    );
    const values = Float64Array.of(100, 50, 1.2, 1, 0.1, 70, 50, -1.3, 1, 0.1);
    const after = rule.step?.({}, values) ?? {};
    expect(Object.keys(after)).toEqual(['CCC BBB']);
    expect(rule.divide(after, values)).toEqual({ kind: 'parts', parts: [0, 0, 0.5], leftOut: [] });
  });

  it('is undefined when no pair can be judged, and leaves out one that cannot', () => {
    expect(decide([_, 0.1, 0, 0.3], B)).toMatchObject({ kind: 'undefined', symbol: 'AAA', metric: 'pair-spread' });
    const past = someHistory({ AAA: closesOf(100, RICH), BBB: closesOf(50, B), CCC: [_, 1, 2, 3], DDD: [1, 2, 3, 4] });
    const of = [
      ['AAA', 'BBB'],
      ['CCC', 'DDD'],
    ] as const;
    const decided = evaluate(readyMadeTree('pairs', givenFor({ of })), past, undefined, dateAt(3), DEFAULT_OPTIONS);
    expect(decided).toMatchObject({ kind: 'weights', leftOut: [{ symbol: 'CCC', metric: 'pair-spread' }] });
  });

  it('refuses a pair twice, a pair of one symbol, and lines that cross', () => {
    expect(() => pairs.open(givenFor({ of: [['AAA', 'AAA']] }))).toThrow('of of pairs');
    const twice = [
      ['AAA', 'BBB'],
      ['BBB', 'AAA'],
    ] as const;
    expect(() => pairs.open(givenFor({ of: twice }))).toThrow('of of pairs');
    expect(pairs.contradictions(givenFor({ exit: 1 }))).toMatchObject([{ parameter: 'exit' }]);
    expect(pairs.contradictions(givenFor({ stop: 1 }))).toMatchObject([{ parameter: 'stop' }]);
    expect(pairs.contradictions(givenFor({ entry: 1.5 }))).toMatchObject([{ parameter: 'entry' }]);
  });
});
