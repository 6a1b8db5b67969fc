import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DecisionDay, decide } from '../../../../../shared/core/strategy/decide.ts';
import type { Undefined } from '../../../../../shared/core/strategy/evaluate.ts';
import { type ExitRules, RE_ENTER } from '../../../../../shared/core/strategy/exits/exit-rules.ts';
import { exitsFromStart } from '../../../../../shared/core/strategy/exits/exits-from-start.ts';
import type { History } from '../../../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { StrategyState } from '../../../../../shared/core/strategy/state.ts';
import type { Decision } from '../../../../../shared/core/strategy/take-turn.ts';
import type { RebalanceRule, Tree } from '../../../../../shared/core/strategy/tree.ts';
import { grossOf } from '../../../../../shared/core/strategy/weights.ts';
import { addDays } from '../../../../../shared/core/values/time.ts';
import { formatPercent, percent, WHOLE } from '../../../../../shared/core/values/weight.ts';
import { asset, CASH, dateAt, EVERY_RUN, equal, someHistory, specified } from '../../../../builders/strategy.ts';

const NONE: RebalanceRule = { kind: 'none' };
const WEEKLY: RebalanceRule = { kind: 'every', every: 'week' };
const HALVES = equal(asset('SPY'), asset('TLT'));

function rules(stated: Partial<ExitRules>): ExitRules {
  return { reEnter: 'when-target-returns', ...stated };
}

const STOP = rules({ stopLoss: percent('8%') });

/** Who is short may lose everything, and then nothing is left to decide about: not what these laws are of. */
function decided(answer: Decision | Undefined): Decision {
  if (answer.kind === 'undefined') fc.pre(!answer.detail.endsWith('is worth nothing by it'));
  if (answer.kind === 'undefined') throw new Error(`${answer.metric} of ${answer.symbol} ${answer.detail}`);
  return answer;
}

function dayAfter(place: number): DecisionDay {
  return { asOf: dateAt(place), session: addDays(dateAt(place), 1) };
}

/** Decides on each of the days in turn, each going on from the one before. */
function lived(strategy: Tree, rule: RebalanceRule, history: History, days: readonly number[], exits?: ExitRules): Decision[] {
  let prior: StrategyState | undefined;
  return days.map((day) => {
    const decision = decided(decide(strategy, rule, history, prior, dayAfter(day), DEFAULT_OPTIONS, exits));
    prior = decision.state;
    return decision;
  });
}

function weightsOf({ targets }: Decision): Readonly<Record<string, string>> {
  return Object.fromEntries(targets.weights.map(({ symbol, weight }) => [symbol, formatPercent(weight)]));
}

const outOf = ({ exits }: Decision) => exits.map(({ symbol, by, touched }) => `${symbol} ${by} ${touched}`);

/** SPY after a session in which `watched` rose, else cash. */
function whereItRose(watched: string): Tree {
  const condition = {
    kind: 'compare' as const,
    left: { kind: 'metric' as const, metric: { name: 'cumulative-return' as const, window: 1 }, symbol: watched },
    comparator: 'gt' as const,
    right: { kind: 'constant' as const, value: 0 },
  };
  const then = asset('SPY');
  return { kind: 'if', condition, then, otherwise: CASH };
}

describe('a position that a protective exit ends', () => {
  const TLT = [50, 50, 50, 50, 50, 50];

  it('is one that has lost its stop since its entry, the edge included, and becomes cash', () => {
    const [entry, above, at, after] = lived(HALVES, EVERY_RUN, someHistory({ SPY: [100, 92.01, 92, 99], TLT }), [0, 1, 2, 3], STOP);
    expect([entry, above].map((each) => each?.exits)).toEqual([[], []]);
    expect(at?.exits).toEqual([
      {
        symbol: 'SPY',
        by: 'stop-loss',
        side: 'long',
        entered: dateAt(0),
        entry: 100,
        best: 100,
        sessions: 2,
        touched: dateAt(2),
        close: 92,
      },
    ]);
    expect(at?.targets).toEqual({ weights: [{ symbol: 'TLT', weight: 500_000n }], cash: 500_000n });
    // It is told once, and stays out.
    expect([after?.exits, after === undefined ? {} : weightsOf(after)]).toEqual([[], { TLT: '50%' }]);
  });

  it.each([
    ['falls from its highest close', { trailing: percent('10%') }, [100, 120, 108], 'trailing'],
    ['not yet by less than that', { trailing: percent('10%') }, [100, 120, 108.01], undefined],
    ['has gained enough', { takeProfit: percent('25%') }, [100, 124.9, 125], 'take-profit'],
    ['was held for its sessions', { sessions: 2 }, [100, 101, 102], 'sessions'],
    ['not yet for one less', { sessions: 3 }, [100, 101, 102], undefined],
  ] as const)('%s', (_, stated, closes, by) => {
    const third = lived(HALVES, EVERY_RUN, someHistory({ SPY: closes, TLT }), [0, 1, 2], rules(stated))[2];
    expect(third?.exits.find(({ symbol }) => symbol === 'SPY')?.by).toBe(by);
  });

  it('has its stop asked first, then its trailing stop, its profit and its sessions', () => {
    const all = { stopLoss: percent('8%'), trailing: percent('8%'), takeProfit: percent('5%'), sessions: 2 };
    const reasonIn = (closes: readonly number[], stated: Partial<ExitRules>) =>
      lived(HALVES, EVERY_RUN, someHistory({ SPY: closes, TLT }), [0, 2], rules(stated))[1]?.exits[0]?.by;
    expect(reasonIn([100, 101, 92], all)).toBe('stop-loss');
    // 120 is a gain of 20%, and the fall to 110 one of 8.3%, with 10% left of the gain.
    expect(reasonIn([100, 120, 110], { ...all, takeProfit: percent('21%') })).toBe('trailing');
    expect(reasonIn([100, 104, 106], all)).toBe('take-profit');
    expect(reasonIn([100, 101, 102], all)).toBe('sessions');
  });

  it('is mirrored where it is short', () => {
    const short = specified(['-50%', asset('SPY')], ['150%', CASH]);
    const third = (closes: readonly number[], stated: Partial<ExitRules>) => {
      const decision = lived(short, EVERY_RUN, someHistory({ SPY: closes }), [0, 1, 2], rules(stated))[2];
      return [decision?.exits[0]?.by, decision?.targets.cash];
    };
    expect(third([100, 104, 108], { stopLoss: percent('8%') })).toEqual(['stop-loss', WHOLE]);
    expect(third([100, 80, 88], { trailing: percent('10%') })).toEqual(['trailing', WHOLE]);
    expect(third([100, 80, 75], { takeProfit: percent('25%') })).toEqual(['take-profit', WHOLE]);
    expect(third([100, 90, 92], { stopLoss: percent('8%'), trailing: percent('10%'), takeProfit: percent('25%') })).toEqual([
      undefined,
      1_500_000n,
    ]);
  });
});

describe('a stop that is touched between two runs', () => {
  const history = someHistory({ SPY: [100, 91, 99, 120], TLT: [50, 50, 50, 50] });

  it('is carried out by the next one, which says at which close', () => {
    const second = lived(HALVES, EVERY_RUN, history, [0, 3], STOP)[1];
    expect(second?.exits).toMatchObject([{ symbol: 'SPY', touched: dateAt(1), close: 91, sessions: 1 }]);
  });

  it('is due until a run has carried it out, with the same figures', () => {
    const [first, second] = lived(HALVES, EVERY_RUN, history, [0, 2], STOP);
    if (first?.state.exits === undefined || second === undefined) throw new Error('nothing remembered');
    const refused: StrategyState = { ...second.state, exits: first.state.exits };
    const third = decided(decide(HALVES, EVERY_RUN, history, refused, dayAfter(3), DEFAULT_OPTIONS, STOP));
    expect(third.exits).toEqual(second.exits);
    expect(weightsOf(third)).toEqual({ TLT: '50%' });
  });
});

describe('a session', () => {
  it('counts once, however often it is decided on', () => {
    const history = someHistory({ SPY: [100, 101, 102, 103], TLT: [50, 50, 50, 50] });
    const turns = lived(HALVES, EVERY_RUN, history, [0, 1, 1, 1, 2, 3], rules({ sessions: 3 }));
    expect(turns.map(({ exits }) => exits.length)).toEqual([0, 0, 0, 0, 0, 2]);
  });
});

describe('a close that is not there', () => {
  it('neither ends nor counts', () => {
    const gaps = { SPY: [100, Number.NaN, 0, 101, 102], TLT: [50, 50, 50, 50, 50] };
    const turns = lived(HALVES, EVERY_RUN, someHistory(gaps), [0, 1, 2, 3, 4], rules({ sessions: 2, stopLoss: percent('8%') }));
    expect(turns.map(outOf)).toEqual([[], [], [`TLT sessions ${dateAt(2)}`], [], [`SPY sessions ${dateAt(4)}`]]);
  });

  it('on the day of the entry makes the next one the entry', () => {
    const history = someHistory({ SPY: [90, Number.NaN, 100, 92], TLT: [50, 50, 50, 50] });
    for (const days of [
      [1, 3],
      [1, 2, 3],
    ])
      expect(lived(HALVES, EVERY_RUN, history, days, STOP).at(-1)?.exits).toMatchObject([{ entered: dateAt(2), entry: 100 }]);
  });
});

describe('a split or a dividend', () => {
  it('touches nothing: what is remembered is rescaled by the close it was measured by', () => {
    const before = lived(HALVES, EVERY_RUN, someHistory({ SPY: [100, 110], TLT: [50, 50] }), [0, 1], rules({ trailing: percent('10%') }));
    // Two for one after the second day: all closes before are halved.
    const after = someHistory({ SPY: [50, 55, 50, 49.5], TLT: [50, 50, 50, 50] });
    const on = (day: number) =>
      decided(decide(HALVES, EVERY_RUN, after, before[1]?.state, dayAfter(day), DEFAULT_OPTIONS, rules({ trailing: percent('10%') })));
    expect(on(2).exits).toEqual([]);
    expect(on(3).exits).toMatchObject([{ by: 'trailing', entry: 50, best: 55, close: 49.5 }]);
  });

  it('waits where the close that it was measured by is not there any more', () => {
    const [first] = lived(HALVES, EVERY_RUN, someHistory({ SPY: [100], TLT: [50] }), [0], STOP);
    const lost = someHistory({ SPY: [Number.NaN, 10], TLT: [50, 50] });
    const second = decided(decide(HALVES, EVERY_RUN, lost, first?.state, dayAfter(1), DEFAULT_OPTIONS, STOP));
    expect([second.exits, second.state.exits?.symbols.SPY]).toEqual([[], first?.state.exits?.symbols.SPY]);
  });

  it('is seen by the close before where the entry was a live quote', () => {
    const quoted = { SPY: { mid: 104, before: 100 }, TLT: { mid: 50, before: 50 } };
    const live = someHistory({ SPY: [100, 104], TLT: [50, 50] });
    const day = { asOf: dateAt(1), session: dateAt(1), quoted };
    const first = decided(decide(HALVES, EVERY_RUN, live, undefined, day, DEFAULT_OPTIONS, STOP));
    // The close of the session was 101, and since then shares were split in two: the entry is now 52, its stop at 47.84.
    const next = (close: number) => {
      const history = someHistory({ SPY: [50, 50.5, close], TLT: [50, 50, 50] });
      return decided(decide(HALVES, EVERY_RUN, history, first.state, dayAfter(2), DEFAULT_OPTIONS, STOP)).exits.length;
    };
    expect([next(47.85), next(47.84)]).toEqual([0, 1]);
  });
});

describe('what was ended', () => {
  const SPY = [100, 101, 91, 92, 93, 94, 80];
  const watched = (...W: readonly number[]) => someHistory({ SPY, W });

  it('is taken again once the strategy has let go of it, at a new entry', () => {
    // Held on the first day, stopped on the second look, let go on the third, taken again on the fourth.
    const history = watched(1, 2, 3, 2, 3, 4, 5);
    const turns = lived(whereItRose('W'), EVERY_RUN, history, [1, 2, 3, 4, 6], STOP);
    expect(turns.map(weightsOf)).toEqual([{ SPY: '100%' }, {}, {}, { SPY: '100%' }, {}]);
    expect(turns.map(outOf)).toEqual([[], [`SPY stop-loss ${dateAt(2)}`], [], [], [`SPY stop-loss ${dateAt(6)}`]]);
    expect(turns[4]?.exits[0]).toMatchObject({ entered: dateAt(4), entry: 93 });
  });

  it('is for ever out where the strategy never lets go of it', () => {
    const turns = lived(
      asset('SPY'),
      EVERY_RUN,
      someHistory({ SPY: [100, 90, ...Array.from({ length: 60 }, () => 200)] }),
      [0, 1, 61],
      STOP,
    );
    expect(turns.map(weightsOf)).toEqual([{ SPY: '100%' }, {}, {}]);
  });

  it('is taken again in the first run of a later period, where the sleeve says so', () => {
    const closes = [100, 90, ...Array.from({ length: 12 }, () => 95)];
    const history = someHistory({ SPY: closes });
    const exits = rules({ stopLoss: percent('8%'), reEnter: 'next-period' });
    // Monday the 5th is place 0: the stop is carried out on Wednesday, and Monday the 12th is traded at place 6.
    const turns = lived(asset('SPY'), WEEKLY, history, [0, 1, 2, 5, 6, 7], exits);
    expect(turns.map(({ turn }) => turn)).toEqual(['first', 'exit', 'held', 'held', 'period', 'held']);
    expect(turns.map(weightsOf)).toEqual([{ SPY: '100%' }, {}, {}, {}, { SPY: '100%' }, { SPY: '100%' }]);
    expect(turns[4]?.state.exits?.symbols.SPY).toMatchObject({ kind: 'held', entered: dateAt(6), entry: 95 });
  });

  it('is out for a whole period where the runs are no more often than the periods', () => {
    const history = someHistory({ SPY: [100, 90, ...Array.from({ length: 20 }, () => 95)] });
    const exits = rules({ stopLoss: percent('8%'), reEnter: 'next-period' });
    const turns = lived(asset('SPY'), WEEKLY, history, [0, 6, 13], exits);
    expect(turns.map(outOf)).toEqual([[], [`SPY stop-loss ${dateAt(1)}`], []]);
    expect(turns.map(weightsOf)).toEqual([{ SPY: '100%' }, {}, { SPY: '100%' }]);
  });

  it('is forgotten with another strategy, or without exits', () => {
    const history = someHistory({ SPY: [100, 90, 95], TLT: [50, 50, 50] });
    const prior = lived(HALVES, EVERY_RUN, history, [0, 1], STOP)[1]?.state;
    const other = specified(['60%', asset('SPY')], ['40%', asset('TLT')]);
    const next = (tree: Tree, exits?: ExitRules) => decided(decide(tree, EVERY_RUN, history, prior, dayAfter(2), DEFAULT_OPTIONS, exits));
    expect(weightsOf(next(other, STOP))).toEqual({ SPY: '60%', TLT: '40%' });
    expect(weightsOf(next(HALVES))).toEqual({ SPY: '50%', TLT: '50%' });
    expect(next(HALVES).state).not.toHaveProperty('exits');
    // Other figures are asked of the same entry.
    expect(weightsOf(next(HALVES, rules({ stopLoss: percent('50%') })))).toEqual({ TLT: '50%' });
  });
});

describe('a sleeve that holds', () => {
  it('ends what has touched all the same, and holds the rest from there on', () => {
    const history = someHistory({ SPY: [100, 100, 80, 40, 40], TLT: [50, 50, 50, 50, 100] });
    const turns = lived(HALVES, NONE, history, [0, 1, 2, 3, 4], STOP);
    expect(turns.map(({ turn }) => turn)).toEqual(['first', 'held', 'exit', 'held', 'held']);
    // 40 of 90 are cash from the third day on, whatever SPY does then; TLT has doubled to 100 of 140.
    expect(turns.slice(2).map(weightsOf)).toEqual([{ TLT: '55.5556%' }, { TLT: '55.5556%' }, { TLT: '71.4286%' }]);
    expect(turns[2]?.state.rebalanced).toMatchObject({ on: dateAt(3), targets: turns[2]?.targets });
  });

  it('does not take it for a weight that has left its corridor', () => {
    const history = someHistory({ SPY: [100, 100, 90, 90, 90], TLT: [50, 50, 50, 50, 50] });
    const turns = lived(HALVES, { kind: 'corridor', width: percent('5%') }, history, [0, 1, 2, 3, 4], STOP);
    expect(turns.map(({ turn }) => turn)).toEqual(['first', 'held', 'exit', 'held', 'held']);
  });
});

describe('every sleeve with exits', () => {
  const DAYS = 24;
  const closes = fc.array(fc.integer({ min: 60, max: 140 }), { minLength: DAYS, maxLength: DAYS });
  const gappy = fc.array(fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 60, max: 140 }) }, fc.constant(Number.NaN)), {
    minLength: DAYS,
    maxLength: DAYS,
  });
  const anyTree = fc.constantFrom(HALVES, specified(['30%', asset('SPY')], ['-40%', asset('TLT')], ['110%', CASH]));
  const share = fc.integer({ min: 20_000, max: 400_000 }).map(BigInt);
  const anyExits: fc.Arbitrary<ExitRules> = fc.record(
    {
      reEnter: fc.constantFrom(...RE_ENTER),
      stopLoss: share,
      trailing: share,
      takeProfit: share,
      sessions: fc.integer({ min: 1, max: 12 }),
    },
    { requiredKeys: ['reEnter'] },
  );
  const everyDay = Array.from({ length: DAYS }, (_, place) => place);

  /** What is remembered, but for the sessions of the runs that decided. */
  const remembered = ({ state }: Decision) =>
    Object.fromEntries(Object.entries(state.exits?.symbols ?? {}).map(([symbol, memory]) => [symbol, { ...memory, session: undefined }]));

  it('remembers the same whether it is asked daily or now and then', () => {
    fc.assert(
      fc.property(anyTree, anyExits, gappy, gappy, fc.subarray(everyDay.slice(1, -1)), (tree, exits, spy, tlt, some) => {
        const history = someHistory({ SPY: spy, TLT: tlt });
        const daily = lived(tree, EVERY_RUN, history, everyDay, exits);
        const seldom = lived(tree, EVERY_RUN, history, [0, ...some, DAYS - 1], exits);
        const [last, other] = [daily.at(-1), seldom.at(-1)];
        if (last === undefined || other === undefined) throw new Error('nothing was decided');
        expect(remembered(other)).toEqual(remembered(last));
        expect(other.targets).toEqual(last.targets);
        // Each exit is told once, with the same figures.
        expect(seldom.flatMap(outOf).sort()).toEqual(daily.flatMap(outOf).sort());
      }),
      { numRuns: 150 },
    );
  });

  it('is for a signal what it would be for runs on every session', () => {
    fc.assert(
      fc.property(anyTree, anyExits, closes, closes, fc.constantFrom(EVERY_RUN, WEEKLY), (tree, exits, spy, tlt, rule) => {
        const history = someHistory({ SPY: spy, TLT: tlt });
        const asked = lived(tree, EVERY_RUN, history, [0])[0]?.targets;
        const days = everyDay.map((place) => ({
          on: dateAt(place),
          session: addDays(dateAt(place), 1),
          closes: new Map([
            ['SPY', spy[place] ?? Number.NaN],
            ['TLT', tlt[place] ?? Number.NaN],
          ]),
          asked,
        }));
        expect(exitsFromStart(exits, rule, days)).toEqual(lived(tree, rule, history, everyDay, exits).at(-1)?.state.exits?.symbols);
      }),
      { numRuns: 100 },
    );
  });

  it('knows nothing of closes that are yet to come', () => {
    fc.assert(
      fc.property(anyTree, anyExits, closes, closes, fc.integer({ min: 2, max: DAYS - 2 }), (tree, exits, spy, tlt, day) => {
        const past = someHistory({ SPY: spy.slice(0, day + 1), TLT: tlt.slice(0, day + 1) });
        expect(lived(tree, EVERY_RUN, past, [0, day], exits)).toEqual(
          lived(tree, EVERY_RUN, someHistory({ SPY: spy, TLT: tlt }), [0, day], exits),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('never holds more than its strategy, nor on another side, and what it lacks is cash', () => {
    fc.assert(
      fc.property(anyTree, anyExits, closes, closes, (tree, exits, spy, tlt) => {
        const history = someHistory({ SPY: spy, TLT: tlt });
        const free = lived(tree, EVERY_RUN, history, everyDay);
        for (const [day, { targets }] of lived(tree, EVERY_RUN, history, everyDay, exits).entries()) {
          const whole = free[day]?.targets;
          if (whole === undefined) throw new Error('nothing was decided');
          expect(grossOf(targets) <= grossOf(whole)).toBe(true);
          for (const weight of targets.weights) expect(whole.weights).toContainEqual(weight);
          expect(targets.weights.reduce((sum, { weight }) => sum + weight, targets.cash)).toBe(WHOLE);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is rescaled with its prices: closes in other units end the same', () => {
    fc.assert(
      fc.property(anyExits, closes, closes, fc.integer({ min: 1, max: DAYS - 2 }), (exits, spy, tlt, day) => {
        const history = someHistory({ SPY: spy, TLT: tlt });
        const prior = lived(HALVES, EVERY_RUN, history, [0, day], exits)[1];
        const split = someHistory({ SPY: spy.map((close) => close / 4), TLT: tlt });
        const next = (prices: History) =>
          decided(decide(HALVES, EVERY_RUN, prices, prior?.state, dayAfter(DAYS - 1), DEFAULT_OPTIONS, exits));
        expect(outOf(next(split))).toEqual(outOf(next(history)));
      }),
      { numRuns: 100 },
    );
  });

  it('refuses to go on from what is not known yet, also where the rest of the sleeve waits', () => {
    const history = someHistory({ SPY: [100, 100, 100, 100], TLT: [50, 50, 50, 50] });
    const later = lived(HALVES, WEEKLY, history, [0, 3], STOP)[1]?.state;
    expect(later).toMatchObject({ asOf: dateAt(0), exits: { asOf: dateAt(3) } });
    expect(() => decide(HALVES, WEEKLY, history, later, dayAfter(2), DEFAULT_OPTIONS, STOP)).toThrow('is from after');
  });
});
