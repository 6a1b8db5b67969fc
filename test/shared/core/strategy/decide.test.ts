import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecisionDay, decide } from '../../../../shared/core/strategy/decide.ts';
import { evaluate, type Undefined } from '../../../../shared/core/strategy/evaluate.ts';
import type { History } from '../../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../../shared/core/strategy/options.ts';
import type { StrategyState } from '../../../../shared/core/strategy/state.ts';
import type { Decision } from '../../../../shared/core/strategy/take-turn.ts';
import type { RebalanceRule, Tree } from '../../../../shared/core/strategy/tree.ts';
import { addDays, type NewYorkDate } from '../../../../shared/core/values/time.ts';
import { formatPercent, percent, WHOLE } from '../../../../shared/core/values/weight.ts';
import { asset, CASH, dateAt, EVERY_RUN, equal, someHistory, specified } from '../../../builders/strategy.ts';

const NONE: RebalanceRule = { kind: 'none' };
const MONTHLY: RebalanceRule = { kind: 'every', every: 'month' };
const corridor = (width: string): RebalanceRule => ({ kind: 'corridor', width: percent(width) });

/** SPY after a session in which it rose, else TLT. */
const SWITCH: Tree = (() => {
  const then = asset('SPY');
  const condition = {
    kind: 'compare' as const,
    left: { kind: 'metric' as const, metric: { name: 'cumulative-return' as const, window: 1 }, symbol: 'SPY' },
    comparator: 'gt' as const,
    right: { kind: 'constant' as const, value: 0 },
  };
  return { kind: 'if', condition, then, otherwise: asset('TLT') };
})();

/** Decided on the close of `day`, traded on the day after. */
function dayAfter(asOf: NewYorkDate): DecisionDay {
  return { asOf, session: addDays(asOf, 1) };
}

function decided(answer: Decision | Undefined): Decision {
  if (answer.kind === 'undefined') throw new Error(`${answer.metric} of ${answer.symbol} ${answer.detail}`);
  return answer;
}

function weightsOf({ targets }: Decision): Readonly<Record<string, string>> {
  return Object.fromEntries(targets.weights.map(({ symbol, weight }) => [symbol, formatPercent(weight)]));
}

/** Decides on each of the days in turn, each going on from the one before. */
function lived(strategy: Tree, rule: RebalanceRule, history: History, days: readonly number[]): Decision[] {
  let prior: StrategyState | undefined;
  return days.map((day) => {
    const decision = decided(decide(strategy, rule, history, prior, dayAfter(dateAt(day)), DEFAULT_OPTIONS));
    prior = decision.state;
    return decision;
  });
}

const HALVES = equal(asset('SPY'), asset('TLT'));
// SPY doubles on the third day and doubles again on the fourth; TLT stands still. The first day is 5 January 2026.
const DOUBLING = someHistory({ SPY: [100, 100, 200, 400], TLT: [50, 50, 50, 50] });

describe('a strategy without a rule of its own', () => {
  it('takes its new weights in every run, and leaves no rebalance to remember', () => {
    const turns = lived(HALVES, EVERY_RUN, DOUBLING, [0, 1, 2, 3]);
    expect(turns.map(({ turn }) => turn)).toEqual(['every-run', 'every-run', 'every-run', 'every-run']);
    expect(turns.map(weightsOf)).toEqual(Array.from({ length: 4 }, () => ({ SPY: '50%', TLT: '50%' })));
    expect(turns.at(-1)?.state).not.toHaveProperty('rebalanced');
  });
});

describe('a strategy that is never rebalanced', () => {
  it('takes its weights once and holds them as they drift, by the returns since the session that traded them', () => {
    const turns = lived(HALVES, NONE, DOUBLING, [0, 1, 2, 3]);
    expect(turns.map(({ turn }) => turn)).toEqual(['first', 'held', 'held', 'held']);
    // Traded on the second day: at its close nothing has drifted. Then 2 to 1, and 4 to 1.
    expect(turns.map(weightsOf)).toEqual([
      { SPY: '50%', TLT: '50%' },
      { SPY: '50%', TLT: '50%' },
      { SPY: '66.6667%', TLT: '33.3333%' },
      { SPY: '80%', TLT: '20%' },
    ]);
    expect(turns.at(-1)?.state.rebalanced).toMatchObject({ on: dateAt(1), targets: turns[0]?.targets });
  });

  it('leaves cash where it is, while what is invested grows beside it', () => {
    const [, , , last] = lived(specified(['50%', asset('SPY')], ['50%', CASH]), NONE, DOUBLING, [0, 1, 2, 3]);
    expect(last?.targets).toEqual({ weights: [{ symbol: 'SPY', weight: percent('80%') }], cash: percent('20%') });
  });

  it('is rebalanced fully when another branch is taken, at once', () => {
    const history = someHistory({ SPY: [100, 101, 102, 101, 100], TLT: [50, 50, 50, 50, 50] });
    const turns = lived(SWITCH, NONE, history, [1, 2, 3, 4]);
    expect(turns.map(({ turn }) => turn)).toEqual(['first', 'held', 'branch', 'held']);
    expect(turns.map(weightsOf)).toEqual([{ SPY: '100%' }, { SPY: '100%' }, { TLT: '100%' }, { TLT: '100%' }]);
  });

  it('is rebalanced fully when another candidate is chosen, but not when the chosen ones change places', () => {
    const best: Tree = {
      kind: 'filter',
      select: 'top',
      count: 2,
      by: { name: 'cumulative-return', window: 1 },
      children: [asset('A'), asset('B'), asset('C')],
    };
    // Returns of day 1: A > B > C; of day 2: B > A > C; of day 3: C > B > A.
    const history = someHistory({ A: [100, 103, 104, 104], B: [100, 102, 105, 106], C: [100, 101, 101, 109] });
    expect(lived(best, NONE, history, [1, 2, 3]).map(({ turn }) => turn)).toEqual(['first', 'held', 'branch']);
  });

  it('begins anew when the strategy or one of its options is another one', () => {
    const first = decided(decide(HALVES, NONE, DOUBLING, undefined, dayAfter(dateAt(1)), DEFAULT_OPTIONS));
    const other = specified(['60%', asset('SPY')], ['40%', asset('TLT')]);
    expect(decided(decide(other, NONE, DOUBLING, first.state, dayAfter(dateAt(3)), DEFAULT_OPTIONS))).toMatchObject({ turn: 'first' });
    const options = { ...DEFAULT_OPTIONS, prices: 'split-adjusted' } as const;
    expect(decided(decide(HALVES, NONE, DOUBLING, first.state, dayAfter(dateAt(3)), options))).toMatchObject({ turn: 'first' });
    const renamed: Tree = { kind: 'group', name: 'only a name', child: HALVES };
    expect(decided(decide(renamed, NONE, DOUBLING, first.state, dayAfter(dateAt(3)), DEFAULT_OPTIONS))).toMatchObject({ turn: 'held' });
  });
});

describe('a short position that is held', () => {
  const PAIR = specified(['40%', asset('SPY')], ['-30%', asset('TLT')], ['90%', CASH]);
  const held = (spy: number, tlt: number): Decision | undefined =>
    lived(PAIR, NONE, someHistory({ SPY: [100, 100, spy], TLT: [50, 50, tlt] }), [0, 1, 2])[2];

  it('moves against its price, and the cash keeps what its sale brought', () => {
    // Of 100: 40 SPY, 30 owed, 90 in cash. Owed 60 after a doubling, 70 are left: 57.1429 %, -85.7143 % and 128.5714 %.
    expect(held(100, 100)?.targets).toMatchObject({
      weights: [
        { symbol: 'SPY', weight: 571_429n },
        { symbol: 'TLT', weight: -857_143n },
      ],
      cash: 1_285_714n,
    });
    // Owed 15 after a halving, 115 are left: 34.7826 %, -13.0435 % and 78.2609 %.
    expect(held(100, 25)?.targets).toEqual({
      weights: [
        { symbol: 'SPY', weight: 347_826n },
        { symbol: 'TLT', weight: -130_435n },
      ],
      cash: 782_609n,
    });
    // Long and short both up by half: 60, 45 owed, 90 in cash of 105.
    expect(held(150, 75)?.targets).toEqual({
      weights: [
        { symbol: 'SPY', weight: 571_429n },
        { symbol: 'TLT', weight: -428_571n },
      ],
      cash: 857_142n,
    });
  });

  it('is undefined where what is owed has eaten up the whole', () => {
    const history = someHistory({ SPY: [100, 100, 100], TLT: [10, 10, 44] });
    const first = decided(decide(PAIR, NONE, history, undefined, dayAfter(dateAt(0)), DEFAULT_OPTIONS));
    // Owed 132 after a rise to 4.4 times: 40 + 90 - 132 is less than nothing.
    expect(decide(PAIR, NONE, history, first.state, dayAfter(dateAt(2)), DEFAULT_OPTIONS)).toMatchObject({ kind: 'undefined' });
  });

  it('leaves a corridor by its weight, on its own side of zero', () => {
    const history = someHistory({ SPY: [100, 100, 100], TLT: [50, 50, 60] });
    // Owed 36 of 94: -38.2979 %, 8.2979 points off.
    for (const [width, turn] of [
      ['8.2978%', 'corridor'],
      ['8.298%', 'held'],
    ] as const)
      expect(lived(PAIR, corridor(width), history, [0, 1, 2]).at(-1)?.turn).toBe(turn);
  });
});

describe('a strategy with a corridor', () => {
  it('holds while every weight is within it, the edge included, and is rebalanced when one has left it', () => {
    // On the third day SPY is at 66.6667 %: 16.6667 points off.
    for (const [width, turn] of [
      ['16.6666%', 'corridor'],
      ['16.6667%', 'held'],
    ] as const) {
      expect(lived(HALVES, corridor(width), DOUBLING, [0, 1, 2]).map((each) => each.turn)).toEqual(['first', 'held', turn]);
    }
    const [, , third] = lived(HALVES, corridor('5%'), DOUBLING, [0, 1, 2]);
    expect(third).toMatchObject({ turn: 'corridor', state: { rebalanced: { on: dateAt(3) } } });
    expect(third === undefined ? {} : weightsOf(third)).toEqual({ SPY: '50%', TLT: '50%' });
  });
});

describe('a strategy that is rebalanced once in a period', () => {
  const closes = Array.from({ length: 70 }, (_, day) => 100 + day);
  const history = someHistory({ SPY: closes, TLT: closes.map(() => 50) });

  it('is in its first run of a new month, also where the first days of it were missed', () => {
    // Traded on 6, 7, 31 January, 1, 2 February, and after a gap on 10 March.
    const turns = lived(HALVES, MONTHLY, history, [0, 1, 25, 26, 27, 63]);
    expect(turns.map(({ turn, state }) => [turn, state.rebalanced?.on])).toEqual([
      ['first', '2026-01-06'],
      ['held', '2026-01-06'],
      ['held', '2026-01-06'],
      ['period', '2026-02-01'],
      ['held', '2026-02-01'],
      ['period', '2026-03-10'],
    ]);
  });

  it.each([
    ['week', [0, 5, 6, 7], ['first', 'held', 'period', 'held']],
    ['quarter', [0, 30, 69], ['first', 'held', 'held']],
    ['year', [0, 30, 69], ['first', 'held', 'held']],
  ] as const)('counts a %s by the calendar', (every, days, turns) => {
    // The 5th, a Monday, is decided on and the 6th traded; the place 6 is traded on Monday the 12th.
    expect(lived(HALVES, { kind: 'every', every }, history, days).map(({ turn }) => turn)).toEqual(turns);
  });

  it('is not looked at between: neither another branch nor anything undefined in it changes what is held', () => {
    const swings = someHistory({ SPY: [100, 101, 100, Number.NaN, 102, 103], TLT: [50, 50, 50, 50, 50, 50] });
    const first = decided(decide(SWITCH, MONTHLY, swings, undefined, dayAfter(dateAt(1)), DEFAULT_OPTIONS));
    expect(weightsOf(first)).toEqual({ SPY: '100%' });
    expect(evaluate(SWITCH, swings, undefined, dateAt(2), DEFAULT_OPTIONS)).toMatchObject({ targets: { weights: [{ symbol: 'TLT' }] } });
    expect(evaluate(SWITCH, swings, undefined, dateAt(4), DEFAULT_OPTIONS)).toMatchObject({ kind: 'undefined' });
    for (const day of [2, 4]) {
      const held = decided(decide(SWITCH, MONTHLY, swings, first.state, dayAfter(dateAt(day)), DEFAULT_OPTIONS));
      expect([held.turn, weightsOf(held)]).toEqual(['held', { SPY: '100%' }]);
      expect(held.state).toEqual(first.state);
    }
  });
});

describe('a state from after the day that is decided on', () => {
  it.each<[string, RebalanceRule]>([
    ['every day', EVERY_RUN],
    ['every month', MONTHLY],
    ['none', NONE],
  ])('is no state to go on from, with %s', (_, rule) => {
    const { state } = decided(decide(HALVES, rule, DOUBLING, undefined, dayAfter(dateAt(2)), DEFAULT_OPTIONS));
    expect(() => decide(HALVES, rule, DOUBLING, state, dayAfter(dateAt(1)), DEFAULT_OPTIONS)).toThrow('is from after');
  });
});

describe('what is held without a close', () => {
  it.each<[string, RebalanceRule]>([
    ['none', NONE],
    ['a corridor', corridor('5%')],
    ['every month', MONTHLY],
  ])('makes the strategy undefined under %s: nothing is sold for want of data', (_, rule) => {
    const gap = someHistory({ SPY: [100, 100, 100, Number.NaN], TLT: [50, 50, 50, 50] });
    const first = decided(decide(HALVES, rule, gap, undefined, dayAfter(dateAt(1)), DEFAULT_OPTIONS));
    expect(decide(HALVES, rule, gap, first.state, dayAfter(dateAt(3)), DEFAULT_OPTIONS)).toEqual({
      kind: 'undefined',
      symbol: 'SPY',
      metric: 'close',
      detail: 'is undefined or of no use: it has none on 2026-01-08',
    });
  });

  it('is valued by the close before, where only the session of the rebalance has none', () => {
    const history: History = {
      anchor: dateAt(0),
      columns: [
        { symbol: 'SPY', dates: [dateAt(0), dateAt(1), dateAt(3)], closes: [100, 100, 300] },
        { symbol: 'TLT', dates: [0, 1, 2, 3].map(dateAt), closes: [50, 50, 50, 50] },
      ],
    };
    const first = decided(decide(HALVES, NONE, history, undefined, dayAfter(dateAt(1)), DEFAULT_OPTIONS));
    expect(weightsOf(decided(decide(HALVES, NONE, history, first.state, dayAfter(dateAt(3)), DEFAULT_OPTIONS)))).toEqual({
      SPY: '75%',
      TLT: '25%',
    });
  });

  it('is undefined where the history does not reach back to the rebalance', () => {
    const first = decided(decide(HALVES, NONE, DOUBLING, undefined, dayAfter(dateAt(0)), DEFAULT_OPTIONS));
    const short: History = {
      anchor: dateAt(2),
      columns: DOUBLING.columns.map(({ symbol, dates, closes }) => ({ symbol, dates: dates.slice(2), closes: closes.slice(2) })),
    };
    expect(decide(HALVES, NONE, short, first.state, dayAfter(dateAt(3)), DEFAULT_OPTIONS)).toMatchObject({
      kind: 'undefined',
      symbol: 'SPY',
      metric: 'close',
    });
  });
});

describe('every decision', () => {
  const closesOf = (days: number) => fc.array(fc.integer({ min: 50, max: 200 }), { minLength: days, maxLength: days });
  const anyRule = fc.constantFrom<RebalanceRule>(NONE, MONTHLY, corridor('5%'), corridor('20%'), { kind: 'every', every: 'week' });
  const anyTree = fc.constantFrom(HALVES, SWITCH, specified(['30%', asset('SPY')], ['50%', asset('TLT')], ['20%', CASH]));

  it('sums to the whole, holds no other symbols than were taken, and changes its rebalance only when it takes new weights', () => {
    fc.assert(
      fc.property(anyTree, anyRule, closesOf(40), closesOf(40), (tree, rule, spy, tlt) => {
        const days = Array.from({ length: 39 }, (_, place) => place + 1);
        let before: StrategyState['rebalanced'];
        for (const { turn, targets, state } of lived(tree, rule, someHistory({ SPY: spy, TLT: tlt }), days)) {
          const symbols = targets.weights.map(({ symbol }) => symbol);
          expect(targets.weights.reduce((sum, { weight }) => sum + weight, targets.cash)).toBe(WHOLE);
          expect(symbols).toEqual(state.rebalanced?.targets.weights.map(({ symbol }) => symbol));
          if (turn === 'held') expect(state.rebalanced).toEqual(before);
          else expect(state.rebalanced?.targets).toEqual(targets);
          before = state.rebalanced;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same from closes that were not there yet', () => {
    fc.assert(
      fc.property(anyTree, anyRule, closesOf(20), closesOf(20), fc.integer({ min: 2, max: 18 }), (tree, rule, spy, tlt, day) => {
        const history = someHistory({ SPY: spy, TLT: tlt });
        const past = someHistory({ SPY: spy.slice(0, day + 1), TLT: tlt.slice(0, day + 1) });
        const prior = decided(decide(tree, rule, past, undefined, dayAfter(dateAt(1)), DEFAULT_OPTIONS)).state;
        expect(decide(tree, rule, past, prior, dayAfter(dateAt(day)), DEFAULT_OPTIONS)).toEqual(
          decide(tree, rule, history, prior, dayAfter(dateAt(day)), DEFAULT_OPTIONS),
        );
      }),
      { numRuns: 60 },
    );
  });
});
