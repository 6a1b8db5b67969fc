import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { marketOf } from '../../../research/backtest/market.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { type DecidingSleeve, sleeveDecisions } from '../../../research/backtest/sleeve-decisions.ts';
import type { AssetClass } from '../../../shared/core/market/asset-calendar.ts';
import type { DailySeries } from '../../../shared/core/market/bar.ts';
import { decide } from '../../../shared/core/strategy/decide.ts';
import type { ExitRules } from '../../../shared/core/strategy/exits/exit-rules.ts';
import type { Tiers } from '../../../shared/core/strategy/exits/tiers.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import { READY_MADES } from '../../../shared/core/strategy/ready-made/ready-mades.ts';
import type { StrategyState } from '../../../shared/core/strategy/state.ts';
import type { RebalanceRule } from '../../../shared/core/strategy/tree.ts';
import { addDays } from '../../../shared/core/values/time.ts';
import { historyOf } from '../../../shared/workflow/read-history.ts';
import { anyOptions } from '../../arbitraries/strategy-options.ts';
import { givenOf, readyMadeTree } from '../../builders/ready-made.ts';
import { asset, dateAt } from '../../builders/strategy.ts';
import { anyTree } from '../../shared/core/strategy/evaluator/any-market.ts';

const DAYS = 24;

const anyRule: fc.Arbitrary<RebalanceRule> = fc.oneof(
  fc.constantFrom<RebalanceRule>({ kind: 'every', every: 'day' }, { kind: 'every', every: 'week' }, { kind: 'every', every: 'month' }),
  fc.constantFrom<RebalanceRule>({ kind: 'corridor', width: 20_000n }, { kind: 'corridor', width: 200_000n }, { kind: 'none' }),
);

const TIERS: Tiers = {
  steps: [
    { gain: 10_000n, add: 500_000n },
    { gain: 40_000n, add: 250_000n },
  ],
  caps: { A: 900_000n, B: 400_000n },
};

const anyExits: fc.Arbitrary<ExitRules | undefined> = fc.option(
  fc.record(
    {
      stopLoss: fc.constantFrom(20_000n, 100_000n),
      takeProfit: fc.constantFrom(30_000n, 400_000n),
      sessions: fc.integer({ min: 1, max: 8 }),
      reEnter: fc.constantFrom('when-target-returns', 'next-period'),
      tiers: fc.constant(TIERS),
    },
    { requiredKeys: ['stopLoss', 'reEnter'] },
  ),
  { nil: undefined },
);

/** Closes that wander and are sometimes missing, paid out in part, in bars that reach further. */
function anySeries(symbols: readonly string[], days: number): fc.Arbitrary<DailySeries[]> {
  const move = fc.record({
    by: fc.integer({ min: -60, max: 60 }),
    gap: fc.integer({ min: 0, max: 14 }),
    paid: fc.integer({ min: 0, max: 9 }),
  });
  return fc.tuple(...symbols.map(() => fc.array(move, { minLength: days, maxLength: days }))).map((all) =>
    symbols.map((symbol, place): DailySeries => {
      let [close, factor] = [100, 0.5];
      const bars = (all[place] ?? []).flatMap(({ by, gap, paid }, day) => {
        close *= 1 + by / 1_000;
        if (paid === 0) factor *= 1.01;
        const [high, low] = [close * 1.02, close * 0.97];
        return gap === 0
          ? []
          : [{ date: dateAt(day), close, adjClose: close * factor, open: close * 0.99, high, low, volume: 100 * by + 7_000 }];
      });
      return { symbol, bars };
    }),
  );
}

/** Without what only explains: who was left out, and the hint that no bar of a symbol has had a high so far. */
function withoutHints(decided: object): object {
  const detail = 'detail' in decided ? { detail: String(decided.detail).replace(/: no bar of .*/, '') } : {};
  return { ...decided, ...detail, leftOut: [], ...('state' in decided ? { state: withoutBranches(decided.state as StrategyState) } : {}) };
}

/** Under a rule of the calendar nobody compares them; under the others the turns would tell. */
function withoutBranches({ rebalanced, ...state }: StrategyState): object {
  return { ...state, ...(rebalanced === undefined ? {} : { rebalanced: { ...rebalanced, branches: '' } }) };
}

/** Both are asked on the same days, each with what it left itself. */
function expectSame(sleeve: DecidingSleeve, series: readonly DailySeries[], calendar: AssetClass, isRun: (day: number) => boolean): void {
  const table = priceTable(series, calendar);
  const columnar = sleeveDecisions(sleeve, marketOf(table));
  const sources = series.map((each) =>
    sleeve.options.prices === 'adjusted' ? each : { ...each, bars: each.bars.map((bar) => ({ ...bar, adjClose: bar.close })) },
  );
  const history = historyOf({ anchor: table.anchor, series: sources }, [sleeve.strategy], calendar);
  let byDay: StrategyState | undefined;
  let byColumn: StrategyState | undefined;
  for (const [day, asOf] of table.dates.entries()) {
    if (!isRun(day)) continue;
    const session = table.dates[day + 1] ?? addDays(asOf, 1);
    const expected = decide(sleeve.strategy, sleeve.rebalance, history, byDay, { asOf, session }, sleeve.options, sleeve.exits);
    const decided = columnar.decide(byColumn, day, session);
    const { exact: _, ...same } = decided.kind === 'weights' ? decided : { ...decided, exact: undefined };
    expect(withoutHints(same)).toEqual(withoutHints(expected));
    if (expected.kind === 'weights' && decided.kind === 'weights') {
      expect(decided.leftOut).toEqual(expect.arrayContaining([...expected.leftOut]));
      if (decided.leftOut.length > 0) expect(columnar.leftOutOn(day)).toEqual(expected.leftOut);
    }
    if (expected.kind === 'weights') byDay = expected.state;
    if (decided.kind === 'weights') byColumn = decided.state;
  }
}

describe('decisions on columns', () => {
  it('are those of a run on every day, for any strategy, rule, options and exits', () => {
    const anyRuns = fc.array(fc.boolean(), { minLength: DAYS, maxLength: DAYS });
    const asked = fc.record({
      strategy: anyTree,
      rebalance: anyRule,
      options: anyOptions,
      exits: anyExits,
      series: anySeries(['A', 'B', 'C', 'D'], DAYS),
      calendar: fc.constantFrom<AssetClass>('crypto', 'equities'),
      runs: anyRuns,
    });
    fc.assert(
      fc.property(asked, ({ strategy, rebalance, options, exits, series, calendar, runs }) => {
        const sleeve = { strategy, rebalance, options, ...(exits === undefined ? {} : { exits }) };
        expectSame(sleeve, series, calendar, (day) => runs[day] !== true);
      }),
      { numRuns: 300 },
    );
  });

  it('are those of a run for a strategy that may exchange only so much, whatever its rule', () => {
    const given = { of: ['A', 'B', 'C'], window: 5, confidence: 600_000, turnover: 100_000 };
    fc.assert(
      fc.property(anySeries(given.of, DAYS), anyRule, anyExits, (series, rebalance, exits) => {
        const strategy = readyMadeTree('minimum-cvar', given);
        expectSame(
          { strategy, rebalance, options: DEFAULT_OPTIONS, ...(exits === undefined ? {} : { exits }) },
          series,
          'crypto',
          (day) => day % 2 === 0,
        );
      }),
      { numRuns: 60 },
    );
  });

  it('are those of a run for a construction over strategies', () => {
    const own = { name: 'own', child: { kind: 'inverse-volatility', window: 3, children: [asset('B'), asset('C')] } } as const;
    const strategy = { kind: 'ready-made', name: 'risk-parity', given: { of: ['A', 'own'], window: 5 }, strategies: [own] } as const;
    fc.assert(
      fc.property(anySeries(['A', 'B', 'C'], DAYS), anyRule, (series, rebalance) => {
        expectSame({ strategy, rebalance, options: DEFAULT_OPTIONS }, series, 'crypto', (day) => day % 2 === 0);
      }),
      { numRuns: 60 },
    );
  });

  it.each(READY_MADES.map((kind) => [kind.name, kind] as const))('are those of a run for %s, and remember the same', (_, kind) => {
    const counts = Object.entries(kind.parameters).flatMap(([name, parameter]) =>
      parameter.kind === 'count' && parameter.usual > 8
        ? [[name, Math.max(parameter.least, Math.ceil(2 * Math.sqrt(parameter.usual)))] as const]
        : [],
    );
    const short = kind.name === 'multi-timeframe' ? { weekly: 3, monthly: 2 } : {};
    const given = givenOf(kind, { ...Object.fromEntries(counts), ...short });
    const rule = kind.open(given);
    const symbols = [...new Set([...rule.holds, ...rule.looksAt.map(({ symbol }) => symbol)])];
    const strategy = readyMadeTree(kind.name, given);
    fc.assert(
      fc.property(anySeries(symbols, 60), (series) => {
        expectSame(
          { strategy, rebalance: { kind: 'every', every: 'day' }, options: DEFAULT_OPTIONS },
          series,
          'crypto',
          (day) => day % 3 !== 0,
        );
      }),
      { numRuns: 5 },
    );
  });
});
