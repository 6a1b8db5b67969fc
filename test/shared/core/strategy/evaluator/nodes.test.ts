// What each node of the language means on one day. Every figure is derived by hand beside it.
import { describe, expect, it } from 'vitest';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import type { Comparator } from '../../../../../shared/core/strategy/tree.ts';
import { asset, CASH, equal, inverseVolatility, specified } from '../../../../builders/strategy.ts';
import { all, answerOn, any, bottom, type Closes, CURRENT_PRICE, choose, group, is, not, of, over, price, top } from './market.ts';

const [A, B, C] = ['A', 'B', 'C'].map(asset) as [ReturnType<typeof asset>, ReturnType<typeof asset>, ReturnType<typeof asset>];

/** On day 2 A is at 12 and rises, B is at 8 and falls, C is at 10 and rests. */
const CLOSES: Closes = { A: [10, 11, 12], B: [10, 9, 8], C: [10, 10, 10] };

describe('weights', () => {
  it('an asset holds all', () => expect(answerOn(A, CLOSES, 2)).toEqual({ weights: { A: 1 } }));
  it('cash holds nothing', () => expect(answerOn(CASH, CLOSES, 2)).toEqual({ weights: {} }));
  it('a group passes through what it holds', () =>
    expect(answerOn(group(equal(A, B)), CLOSES, 2)).toEqual({ weights: { A: 0.5, B: 0.5 } }));

  it('equal gives the same part to each child, and a child divides its own', () => {
    expect(answerOn(equal(A, equal(B, C)), CLOSES, 2)).toEqual({ weights: { A: 0.5, B: 0.25, C: 0.25 } });
  });

  it('a symbol that is reached twice holds both parts', () => {
    expect(answerOn(equal(A, specified(['50%', A], ['50%', B])), CLOSES, 2)).toEqual({ weights: { A: 0.75, B: 0.25 } });
  });

  it('specified gives what it says, and what cash gets is held by nothing', () => {
    expect(answerOn(specified(['60%', A], ['30%', B], ['10%', CASH]), CLOSES, 2)).toEqual({ weights: { A: 0.6, B: 0.3 } });
  });

  it('a child of weight 0 is not looked at, even where it is undefined', () => {
    const undefinedTree = choose(is(price('NONE'), 'gt', 1), A, B);
    expect(answerOn(specified(['100%', C], ['0%', undefinedTree]), CLOSES, 2)).toEqual({ weights: { C: 1 } });
  });

  it('a weight block without any weight is a broken tree', () => {
    expect(() => compile(specified(['0%', A]))).toThrow(RangeError);
    expect(() => compile(equal())).toThrow(RangeError);
  });

  it.each([0, -1, 1.5, Number.NaN])('a filter that selects %d is a broken tree', (count) => {
    expect(() => compile(top(count, CURRENT_PRICE, A))).toThrow(RangeError);
  });

  it('a filter or an inverse volatility without children is a broken tree', () => {
    expect(() => compile(top(1, CURRENT_PRICE))).toThrow(RangeError);
    expect(() => compile(inverseVolatility(2))).toThrow(RangeError);
  });

  it('a comparison with a constant that is not a number is a broken tree', () => {
    expect(() => compile(choose(is(price('A'), 'gt', Number.NaN), A, B))).toThrow(RangeError);
    expect(() => compile(choose(is(price('A'), 'gt', Number.POSITIVE_INFINITY), A, B))).toThrow(RangeError);
  });
});

describe('inverse volatility', () => {
  // Returns of X: +10 %, −10 % (mean 0, sample deviation √(0.01 + 0.01) = 14.14 %); of Y half of that: 1/1 against 1/½ is 1 : 2.
  const closes: Closes = { X: [100, 110, 99], Y: [100, 105, 99.75], FLAT: [5, 5, 5], SHORT: [null, 7, 7.7] };

  it('weighs by one over the deviation of the last returns', () => {
    const answer = answerOn(inverseVolatility(2, asset('X'), asset('Y')), closes, 2) as { weights: Record<string, number> };
    expect(answer.weights['X']).toBeCloseTo(1 / 3, 12);
    expect(answer.weights['Y']).toBeCloseTo(2 / 3, 12);
  });

  it('leaves out a child that does not move and one whose past is too short', () => {
    expect(answerOn(inverseVolatility(2, asset('FLAT'), asset('X'), asset('SHORT')), closes, 2)).toEqual({ weights: { X: 1 } });
  });

  it('of a subtree uses the deviation of its own returns', () => {
    // Half X, half cash earns half of X's returns every day: the same deviation as Y's.
    const answer = answerOn(inverseVolatility(2, equal(asset('X'), CASH), asset('Y')), closes, 2) as { weights: Record<string, number> };
    expect(answer.weights['X']).toBeCloseTo(1 / 4, 12);
    expect(answer.weights['Y']).toBeCloseTo(1 / 2, 12);
  });
});

describe('if', () => {
  const branches = (condition: Parameters<typeof choose>[0]) => answerOn(choose(condition, A, B), CLOSES, 2);
  const then = { weights: { A: 1 } };
  const otherwise = { weights: { B: 1 } };

  it.each<[Comparator, boolean, boolean, boolean]>([
    ['gt', false, false, true],
    ['gte', false, true, true],
    ['lt', true, false, false],
    ['lte', true, true, false],
    ['eq', false, true, false],
  ])('%s of less, the same and more is %s, %s and %s', (comparator, less, same, more) => {
    expect(branches(is(price('B'), comparator, price('C')))).toEqual(less ? then : otherwise);
    expect(branches(is(price('C'), comparator, 10))).toEqual(same ? then : otherwise);
    expect(branches(is(12, comparator, price('C')))).toEqual(more ? then : otherwise);
  });

  it('a mean over one close equals the price to the last bit, and a drawdown at a new high is exactly 0', () => {
    const closes: Closes = { A: [0.1, 0.2, 0.30000000000000004], B: [1, 1, 1] };
    expect(answerOn(choose(is(of(over('moving-average-price', 1), 'A'), 'eq', price('A')), A, B), closes, 2)).toEqual(then);
    expect(answerOn(choose(is(of(over('max-drawdown', 3), 'A'), 'eq', 0), A, B), closes, 2)).toEqual(then);
  });

  const [yes, no, unknown] = [is(price('A'), 'gt', 1), is(price('A'), 'lt', 1), is(price('NONE'), 'gt', 1)];

  it.each([
    ['all of yes and yes', all(yes, yes), then],
    ['all of yes and no', all(yes, no), otherwise],
    ['any of no and yes', any(no, yes), then],
    ['any of no and no', any(no, no), otherwise],
    ['not no', not(no), then],
    ['not yes', not(yes), otherwise],
    ['all of unknown and no: the no decides', all(unknown, no), otherwise],
    ['any of unknown and yes: the yes decides', any(unknown, yes), then],
    ['not (all of unknown and no)', not(all(unknown, no)), then],
  ])('%s', (_, condition, expected) => expect(branches(condition)).toEqual(expected));

  it.each([
    ['all of yes and unknown', all(yes, unknown)],
    ['any of no and unknown', any(no, unknown)],
    ['not unknown', not(unknown)],
    ['any of (all of yes and unknown) and no', any(all(yes, unknown), no)],
  ])('%s is undefined', (_, condition) => {
    expect(branches(condition)).toEqual({ undefined: 'NONE', metric: 'current-price', definedFrom: undefined });
  });

  it('the branch that is not taken needs no prices', () => {
    const lost = choose(is(price('NONE'), 'gt', 1), asset('NONE'), top(1, over('rsi', 500), asset('NONE')));
    expect(answerOn(choose(yes, A, lost), CLOSES, 2)).toEqual(then);
    expect(answerOn(choose(no, lost, B), CLOSES, 2)).toEqual(otherwise);
  });
});

describe('filter', () => {
  it('top takes the largest, bottom the smallest, in equal parts', () => {
    expect(answerOn(top(1, CURRENT_PRICE, A, B, C), CLOSES, 2)).toEqual({ weights: { A: 1 } });
    expect(answerOn(bottom(1, CURRENT_PRICE, A, B, C), CLOSES, 2)).toEqual({ weights: { B: 1 } });
    expect(answerOn(top(2, CURRENT_PRICE, A, B, C), CLOSES, 2)).toEqual({ weights: { A: 0.5, C: 0.5 } });
  });

  it('takes all where more are asked for than there are, and all that are defined', () => {
    expect(answerOn(top(7, CURRENT_PRICE, A, B), CLOSES, 2)).toEqual({ weights: { A: 0.5, B: 0.5 } });
    expect(answerOn(top(7, CURRENT_PRICE, A, B, asset('NONE')), CLOSES, 2)).toEqual({ weights: { A: 0.5, B: 0.5 } });
  });

  it('is one child of its weight block', () => {
    expect(answerOn(equal(C, top(2, CURRENT_PRICE, A, B)), CLOSES, 2)).toEqual({ weights: { C: 0.5, A: 0.25, B: 0.25 } });
  });

  it('takes the first symbol of the alphabet among the same values, whatever the order in the file', () => {
    const same: Closes = { A: [5, 5], B: [5, 5], C: [5, 5] };
    expect(answerOn(top(1, CURRENT_PRICE, C, B, A), same, 1)).toEqual({ weights: { A: 1 } });
    expect(answerOn(bottom(2, CURRENT_PRICE, C, B, A), same, 1)).toEqual({ weights: { A: 0.5, B: 0.5 } });
  });

  it('keeps a symbol that is named twice twice', () => {
    expect(answerOn(top(2, CURRENT_PRICE, A, B, A), CLOSES, 2)).toEqual({ weights: { A: 1 } });
  });

  it('compares ten significant digits: the eleventh does not decide, the tenth does', () => {
    const eleventh: Closes = { A: [1.0000000001], B: [1.0000000002] };
    expect(answerOn(top(1, CURRENT_PRICE, B, A), eleventh, 0)).toEqual({ weights: { A: 1 } });
    const tenth: Closes = { A: [1.000000001], B: [1.000000002] };
    expect(answerOn(top(1, CURRENT_PRICE, B, A), tenth, 0)).toEqual({ weights: { B: 1 } });
  });

  it('ranks negative values below positive ones', () => {
    // Over two days A earned +20 %, B −20 %, C nothing.
    expect(answerOn(bottom(2, over('cumulative-return', 2), A, B, C), CLOSES, 2)).toEqual({ weights: { B: 0.5, C: 0.5 } });
  });

  it('among the same values takes subtrees, which have no symbol, before symbols, and those in the order of the file', () => {
    const same: Closes = { A: [5, 5, 5], B: [5, 5, 5], C: [7, 7, 7], D: [9, 9, 9] };
    const by = over('cumulative-return', 1);
    expect(answerOn(top(1, by, B, equal(C), A), same, 2)).toEqual({ weights: { C: 1 } });
    expect(answerOn(top(1, by, B, equal(asset('D')), A, equal(C)), same, 2)).toEqual({ weights: { D: 1 } });
    expect(answerOn(top(2, by, B, equal(C), A), same, 2)).toEqual({ weights: { C: 0.5, A: 0.5 } });
  });
});
