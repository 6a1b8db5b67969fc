// Adding to a position that gains: what is added and when, and that all of it never risks more than its entry did.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../../../shared/core/strategy/decide.ts';
import type { ExitRules } from '../../../../../shared/core/strategy/exits/exit-rules.ts';
import { exitsFromStart } from '../../../../../shared/core/strategy/exits/exits-from-start.ts';
import { openRisk, raisedStop } from '../../../../../shared/core/strategy/exits/raised-stop.ts';
import type { Tranche } from '../../../../../shared/core/strategy/exits/tiers.ts';
import type { History } from '../../../../../shared/core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { StrategyState } from '../../../../../shared/core/strategy/state.ts';
import type { Decision } from '../../../../../shared/core/strategy/take-turn.ts';
import type { RebalanceRule, Tree } from '../../../../../shared/core/strategy/tree.ts';
import { grossOf } from '../../../../../shared/core/strategy/weights.ts';
import { addDays } from '../../../../../shared/core/values/time.ts';
import { formatPercent, percent, toFraction, WHOLE } from '../../../../../shared/core/values/weight.ts';
import { asset, CASH, dateAt, EVERY_RUN, someHistory, specified } from '../../../../builders/strategy.ts';

/** 10 % SPY, 10 % TLT, and 80 % in cash to add from. */
const TENTHS = specified(['10%', asset('SPY')], ['10%', asset('TLT')], ['80%', CASH]);
const FLAT = [50, 50, 50, 50, 50, 50, 50, 50];

function rules(steps: readonly (readonly [string, string])[], cap = '30%', stopLoss = '8%'): ExitRules {
  return {
    reEnter: 'when-target-returns',
    stopLoss: percent(stopLoss),
    tiers: {
      steps: steps.map(([gain, add]) => ({ gain: percent(gain), add: percent(add) })),
      caps: { SPY: percent(cap), TLT: percent(cap) },
    },
  };
}

const TWO = rules([
  ['5%', '50%'],
  ['10%', '25%'],
]);

function lived(strategy: Tree, rule: RebalanceRule, history: History, days: readonly number[], exits: ExitRules): Decision[] {
  let prior: StrategyState | undefined;
  return days.map((day) => {
    const when = { asOf: dateAt(day), session: addDays(dateAt(day), 1) };
    const decision = decide(strategy, rule, history, prior, when, DEFAULT_OPTIONS, exits);
    if (decision.kind === 'undefined') throw new Error(decision.detail);
    prior = decision.state;
    return decision;
  });
}

const spyIn = ({ targets }: Decision) => formatPercent(targets.weights.find(({ symbol }) => symbol === 'SPY')?.weight ?? 0n);
const addsIn = ({ adds }: Decision) => adds.map(({ symbol, tier, weight }) => `${symbol} ${tier} ${formatPercent(weight)}`);

describe('tiers', () => {
  it('are added once the position has gained so much, each once, and stay', () => {
    const spy = [100, 104.99, 105, 106, 110, 120, 130];
    const decisions = lived(TENTHS, EVERY_RUN, someHistory({ SPY: spy, TLT: FLAT }), [0, 1, 2, 3, 4, 5, 6], TWO);
    expect(decisions.map(spyIn)).toEqual(['10%', '10%', '15%', '15%', '17.5%', '17.5%', '17.5%']);
    expect(decisions.flatMap(addsIn)).toEqual(['SPY 1 5%', 'SPY 2 2.5%']);
  });

  it('are taken one a run, where a price leaps over several', () => {
    const decisions = lived(TENTHS, EVERY_RUN, someHistory({ SPY: [100, 120, 120, 120], TLT: FLAT }), [0, 1, 2, 3], TWO);
    expect(decisions.map(addsIn)).toEqual([[], ['SPY 1 5%'], ['SPY 2 2.5%'], []]);
  });

  it('raise the stop so that all of it together loses what the entry could', () => {
    // 10 at 100 and 5 at 105 may lose 0.8 together: (15 - 0.8) / (10/100 + 5/105) = 96.1935...
    const [, tier, above, below] = lived(TENTHS, EVERY_RUN, someHistory({ SPY: [100, 105, 96.2, 96.19], TLT: FLAT }), [0, 1, 2, 3], TWO);
    expect(tier?.adds[0]?.stop).toBeCloseTo(96.193548, 6);
    expect(above?.exits).toEqual([]);
    expect(below?.exits).toMatchObject([{ symbol: 'SPY', by: 'stop-loss', entry: 100, close: 96.19 }]);
    expect(below === undefined ? '' : spyIn(below)).toBe('0%');
  });

  it('come after the stops: what a stop has ended is not added to', () => {
    const trailing = { ...TWO, trailing: percent('3%') };
    const [, , ended] = lived(TENTHS, EVERY_RUN, someHistory({ SPY: [100, 120, 112], TLT: FLAT }), [0, 1, 2], trailing);
    expect(ended).toMatchObject({ adds: [], exits: [{ symbol: 'SPY', by: 'trailing' }] });
  });

  it('end at the cap, with what there is room for', () => {
    const capped = rules(
      [
        ['5%', '50%'],
        ['10%', '25%'],
      ],
      '12%',
    );
    const decisions = lived(TENTHS, EVERY_RUN, someHistory({ SPY: [100, 105, 110], TLT: FLAT }), [0, 1, 2], capped);
    expect(decisions.map(addsIn)).toEqual([[], ['SPY 1 2%'], []]);
  });

  it('take nothing but the cash of their own sleeve', () => {
    const full = specified(['50%', asset('SPY')], ['49%', asset('TLT')], ['1%', CASH]);
    const wide = rules([['5%', '50%']], '90%');
    const decisions = lived(full, EVERY_RUN, someHistory({ SPY: [100, 105, 110], TLT: FLAT }), [0, 1, 2], wide);
    expect(decisions.map(addsIn)).toEqual([[], ['SPY 1 1%'], []]);
  });

  it('are added to what a sleeve holds between its periods, and are held on from there', () => {
    const monthly: RebalanceRule = { kind: 'every', every: 'month' };
    const history = someHistory({ SPY: [100, 100, 105, 105], TLT: FLAT });
    const [first, tier, held] = lived(TENTHS, monthly, history, [0, 2, 3], TWO);
    expect([first, tier, held].map((each) => each?.turn)).toEqual(['first', 'tier', 'held']);
    // 10 of 100 have grown to 10.5 of 100.5, which is 10.4478 %; half of the 10 % of the entry comes on top.
    expect(tier === undefined ? '' : spyIn(tier)).toBe('15.4478%');
    expect(held === undefined ? '' : spyIn(held)).toBe('15.4478%');
  });

  it('are rescaled with their stop by a split', () => {
    const whole = someHistory({ SPY: [100, 105, 97], TLT: FLAT });
    const halved = someHistory({ SPY: [50, 52.5, 48.5], TLT: FLAT });
    const [, before] = lived(TENTHS, EVERY_RUN, whole, [0, 1], TWO);
    const when = { asOf: dateAt(2), session: dateAt(3) };
    const after = decide(TENTHS, EVERY_RUN, halved, before?.state, when, DEFAULT_OPTIONS, TWO);
    expect(after).toMatchObject({
      exits: [],
      state: { exits: { symbols: { SPY: { entry: 50, tranches: [{ close: 50 }, { close: 52.5 }] } } } },
    });
    const memory = after.kind === 'weights' ? after.state.exits?.symbols.SPY : undefined;
    expect(memory?.kind === 'held' ? memory.stop : undefined).toBeCloseTo(96.193548 / 2, 6);
  });

  it('shrink with the strategy: of what it wants half of now, half is added', () => {
    // Where GLD fell in the last session the strategy wants 4 % and not 10 %.
    const condition = {
      kind: 'compare' as const,
      left: { kind: 'metric' as const, metric: { name: 'cumulative-return' as const, window: 1 }, symbol: 'GLD' },
      comparator: 'lt' as const,
      right: { kind: 'constant' as const, value: 0 },
    };
    const then = specified(['4%', asset('SPY')], ['96%', CASH]);
    const strategy: Tree = { kind: 'if', condition, then, otherwise: specified(['10%', asset('SPY')], ['90%', CASH]) };
    const history = someHistory({ SPY: [100, 100, 105, 106, 106], GLD: [50, 50, 50, 49, 50] });
    const decisions = lived(strategy, EVERY_RUN, history, [1, 2, 3, 4], TWO);
    expect(decisions.map(spyIn)).toEqual(['10%', '15%', '6%', '15%']);
  });
});

const anyTranches = fc
  .tuple(
    fc.integer({ min: 1_000, max: 300_000 }),
    fc.array(fc.tuple(fc.double({ min: 0.01, max: 0.99, noNaN: true }), fc.double({ min: 0.5, max: 3, noNaN: true })), { maxLength: 4 }),
  )
  .map(([initial, more]): Tranche[] => [
    { weight: BigInt(initial), close: 100 },
    ...more.map(([part, rise]) => ({ weight: BigInt(Math.max(1, Math.floor(initial * part))), close: 100 * rise })),
  ]);
const anyLoss = fc.integer({ min: 1, max: 990 }).map((permille) => BigInt(permille) * 1_000n);

describe('a raised stop, as laws', () => {
  it('leaves no more open risk than the entry had, whatever part of each tranche was filled', () => {
    fc.assert(
      fc.property(
        anyTranches,
        anyLoss,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
        (tranches, loss, filled) => {
          const stop = raisedStop(tranches, loss);
          const initial = Number(tranches[0]?.weight) * toFraction(loss);
          expect(openRisk(tranches, stop)).toBeLessThanOrEqual(initial * (1 + 1e-9));
          const real = tranches.reduce(
            (sum, { weight, close }, place) => sum + (filled[place] ?? 0) * Number(weight) * (1 - stop / close),
            0,
          );
          expect(real).toBeLessThanOrEqual(initial * (1 + 1e-9));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is as low as that allows, never below the stop of the entry, and below the highest close', () => {
    fc.assert(
      fc.property(anyTranches, anyLoss, (tranches, loss) => {
        const stop = raisedStop(tranches, loss);
        const initial = Number(tranches[0]?.weight) * toFraction(loss);
        expect(openRisk(tranches, stop * (1 - 1e-6))).toBeGreaterThan(initial * (1 - 1e-9));
        expect(stop).toBeGreaterThanOrEqual(100 * (1 - toFraction(loss)) * (1 - 1e-9));
        expect(stop).toBeLessThan(Math.max(...tranches.map(({ close }) => close)));
      }),
      { numRuns: 500 },
    );
  });
});

const DAYS = 16;
const closes = fc.array(fc.integer({ min: 60, max: 160 }), { minLength: DAYS, maxLength: DAYS });
const anySteps = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 4 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { minLength: 4, maxLength: 4 }),
  )
  .map(([gains, adds]) => {
    const falling = [...adds].sort((a, b) => b - a);
    return [...gains].sort((a, b) => a - b).map((gain, place) => [`${gain}%`, `${falling[place]}%`] as const);
  });
const anyRules = fc
  .tuple(anySteps, fc.integer({ min: 5, max: 40 }), fc.integer({ min: 1, max: 50 }))
  .map(([steps, cap, loss]) => rules(steps, `${cap}%`, `${loss}%`));
const anyRule = fc.constantFrom<RebalanceRule>(
  EVERY_RUN,
  { kind: 'none' },
  { kind: 'every', every: 'week' },
  { kind: 'corridor', width: percent('3%') },
);
const everyDay = Array.from({ length: DAYS }, (_, day) => day);

describe('positions in tiers, as laws', () => {
  it('never risk more than their entry did, in tranches that are each taken once and never grow', () => {
    fc.assert(
      fc.property(anyRules, anyRule, closes, closes, (exits, rule, spy, tlt) => {
        const steps = exits.tiers?.steps ?? [];
        for (const { state } of lived(TENTHS, rule, someHistory({ SPY: spy, TLT: tlt }), everyDay, exits)) {
          for (const memory of Object.values(state.exits?.symbols ?? {})) {
            if (memory.kind !== 'held' || memory.tranches === undefined) continue;
            const { tranches, entry } = memory;
            const loss = toFraction(exits.stopLoss ?? 0n);
            const initial = Number(tranches[0]?.weight) * loss;
            expect(openRisk(tranches, memory.stop ?? entry * (1 - loss))).toBeLessThanOrEqual(initial * (1 + 1e-9));
            expect(tranches.length).toBeLessThanOrEqual(steps.length + 1);
            for (const [place, { weight }] of tranches.entries()) expect(weight <= (tranches[place - 1]?.weight ?? weight)).toBe(true);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('are added to at most once by each tier, in their order, and never in the run that ends them', () => {
    fc.assert(
      fc.property(anyRules, anyRule, closes, closes, (exits, rule, spy, tlt) => {
        const taken = new Map<string, number>();
        for (const decision of lived(TENTHS, rule, someHistory({ SPY: spy, TLT: tlt }), everyDay, exits)) {
          for (const { symbol } of decision.exits) taken.delete(symbol);
          for (const { symbol, tier } of decision.adds) {
            expect(tier).toBe((taken.get(symbol) ?? 0) + 1);
            expect(decision.exits.map((exit) => exit.symbol)).not.toContain(symbol);
            taken.set(symbol, tier);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('stay within their caps, and the sleeve within its capital', () => {
    fc.assert(
      fc.property(anyRules, closes, closes, (exits, spy, tlt) => {
        const asked = percent('10%');
        for (const { targets } of lived(TENTHS, EVERY_RUN, someHistory({ SPY: spy, TLT: tlt }), everyDay, exits)) {
          for (const { symbol, weight } of targets.weights) {
            const cap = exits.tiers?.caps[symbol] ?? 0n;
            expect(weight <= (cap > asked ? cap : asked)).toBe(true);
          }
          expect(grossOf(targets) <= WHOLE).toBe(true);
          expect(targets.weights.reduce((sum, { weight }) => sum + weight, targets.cash)).toBe(WHOLE);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('come to the same in history, session by session, as live', () => {
    fc.assert(
      fc.property(anyRules, closes, closes, (exits, spy, tlt) => {
        const history = someHistory({ SPY: spy, TLT: tlt });
        const live = lived(TENTHS, EVERY_RUN, history, everyDay, exits);
        const asked = lived(TENTHS, EVERY_RUN, history, [0], { ...exits, tiers: { steps: [], caps: {} } })[0]?.targets;
        const days = everyDay.map((place) => ({
          on: dateAt(place),
          session: addDays(dateAt(place), 1),
          closes: new Map([
            ['SPY', spy[place] ?? Number.NaN],
            ['TLT', tlt[place] ?? Number.NaN],
          ]),
          asked,
        }));
        expect(exitsFromStart(exits, EVERY_RUN, days)).toEqual(live.at(-1)?.state.exits?.symbols);
      }),
      { numRuns: 100 },
    );
  });
});
