// Every indicator of the registry, as a metric of the language.
import { describe, expect, it } from 'vitest';
import { barFieldsNeeded, closesNeeded, evaluate, remembersPast, watchedSymbols } from '../../../../../shared/core/strategy/evaluate.ts';
import { historyNeeded } from '../../../../../shared/core/strategy/evaluator/history-needed.ts';
import { measure } from '../../../../../shared/core/strategy/evaluator/measure.ts';
import { unitOf } from '../../../../../shared/core/strategy/evaluator/metric-unit.ts';
import { compile } from '../../../../../shared/core/strategy/evaluator/program.ts';
import { needsPrices } from '../../../../../shared/core/strategy/evaluator/segments.ts';
import { type BarField, columnOf, type History, historyUntil } from '../../../../../shared/core/strategy/history.ts';
import { INDICATORS } from '../../../../../shared/core/strategy/indicators/indicators.ts';
import { DEFAULT_OPTIONS } from '../../../../../shared/core/strategy/options.ts';
import type { Metric, NamedIndicator, Tree } from '../../../../../shared/core/strategy/tree.ts';
import { asset, CASH, dateAt, equal, FIRST_CLOSE, specified } from '../../../../builders/strategy.ts';
import { expectSameBits, someBars } from '../indicators/series.ts';
import { choose, is, metricOver, of, over, top } from './market.ts';

function named(indicator: string, output: string, given: NamedIndicator['given'] = {}, benchmark?: string): NamedIndicator {
  return { name: 'indicator', indicator, output, given, ...(benchmark === undefined ? {} : { benchmark }) };
}

const RANGE = named('average-true-range', 'range', { window: 2 });
const BETA = named('beta', 'beta', { window: 2 }, 'QQQ');
const BARS = someBars(80);
const asked = (metric: Metric, symbol = 'SPY'): Tree => choose(is(of(metric, symbol), 'gt', 0), asset(symbol), CASH);

describe.each(INDICATORS.flatMap((each) => each.outputs.map((output, place) => [each.name, output.name, each, place] as const)))(
  '%s, %s',
  (name, output, indicator, place) => {
    it('is measured as the registry computes it, from the columns that it looks at and no other', () => {
      const { close, ...others } = BARS;
      const used = Object.fromEntries(Object.entries(others).filter(([input]) => indicator.inputs.some((each) => each === input)));
      expectSameBits(measure(named(name, output), close, used), indicator.compute(BARS)[place] ?? new Float64Array(0));
    });

    it('is undefined throughout where one of those is not known', () => {
      const { close, ...others } = BARS;
      for (const input of indicator.inputs) {
        if (input === 'close') continue;
        const { [input]: _, ...rest } = others;
        expect(measure(named(name, output), close, rest).every(Number.isNaN)).toBe(true);
      }
    });

    it('reads at least the closes that it needs, and many times that where it never forgets', () => {
      const needed = indicator.outputs[place]?.closesNeeded({}) ?? 0;
      const read = closesNeeded(asked(named(name, output)), DEFAULT_OPTIONS);
      expect(read).toBeGreaterThanOrEqual(indicator.memory === 'window' ? needed : 16 * needed);
    });

    it('has the unit of the registry, or that of a price for a change of one', () => {
      const unit = indicator.outputs[place]?.unit;
      expect(unitOf(named(name, output))).toBe(unit === 'price-change' ? 'price' : unit);
    });
  },
);

describe('an indicator that is named', () => {
  it('is computed once, however often it is asked for, and apart for other parameters, outputs, symbols and bars', () => {
    const others: [Metric, string][] = [
      [named('average-true-range', 'range', { window: 3 }), 'SPY'],
      [named('donchian', 'upper', { window: 2 }), 'SPY'],
      [named('donchian', 'lower', { window: 2 }), 'SPY'],
      [RANGE, 'QQQ'],
      [{ name: 'weekly', of: RANGE }, 'SPY'],
      [{ name: 'monthly', of: RANGE }, 'SPY'],
      [BETA, 'SPY'],
      [{ ...BETA, benchmark: 'TLT' }, 'SPY'],
    ];
    const trees = [asked(RANGE), asked(structuredClone(RANGE)), ...others.map(([metric, symbol]) => asked(metric, symbol))];
    expect(compile(equal(...trees)).columns).toHaveLength(1 + others.length);
  });

  it('watches its benchmark, without ever holding it', () => {
    expect(watchedSymbols(asked(BETA))).toEqual(['QQQ', 'SPY']);
    expect(watchedSymbols(top(1, { name: 'weekly', of: BETA }, asset('A'), asset('B')))).toEqual(['A', 'B', 'QQQ']);
  });

  it('is refused where neither the registry nor its outputs have the name', () => {
    expect(() => compile(asked(named('nonsense', 'range')))).not.toThrow();
    expect(() => closesNeeded(asked(named('nonsense', 'range')), DEFAULT_OPTIONS)).toThrow(
      'there is no indicator nonsense with an output range',
    );
    expect(() => closesNeeded(asked(named('macd', 'nonsense')), DEFAULT_OPTIONS)).toThrow(RangeError);
  });

  it('is of no use over a group where it looks at prices or at more than closes', () => {
    const prices = INDICATORS.flatMap(({ name, outputs }) => outputs.filter((each) => needsPrices(named(name, each.name))).map(() => name));
    const measurable = INDICATORS.map(({ name }) => name).filter((name) => !prices.includes(name));
    expect(measurable).toEqual([
      'rsi',
      'moving-average-return',
      'cumulative-return',
      'stdev-return',
      'max-drawdown',
      'drawdown',
      'percentage-price-oscillator',
      'percentage-price-oscillator-signal',
      'z-score',
      'realised-volatility',
    ]);
    expect(needsPrices({ name: 'weekly', of: RANGE })).toBe(true);
    const closes = { A: [10, 11, 12, 11, 12] };
    expect(metricOver(equal(asset('A')), RANGE, closes).every(Number.isNaN)).toBe(true);
    // A fall from 12 to 11: a twelfth.
    const drawdown = metricOver(equal(asset('A')), named('drawdown', 'drawdown'), closes);
    expect(drawdown.map((value) => Number(value.toFixed(3)))).toEqual([0, 0, 0, 8.333, 0]);
  });
});

describe('the fields of bars', () => {
  const needs = (...trees: readonly Tree[]): Record<string, readonly BarField[]> => Object.fromEntries(barFieldsNeeded(trees));

  it('are asked for by whoever looks at them, of the symbols that it looks at, and by nobody else', () => {
    expect(needs(asked(over('rsi', 5)), asked({ name: 'weekly', of: BETA }))).toEqual({});
    expect(needs(asked(RANGE))).toEqual({ SPY: ['high', 'low'] });
    expect(needs(top(1, { name: 'monthly', of: named('obv', 'volume') }, asset('A'), asset('B'), equal(asset('C'))))).toEqual({
      A: ['volume'],
      B: ['volume'],
    });
  });

  it('are those of all strategies together, always in the same order', () => {
    expect(needs(asked(named('obv', 'volume')), asked(RANGE))).toEqual({ SPY: ['high', 'low', 'volume'] });
  });

  const bars = [
    { date: '2026-11-19', close: 100, high: 110, low: 90, adjClose: 50, volume: 7 },
    { date: '2026-11-20', close: 60, volume: 0 },
  ] as const;

  it('become columns as they are asked for: prices by the factor of the close, null where a bar has none', () => {
    expect(columnOf({ symbol: 'SPY', bars }, ['high', 'low', 'volume'])).toEqual({
      symbol: 'SPY',
      dates: ['2026-11-19', '2026-11-20'],
      closes: [50, 60],
      highs: [55, null],
      lows: [45, null],
      volumes: [7, 0],
    });
    expect(Object.keys(columnOf({ symbol: 'SPY', bars }))).toEqual(['symbol', 'dates', 'closes']);
    expect(Object.keys(columnOf({ symbol: 'SPY', bars: [bars[1]] }, ['high', 'low']))).toEqual(['symbol', 'dates', 'closes']);
  });

  it('end with the closes, where a history is cut', () => {
    const history: History = { anchor: '2026-11-19', columns: [columnOf({ symbol: 'SPY', bars }, ['high', 'volume'])] };
    expect(historyUntil('2026-11-19', history).columns).toEqual([
      { symbol: 'SPY', dates: ['2026-11-19'], closes: [50], highs: [55], volumes: [7] },
    ]);
  });
});

describe('an indicator without the fields that it looks at', () => {
  const closes = [100, 101, 102, 103, 104];
  const column = (symbol: string) => ({ symbol, dates: closes.map((_, day) => dateAt(day)), closes });
  const history: History = { anchor: FIRST_CLOSE, columns: [column('SPY')] };

  it('is undefined, and the field is named', () => {
    expect(evaluate(asked(RANGE), history, undefined, dateAt(4), DEFAULT_OPTIONS)).toEqual({
      kind: 'undefined',
      symbol: 'SPY',
      metric: 'average-true-range',
      detail: 'is undefined or of no use on 2026-01-09; it has no value in the history that was read: no bar of SPY has a high',
    });
  });

  it('is undefined, and the benchmark without closes is named', () => {
    expect(evaluate(asked(BETA), history, undefined, dateAt(4), DEFAULT_OPTIONS)).toMatchObject({
      metric: 'beta',
      detail: expect.stringContaining('no bar of QQQ has a close'),
    });
  });

  it('is left out of a ranking under its own name, and blamed on the symbol that would be sold for it', () => {
    const ranked = specified(['100%', top(1, { name: 'weekly', of: BETA }, asset('SPY'), CASH)]);
    expect(evaluate(ranked, history, undefined, dateAt(4), DEFAULT_OPTIONS)).toMatchObject({ kind: 'undefined' });
    const either = equal(top(1, over('cumulative-return', 1), asset('SPY')), choose(is(1, 'lt', 0), asked(RANGE), CASH));
    expect(evaluate(either, history, undefined, dateAt(4), DEFAULT_OPTIONS)).toMatchObject({ kind: 'weights' });
    const two = { ...history, columns: [{ ...column('SPY'), highs: closes, lows: closes }, column('TLT')] };
    expect(evaluate(top(2, RANGE, asset('SPY'), asset('TLT')), two, undefined, dateAt(4), DEFAULT_OPTIONS)).toMatchObject({
      kind: 'weights',
      leftOut: [{ symbol: 'TLT', metric: 'average-true-range', why: 'undefined', dataOf: 'TLT' }],
    });
  });

  it('is undefined while one bar of its window lacks one of them', () => {
    const highs = [null, ...closes.slice(1)];
    const grown = { ...history, columns: [{ ...column('SPY'), highs, lows: closes }] };
    // Two true ranges need three whole bars: from the second to the fourth.
    expect([2, 3, 4].map((day) => evaluate(asked(RANGE), grown, undefined, dateAt(day), DEFAULT_OPTIONS).kind)).toEqual([
      'undefined',
      'weights',
      'weights',
    ]);
  });
});

describe('the history that an indicator needs', () => {
  it('begins where that of an earlier decision did, for one that never forgets, on whatever bars', () => {
    const metrics: Metric[] = [
      RANGE,
      { name: 'weekly', of: RANGE },
      { name: 'monthly', of: over('rsi', 5) },
      named('drawdown', 'drawdown'),
    ];
    expect(metrics.map((metric) => remembersPast(asked(metric)))).toEqual([true, true, true, true]);
    expect([BETA, { name: 'weekly', of: BETA } as const].map((metric) => remembersPast(asked(metric)))).toEqual([false, false]);
  });

  const needed = (metric: Metric): number => historyNeeded(compile(asked(metric)));

  it.each<[string, Metric, number]>([
    ['is what the registry says, for one that forgets', named('donchian', 'upper', { window: 20 }), 20],
    ['is sixteen times that and one, for one that never quite does', RANGE, 16 * 3 + 1],
    ['is ten years where nothing fades', named('drawdown', 'drawdown'), 2_520],
    ['is five sessions for each week, and for one more', { name: 'weekly', of: over('moving-average-price', 10) }, 60],
    ['is 23 sessions for each month, and for one more', { name: 'monthly', of: over('cumulative-return', 6) }, 184],
    ['is ten years of weeks too where nothing fades', { name: 'weekly', of: named('obv', 'volume') }, 2_520],
  ])('%s', (_, metric, closes) => expect(needed(metric)).toBe(closes));
});
