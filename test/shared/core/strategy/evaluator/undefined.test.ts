// Undefined is an answer of its own: it says whose metric is missing and from which day there is one.
import { describe, expect, it } from 'vitest';
import { evaluatorOf } from '../../../../../shared/core/strategy/evaluator/evaluator.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { weightsOn } from '../../../../../shared/core/strategy/evaluator/weights-on.ts';
import { asset, CASH, equal, inverseVolatility } from '../../../../builders/strategy.ts';
import { all, answerOn, type Closes, choose, gridOfCloses, group, is, of, over, price, top } from './market.ts';

const [A, B] = ['A', 'B'].map(asset) as [ReturnType<typeof asset>, ReturnType<typeof asset>];
const RISING: Closes = { A: [10, 11, 12, 13, 14], B: [20, 20, 20, 20, 20], LATE: [null, null, 5, 6, 7], EARLY: [5, 6, null, null, null] };

describe('an undefined comparison', () => {
  const rule = choose(is(of(over('cumulative-return', 3), 'A'), 'gt', 1), A, B);

  it('says which symbol, which metric and from which day it is defined', () => {
    expect(answerOn(rule, RISING, 2)).toEqual({ undefined: 'A', metric: 'cumulative-return', definedFrom: 3 });
    expect(answerOn(rule, RISING, 3)).toEqual({ weights: { A: 1 } });
  });

  it('says so when it never is', () => {
    expect(answerOn(choose(is(of(over('rsi', 99), 'A'), 'gt', 1), A, B), RISING, 4)).toEqual({
      undefined: 'A',
      metric: 'rsi',
      definedFrom: undefined,
    });
  });

  it('names the first part in the order of the file that has no value', () => {
    const condition = all(is(price('A'), 'gt', 1), is(1, 'lt', of(over('rsi', 4), 'B')), is(price('LATE'), 'gt', 1));
    expect(answerOn(choose(condition, A, B), RISING, 1)).toEqual({ undefined: 'B', metric: 'rsi', definedFrom: 4 });
  });

  it('is not what is undefined elsewhere in a condition that is decided without it', () => {
    const inner = choose(all(is(price('LATE'), 'gt', 1), is(price('A'), 'gt', 99)), B, A);
    expect(answerOn(inner, RISING, 0)).toEqual({ weights: { A: 1 } });
  });

  it('after the last bar of a symbol stays undefined: a price that ended is not a price', () => {
    expect(answerOn(choose(is(price('EARLY'), 'gt', 1), A, B), RISING, 3)).toMatchObject({ undefined: 'EARLY', metric: 'current-price' });
  });

  it('names the first day on which there is a value, though there are gaps after it', () => {
    const gap: Closes = { A: [1, 2, null, 4, 5] };
    expect(answerOn(choose(is(price('A'), 'gt', 1), CASH, CASH), gap, 2)).toEqual({
      undefined: 'A',
      metric: 'current-price',
      definedFrom: 0,
    });
  });

  it('is undefined on a day that is not one of the history, never false', () => {
    expect(answerOn(choose(is(price('A'), 'gt', 1), A, B), RISING, -1)).toMatchObject({ undefined: 'A', metric: 'current-price' });
    expect(answerOn(choose(is(price('A'), 'gt', 1), A, B), RISING, 5)).toMatchObject({ undefined: 'A', metric: 'current-price' });
  });
});

describe('an asset that is held', () => {
  it('is undefined on a day without a bar of its own', () => {
    expect(answerOn(equal(A, asset('LATE')), RISING, 1)).toEqual({ undefined: 'LATE', metric: 'close', definedFrom: 2 });
    expect(answerOn(equal(A, asset('LATE')), RISING, 2)).toEqual({ weights: { A: 0.5, LATE: 0.5 } });
  });

  it('is undefined after its last bar', () => {
    expect(answerOn(asset('EARLY'), RISING, 2)).toEqual({ undefined: 'EARLY', metric: 'close', definedFrom: 0 });
  });

  it('is undefined where it has no prices at all', () => {
    expect(answerOn(asset('NONE'), RISING, 2)).toEqual({ undefined: 'NONE', metric: 'close', definedFrom: undefined });
  });

  it('is held without a bar where the planner sees to that', () => {
    const evaluator = evaluatorOf(compile(equal(A, asset('EARLY'))), gridOfCloses(RISING), measure);
    expect(weightsOn(3, evaluator, 'held')).toEqual({
      kind: 'weights',
      bySymbol: new Map([
        ['EARLY', 0.5],
        ['A', 0.5],
      ]),
    });
  });

  it.each([0, -3, Number.NaN, Number.POSITIVE_INFINITY])('is undefined where its close is %d', (close) => {
    expect(answerOn(A, { A: [1, close] }, 1)).toMatchObject({ undefined: 'A', metric: 'close' });
  });
});

describe('a filter', () => {
  it('leaves out a candidate that is not defined yet', () => {
    expect(answerOn(top(1, over('cumulative-return', 2), A, asset('LATE')), RISING, 3)).toEqual({ weights: { A: 1 } });
    // From 5 to 7 is 40 %, more than A's from 12 to 14.
    expect(answerOn(top(1, over('cumulative-return', 2), A, asset('LATE')), RISING, 4)).toEqual({ weights: { LATE: 1 } });
  });

  it('without a defined candidate is undefined itself, and names the first candidate', () => {
    expect(answerOn(top(1, over('cumulative-return', 3), A, B), RISING, 1)).toEqual({
      undefined: 'A',
      metric: 'cumulative-return',
      definedFrom: 3,
    });
  });

  it('over subtrees names what they hold', () => {
    const answer = answerOn(top(1, over('cumulative-return', 3), group(equal(A, B))), RISING, 1);
    expect(answer).toEqual({ undefined: 'a group of A, B', metric: 'cumulative-return', definedFrom: 3 });
  });

  it('that chooses a candidate whose own weights are undefined is undefined', () => {
    // On day 3 A's rsi over 2 exists, but the chosen branch asks for one over 9.
    const child = choose(is(price('A'), 'lt', 13), A, choose(is(of(over('rsi', 9), 'B'), 'gt', 1), A, B));
    expect(answerOn(top(1, over('cumulative-return', 2), child), RISING, 3)).toEqual({
      undefined: 'B',
      metric: 'rsi',
      definedFrom: undefined,
    });
  });

  it('that does not choose such a candidate is not', () => {
    const child = choose(is(price('A'), 'lt', 13), B, choose(is(of(over('rsi', 9), 'B'), 'gt', 1), A, B));
    expect(answerOn(top(1, over('cumulative-return', 2), child, A), RISING, 3)).toEqual({ weights: { A: 1 } });
  });
});

describe('inverse volatility', () => {
  it('is undefined where no child moves, and names the first', () => {
    expect(answerOn(inverseVolatility(2, B, CASH), RISING, 3)).toEqual({ undefined: 'B', metric: 'stdev-return', definedFrom: undefined });
  });

  it('is undefined where no past is long enough', () => {
    expect(answerOn(inverseVolatility(3, asset('LATE'), A), RISING, 2)).toEqual({
      undefined: 'LATE',
      metric: 'stdev-return',
      definedFrom: undefined,
    });
  });

  it('over one return is never defined: one value has no sample deviation', () => {
    expect(answerOn(inverseVolatility(1, A), RISING, 4)).toEqual({ undefined: 'A', metric: 'stdev-return', definedFrom: undefined });
  });
});
