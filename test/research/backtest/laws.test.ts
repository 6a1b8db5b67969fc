import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backtest } from '../../../research/backtest/backtest.ts';
import { type BacktestOptions, FILLS, NO_COSTS, USUAL_OPTIONS } from '../../../research/backtest/backtest-options.ts';
import { type BacktestResult, COST_KINDS } from '../../../research/backtest/backtest-result.ts';
import { dailyWeights } from '../../../research/backtest/daily-weights.ts';
import { type PriceTable, priceTable } from '../../../research/backtest/price-table.ts';
import { type Subject, subjectOfStrategy } from '../../../research/backtest/subject.ts';
import type { DailyBar, DailySeries } from '../../../shared/core/market/bar.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';
import type { RebalanceRule } from '../../../shared/core/strategy/tree.ts';
import { addDays } from '../../../shared/core/values/time.ts';
import { dateAt } from '../../builders/strategy.ts';
import { anyTree } from '../../shared/core/strategy/evaluator/any-market.ts';

const DAYS = 40;

const anyBars = fc.array(
  fc.record({ move: fc.integer({ min: -50, max: 50 }), gap: fc.integer({ min: 0, max: 9 }), paid: fc.integer({ min: 0, max: 9 }) }),
  {
    minLength: DAYS,
    maxLength: DAYS,
  },
);

/** All of them begin on the first day; now and then a bar is missing, and now and then a dividend is paid. */
const anySeries: fc.Arbitrary<DailySeries[]> = fc.tuple(anyBars, anyBars, anyBars, anyBars, anyBars).map((all) =>
  ['A', 'B', 'C', 'D', 'NONE'].map((symbol, place) => {
    let [close, factor] = [100, 0.8];
    const bars: DailyBar[] = [];
    for (const [day, { move, gap, paid }] of (all[place] ?? []).entries()) {
      const before = close;
      close *= 1 + move / 1_000;
      if (paid === 0) factor *= 1.004;
      const [open, high, low] = [(before + close) / 2, Math.max(before, close), Math.min(before, close)];
      if (day === 0 || gap > 0)
        bars.push({ date: dateAt(day), open, high, low, close, adjClose: close * factor, volume: 1_000 + 10 * gap });
    }
    return { symbol, bars };
  }),
);

const anyRule = fc.constantFrom<RebalanceRule>(
  { kind: 'every', every: 'day' },
  { kind: 'every', every: 'week' },
  { kind: 'every', every: 'month' },
  { kind: 'corridor', width: 30_000n },
  { kind: 'none' },
);

const anyOptions: fc.Arbitrary<BacktestOptions> = fc.record({
  equity: fc.constantFrom(1_000, 1e6),
  fill: fc.constantFrom(...FILLS),
  costs: fc.record({
    commissionBps: fc.constantFrom(0, 3),
    halfSpreadBps: fc.constantFrom(0, 5),
    impact: fc.constantFrom(0, 1),
    fees: fc.constantFrom('dated', 'none'),
    borrowBps: fc.constantFrom(0, 100),
    slippage: fc.constantFrom(1, 2, 3),
  }),
  cash: fc.constantFrom({ kind: 'annual', rate: 0 }, { kind: 'annual', rate: 0.05 }),
  dividends: fc.constantFrom('reinvested', 'paid'),
  weights: fc.constantFrom('whole', 'exact'),
  settlement: fc.constantFrom('immediate', 'settled-only'),
});

const anySubject: fc.Arbitrary<Subject> = fc
  .tuple(anyTree, anyRule, fc.constantFrom(undefined, 50_000n))
  .map(([strategy, rebalance, stopLoss]) => ({
    ...subjectOfStrategy({
      name: 'any',
      strategy,
      rebalance,
      decideOn: 'last-close',
      options: DEFAULT_OPTIONS,
      ...(stopLoss === undefined ? {} : { exits: { stopLoss, reEnter: 'when-target-returns' } }),
    }),
    calendar: 'crypto',
  }));

const until = (series: readonly DailySeries[], last: string): DailySeries[] =>
  series.map(({ symbol, bars }) => ({ symbol, bars: bars.filter(({ date }) => date <= last) }));

const lived = (subject: Subject, prices: PriceTable, options: BacktestOptions): BacktestResult | undefined => {
  const result = backtest(subject, prices, options);
  return result.kind === 'result' ? result : undefined;
};

describe('a backtest', () => {
  it('knows nothing of the future: prices that end earlier give the same bars, trades and refusals until then', () => {
    fc.assert(
      fc.property(anySubject, anySeries, anyOptions, fc.integer({ min: 5, max: DAYS - 2 }), (subject, series, options, days) => {
        const whole = lived(subject, priceTable(series, 'crypto'), options);
        const cut = lived(subject, priceTable(until(series, dateAt(days)), 'crypto'), options);
        if (cut === undefined) return;
        const bars = cut.dates.length;
        expect(whole?.start).toEqual(cut.start);
        expect(whole?.dates.slice(0, bars)).toEqual(cut.dates);
        for (const column of ['equity', 'returns', 'cash', 'exposure'] as const)
          expect(whole?.[column].slice(0, bars)).toEqual(cut[column]);
        expect(whole?.trades.units.slice(0, cut.trades.units.length)).toEqual(cut.trades.units);
        expect(whole?.rebalances.slice(0, cut.rebalances.length)).toEqual(cut.rebalances);
        const last = cut.dates.at(-1) ?? '';
        expect(whole?.refused.filter(({ date }) => date <= last).map(({ date, code }) => [date, code])).toEqual(
          cut.refused.map(({ date, code }) => [date, code]),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('balances on every bar, counted here from its own columns, and spends no cash that it lacks', () => {
    fc.assert(
      fc.property(anySubject, anySeries, anyOptions, (subject, series, options) => {
        const result = lived(subject, priceTable(series, 'crypto'), options);
        if (result === undefined) return;
        let before = result.start.equity;
        for (const [bar, now] of result.equity.entries()) {
          const { gains, dividends, interest } = result.earned;
          const cameIn = (gains[bar] ?? 0) + (dividends[bar] ?? 0) + (interest[bar] ?? 0);
          const wentOut = COST_KINDS.reduce((sum, kind) => sum + (result.paid[kind][bar] ?? 0), 0);
          expect(now).toBeCloseTo(before + cameIn - wentOut, 4);
          expect(result.cash[bar]).toBeGreaterThanOrEqual(-1e-6 * now);
          before = now;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has daily weights that are what is invested', () => {
    fc.assert(
      fc.property(anySubject, anySeries, anyOptions, (subject, series, options) => {
        const prices = priceTable(series, 'crypto');
        const result = lived(subject, prices, options);
        if (result === undefined) return;
        const weights = dailyWeights(result, prices, options.dividends);
        for (const [bar, whole] of result.equity.entries()) {
          const invested = weights.reduce((sum, column) => sum + Math.abs(column[bar] ?? Number.NaN), 0);
          expect(invested).toBeCloseTo(result.exposure[bar] ?? Number.NaN, 8);
          expect(1 - weights.reduce((sum, column) => sum + (column[bar] ?? 0), 0)).toBeCloseTo((result.cash[bar] ?? 0) / whole, 8);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('never ends richer at twice the slippage, where nothing but fixed weights is held', () => {
    const fixed = subjectOfStrategy({
      name: 'fixed',
      strategy: { kind: 'equal', children: ['A', 'B'].map((symbol) => ({ kind: 'asset', symbol })) },
      rebalance: { kind: 'every', every: 'week' },
      decideOn: 'last-close',
      options: DEFAULT_OPTIONS,
    });
    fc.assert(
      fc.property(anySeries, (series) => {
        const prices = priceTable(series, 'crypto');
        const at = (slippage: 1 | 2 | 3) =>
          lived({ ...fixed, calendar: 'crypto' }, prices, {
            ...USUAL_OPTIONS,
            costs: { ...NO_COSTS, halfSpreadBps: 10, slippage },
          })?.equity.at(-1) ?? 0;
        expect(at(1)).toBeGreaterThan(at(2));
        expect(at(2)).toBeGreaterThan(at(3));
      }),
      { numRuns: 20 },
    );
  });

  it('is the same, bit by bit, when it is done again on the same table and on another copy of it', () => {
    fc.assert(
      fc.property(anySubject, anySeries, anyOptions, (subject, series, options) => {
        const prices = priceTable(series, 'crypto');
        const first = backtest(subject, prices, options);
        expect(backtest(subject, prices, options)).toEqual(first);
        expect(backtest(subject, structuredClone(prices), options)).toEqual(first);
        expect(structuredClone(first)).toEqual(first);
      }),
      { numRuns: 20 },
    );
  });
});

describe('a table of prices', () => {
  it('has the days of its calendar until the last bar, whatever symbols lack', () => {
    const series = [
      {
        symbol: 'A',
        bars: [
          { date: dateAt(0), close: 1 },
          { date: dateAt(5), close: 1 },
        ],
      },
    ];
    expect(priceTable(series, 'crypto').dates).toEqual([0, 1, 2, 3, 4, 5].map((day) => addDays(dateAt(0), day)));
    expect(priceTable(series).dates).toEqual([dateAt(0), dateAt(5)]);
  });
});
