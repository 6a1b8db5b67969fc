import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { closesNeeded, evaluate, symbolsOf, watchedSymbols } from '../../../../shared/core/strategy/evaluate.ts';
import type { History } from '../../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import type { Tree } from '../../../../shared/core/strategy/tree.ts';
import { WHOLE } from '../../../../shared/core/values/weight.ts';
import { anyHistory, anyStrategy } from '../../../arbitraries/strategy.ts';
import { anyTree } from '../../../arbitraries/strategy-file.ts';
import { someTargets } from '../../../builders/portfolio.ts';
import { asset, CASH, dateAt, equal, inverseVolatility, someHistory, specified } from '../../../builders/strategy.ts';

const NO_HISTORY = someHistory({});

// Returns of ±10 %, ±20 % and ±30 %: means of zero, deviations as 1 : 2 : 3.
const SWINGS = someHistory({ SPY: [100, 110, 99], AGG: [100, 120, 96], GLD: [100, 130, 91] });
const AS_OF = dateAt(2);

function weightsOf(strategy: Tree, history: History = NO_HISTORY, asOf = AS_OF) {
  const evaluation = evaluate(strategy, history, undefined, asOf, DEFAULT_OPTIONS);
  if (evaluation.kind === 'undefined') throw new Error(`undefined: ${evaluation.detail}`);
  return evaluation.targets;
}

describe('a strategy', () => {
  it('of one asset holds it whole, of cash holds nothing', () => {
    expect(weightsOf(asset('SPY'))).toEqual(someTargets({ SPY: '100%' }));
    expect(weightsOf(CASH)).toEqual(someTargets({}));
  });

  it('of specified weights holds exactly those, the rest in its cash', () => {
    const strategy = specified(['60%', asset('SPY')], ['33.3333%', asset('AGG')], ['6.6667%', CASH]);
    expect(weightsOf(strategy)).toEqual(someTargets({ SPY: '60%', AGG: '33.3333%' }));
  });

  it('of equal weights gives what does not divide to the first symbols, a part per million each', () => {
    expect(weightsOf(equal(asset('SPY'), asset('AGG'), asset('GLD')))).toEqual(
      someTargets({ SPY: '33.3333%', AGG: '33.3334%', GLD: '33.3333%' }),
    );
    // 1,000,000 = 7 × 142,857 + 1
    const seven = equal(...['A', 'B', 'C', 'D', 'E', 'F', 'G'].map(asset));
    expect(weightsOf(seven).weights.map(({ weight }) => weight)).toEqual([
      142_858n,
      142_857n,
      142_857n,
      142_857n,
      142_857n,
      142_857n,
      142_857n,
    ]);
  });

  it('of inverse volatility holds twice as much of what moves half as much', () => {
    expect(weightsOf(inverseVolatility(2, asset('SPY'), asset('AGG')), SWINGS)).toEqual(someTargets({ SPY: '66.6667%', AGG: '33.3333%' }));
  });

  it('of inverse volatility divides as one over the deviations: 1, 2 and 3 become 6, 3 and 2 elevenths', () => {
    // 545,454.5, 272,727.3 and 181,818.2: the part left over goes to the largest remainder.
    expect(weightsOf(inverseVolatility(2, asset('SPY'), asset('AGG'), asset('GLD')), SWINGS)).toEqual(
      someTargets({ SPY: '54.5455%', AGG: '27.2727%', GLD: '18.1818%' }),
    );
  });

  it('of inverse volatility measures around the mean: a steady climb of 1, 2, 3 % is as calm as one of 11, 12, 13 %', () => {
    const climbs = someHistory({ SPY: [100, 101, 103.02, 106.1106], AGG: [100, 111, 124.32, 140.4816] });
    expect(weightsOf(inverseVolatility(3, asset('SPY'), asset('AGG')), climbs, dateAt(3))).toEqual(someTargets({ SPY: '50%', AGG: '50%' }));
  });

  it('of inverse volatility looks back its window and no further', () => {
    const stormyBefore = someHistory({ SPY: [1, 900, 100, 110, 99], AGG: [100, 100, 100, 120, 96] });
    expect(weightsOf(inverseVolatility(2, asset('SPY'), asset('AGG')), stormyBefore, dateAt(4))).toEqual(
      someTargets({ SPY: '66.6667%', AGG: '33.3333%' }),
    );
  });

  it('nests: a child divides what its parent gives it, and an asset in two places is held once', () => {
    const strategy = specified(
      ['60%', equal(asset('SPY'), asset('GLD'))],
      ['30%', inverseVolatility(2, asset('SPY'), asset('AGG'))],
      ['10%', CASH],
    );
    // SPY 30 % + 20 %, GLD 30 %, AGG 10 %.
    expect(weightsOf(strategy, SWINGS)).toEqual(someTargets({ AGG: '10%', GLD: '30%', SPY: '50%' }));
  });

  it('does not ask for the data of a part that has no capital', () => {
    const strategy = specified(['100%', asset('SPY')], ['0%', inverseVolatility(20, asset('AGG'))]);
    expect(weightsOf(strategy)).toEqual(someTargets({ SPY: '100%' }));
  });

  it('says which symbols it may hold or look at, and how many closes it needs', () => {
    const strategy = specified(['60%', equal(asset('SPY'), asset('GLD'))], ['40%', inverseVolatility(20, asset('SPY'), asset('AGG'))]);
    expect(symbolsOf(strategy)).toEqual(['AGG', 'GLD', 'SPY']);
    expect(closesNeeded(strategy, DEFAULT_OPTIONS)).toBe(21);
    expect([closesNeeded(CASH, DEFAULT_OPTIONS), closesNeeded(equal(asset('SPY')), DEFAULT_OPTIONS), symbolsOf(CASH)]).toEqual([0, 0, []]);
    expect(closesNeeded(equal(inverseVolatility(5, asset('SPY')), inverseVolatility(9, asset('SPY'))), DEFAULT_OPTIONS)).toBe(10);
  });
});

describe('undefined data', () => {
  const symbol = 'SPY';
  const metric = 'stdev-return';

  it('is an answer when there are too few closes', () => {
    const history = someHistory({ SPY: [100, 110] });
    expect(evaluate(inverseVolatility(2, asset('SPY')), history, undefined, dateAt(1), DEFAULT_OPTIONS)).toEqual({
      kind: 'undefined',
      symbol,
      metric,
      detail: 'is undefined or of no use on 2026-01-06; it has no value in the history that was read',
    });
  });

  it('is an answer when the symbol is not in the history at all', () => {
    expect(evaluate(inverseVolatility(2, asset('SPY')), NO_HISTORY, undefined, dateAt(2), DEFAULT_OPTIONS)).toMatchObject({
      kind: 'undefined',
      symbol,
      metric,
    });
  });

  it('is an answer when closes lie only after the date', () => {
    expect(evaluate(inverseVolatility(2, asset('SPY')), SWINGS, undefined, '2026-01-01', DEFAULT_OPTIONS)).toMatchObject({
      kind: 'undefined',
      symbol,
      metric,
    });
  });

  it('is an answer when the close of the date itself is missing', () => {
    expect(evaluate(inverseVolatility(2, asset('SPY')), SWINGS, undefined, dateAt(3), DEFAULT_OPTIONS)).toEqual({
      kind: 'undefined',
      symbol,
      metric,
      detail: 'is undefined or of no use on 2026-01-08; it has its first value on 2026-01-07',
    });
  });

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY])('is an answer when a close is %s', (close) => {
    expect(
      evaluate(inverseVolatility(2, asset('SPY')), someHistory({ SPY: [100, close, 99] }), undefined, AS_OF, DEFAULT_OPTIONS),
    ).toMatchObject({
      kind: 'undefined',
      symbol,
      metric,
    });
  });

  it('is an answer when no child ever moved', () => {
    expect(
      evaluate(inverseVolatility(2, asset('SPY')), someHistory({ SPY: [100, 100, 100] }), undefined, AS_OF, DEFAULT_OPTIONS),
    ).toMatchObject({
      kind: 'undefined',
      symbol,
      metric,
    });
  });

  it('leaves out a child that never moved, or has no closes, while another has', () => {
    const history = someHistory({ SPY: [100, 110, 99], AGG: [100, 100, 100] });
    const strategy = inverseVolatility(2, asset('SPY'), asset('AGG'), asset('TLT'));
    expect(weightsOf(strategy, history)).toEqual(someTargets({ SPY: '100%' }));
    expect(evaluate(strategy, history, undefined, AS_OF, DEFAULT_OPTIONS)).toMatchObject({
      leftOut: [
        { symbol: 'AGG', metric: 'stdev-return', why: 'zero', dataOf: 'AGG' },
        { symbol: 'TLT', metric: 'stdev-return', why: 'undefined', dataOf: 'TLT' },
      ],
    });
  });

  it('says whose data a group is missing', () => {
    const group: Tree = { kind: 'group', name: 'Bonds', child: equal(asset('AGG'), asset('TLT')) };
    const evaluation = evaluate(inverseVolatility(2, asset('SPY'), group), SWINGS, undefined, AS_OF, DEFAULT_OPTIONS);
    expect(evaluation).toMatchObject({ kind: 'weights', leftOut: [{ symbol: 'Bonds', metric: 'stdev-return', dataOf: 'TLT' }] });
  });

  it('weighs a strategy by the series that it would have earned', () => {
    // Half SPY, half cash swings half as much as SPY: it gets twice as much, half of which is SPY again.
    const strategy = inverseVolatility(2, asset('SPY'), specified(['50%', asset('SPY')], ['50%', CASH]));
    expect(weightsOf(strategy, SWINGS)).toEqual(someTargets({ SPY: '66.6667%' }));
  });

  it('of one part leaves the whole strategy without an answer', () => {
    const strategy = specified(['99%', asset('SPY')], ['1%', inverseVolatility(2, asset('TLT'))]);
    expect(evaluate(strategy, SWINGS, undefined, AS_OF, DEFAULT_OPTIONS).kind).toBe('undefined');
  });
});

describe('every strategy', () => {
  const anyAsOf = fc.nat({ max: 12 }).map(dateAt);

  it('gives weights that are above zero, ascending by symbol, and with cash sum to one million', () => {
    fc.assert(
      fc.property(anyStrategy, anyHistory, anyAsOf, (strategy, history, asOf) => {
        const evaluation = evaluate(strategy, history, undefined, asOf, DEFAULT_OPTIONS);
        if (evaluation.kind === 'undefined') return;
        const { weights, cash } = evaluation.targets;
        expect(weights.reduce((sum, { weight }) => sum + weight, cash)).toBe(WHOLE);
        expect(weights.every(({ weight }) => weight > 0n) && cash >= 0n).toBe(true);
        expect(weights.map(({ symbol }) => symbol)).toEqual([...new Set(weights.map(({ symbol }) => symbol))].sort());
        expect(symbolsOf(strategy)).toEqual(expect.arrayContaining(weights.map(({ symbol }) => symbol)));
      }),
    );
  });

  it('watches whatever it may ever hold', () => {
    fc.assert(
      fc.property(anyTree, (strategy) => {
        expect(watchedSymbols(strategy)).toEqual(expect.arrayContaining([...symbolsOf(strategy)]));
      }),
    );
  });

  it('gives the same answer whatever comes after the date', () => {
    fc.assert(
      fc.property(anyStrategy, anyHistory, anyAsOf, (strategy, history, asOf) => {
        const past = {
          ...history,
          columns: history.columns.map(({ symbol, dates, closes }) => {
            const known = dates.filter((date) => date <= asOf);
            return { symbol, dates: known, closes: closes.slice(0, known.length) };
          }),
        };
        expect(evaluate(strategy, past, undefined, asOf, DEFAULT_OPTIONS)).toEqual(
          evaluate(strategy, history, undefined, asOf, DEFAULT_OPTIONS),
        );
      }),
    );
  });

  it('gives the same answer in whatever order the series come', () => {
    fc.assert(
      fc.property(anyStrategy, anyHistory, anyAsOf, (strategy, history, asOf) => {
        expect(evaluate(strategy, { ...history, columns: history.columns.toReversed() }, undefined, asOf, DEFAULT_OPTIONS)).toEqual(
          evaluate(strategy, history, undefined, asOf, DEFAULT_OPTIONS),
        );
      }),
    );
  });

  it('needs no more closes than it says', () => {
    fc.assert(
      fc.property(anyStrategy, anyHistory, anyAsOf, (strategy, history, asOf) => {
        const needed = closesNeeded(strategy, DEFAULT_OPTIONS);
        const short = {
          ...history,
          columns: history.columns.map(({ symbol, dates, closes }) => {
            const known = dates.filter((date) => date <= asOf).length;
            const from = Math.max(0, known - needed);
            return { symbol, dates: dates.slice(from), closes: closes.slice(from) };
          }),
        };
        expect(evaluate(strategy, short, undefined, asOf, DEFAULT_OPTIONS).kind).toBe(
          evaluate(strategy, history, undefined, asOf, DEFAULT_OPTIONS).kind,
        );
      }),
    );
  });
});
