// Small examples worked by hand, one or two for each indicator. They always run.
import { describe, expect, it } from 'vitest';
import type { ColumnName, Given } from '../../../../../shared/core/strategy/indicators/indicator.ts';
import { INDICATORS, indicatorNamed } from '../../../../../shared/core/strategy/indicators/indicators.ts';
import { column, expectClose } from './series.ts';

const _ = Number.NaN;

/** The outputs of the indicator, by their names. */
function outputsOf(
  name: string,
  bars: Partial<Record<ColumnName, readonly number[]>>,
  given: Given = {},
): Readonly<Record<string, Float64Array>> {
  const indicator = indicatorNamed(name);
  if (indicator === undefined) throw new Error(`no indicator is named ${name}`);
  const columns = Object.fromEntries(Object.entries(bars).map(([input, values]) => [input, Float64Array.from(values)]));
  const outputs = indicator.compute(columns, given);
  return Object.fromEntries(indicator.outputs.map((output, place) => [output.name, outputs[place]!]));
}

function expectOutputs(outputs: Readonly<Record<string, Float64Array>>, wanted: Readonly<Record<string, readonly number[]>>): void {
  for (const [name, values] of Object.entries(wanted)) expectClose(outputs[name]!, column(...values), 1e-9, name);
}

describe('averages', () => {
  const close = [10, 11, 12, 11, 13];

  it('the simple one is the mean of the last closes', () => {
    expectOutputs(outputsOf('moving-average-price', { close }, { window: 3 }), { average: [_, _, 11, 34 / 3, 12] });
  });

  it('the weighted one counts the newest close most', () => {
    // (1·1 + 2·2 + 3·3)/6, (1·2 + 2·3 + 3·6)/6
    expectOutputs(outputsOf('wma', { close: [1, 2, 3, 6] }, { window: 3 }), { average: [_, _, 14 / 6, 26 / 6] });
  });

  it('the exponential one starts at the first close, or at the mean of the first ones', () => {
    // α = 1/2: 10, 10.5, 11.25, 11.125, 12.0625; seeded at (10 + 11 + 12)/3 = 11: 11, 12
    expectOutputs(outputsOf('ema', { close }, { window: 3 }), { average: [_, _, 11.25, 11.125, 12.0625] });
    expectOutputs(outputsOf('ema', { close }, { window: 3, seed: 'mean' }), { average: [_, _, 11, 11, 12] });
  });

  it('the current price is the close, in a column of its own', () => {
    expectOutputs(outputsOf('current-price', { close }), { price: close });
  });
});

describe('oscillators of two averages', () => {
  // EMA(1) is the close; EMA(3) is 11.25, 11.125, 12.0625 from the third close on. The signal's α is 2/3.
  const close = [10, 11, 12, 11, 13];

  it('MACD', () => {
    // line 0.75, −0.125, 0.9375; signal 0.75 − 2/3·0.875 = 1/6, then 1/6 + 2/3·(0.9375 − 1/6)
    const signal = [_, _, _, 1 / 6, 1 / 6 + 0.625 - 1 / 9];
    expectOutputs(outputsOf('macd', { close }, { short: 1, long: 3, smooth: 2 }), {
      line: [_, _, 0.75, -0.125, 0.9375],
      signal,
      histogram: [_, _, _, -0.125 - 1 / 6, 0.9375 - signal[4]!],
    });
  });

  it('the percentage price oscillator and its signal, seeded at its first value', () => {
    const first = 100 / 15; // 0.75 of 11.25
    const second = -100 / 89; // −0.125 of 11.125
    const windows = { short: 1, long: 3 };
    expectOutputs(outputsOf('ppo', { close: close.slice(0, 4) }, windows), { oscillator: [_, _, first, second] });
    expectOutputs(outputsOf('percentage-price-oscillator-signal', { close: close.slice(0, 4) }, { ...windows, smooth: 2 }), {
      signal: [_, _, _, first + (2 / 3) * (second - first)],
    });
  });
});

describe('relative strength', () => {
  it('is seeded by the mean of the first changes, then smoothed by 1/w', () => {
    // +3 −1 −1 +2: gains 1, then (2·1 + 2)/3 = 4/3; losses 2/3, then 4/9
    expectOutputs(outputsOf('rsi', { close: [10, 13, 12, 11, 13] }, { window: 3 }), { rsi: [_, _, _, 60, 75] });
  });

  it('may start at the first change instead', () => {
    // gains 3, 2, 4/3; losses 0, 1/3, 5/9
    expectOutputs(outputsOf('rsi', { close: [10, 13, 12, 11] }, { window: 3, seed: 'recursive' }), { rsi: [_, _, _, 1200 / 17] });
  });

  it('is 50 where nothing moved, 100 where all rose, 0 where all fell, exactly', () => {
    for (const seed of ['mean', 'recursive']) {
      const last = (...close: number[]) => outputsOf('rsi', { close }, { window: 3, seed })['rsi']?.at(-1);
      expect(last(7, 7, 7, 7, 7)).toBe(50);
      expect(last(1.1, 1.3, 1.7, 1.9, 2.3)).toBe(100);
      expect(last(2.3, 1.9, 1.7, 1.3, 1.1)).toBe(0);
    }
  });
});

describe('returns and their spread', () => {
  const close = [100, 110, 99];

  it('the cumulative return is over all of the window', () => {
    expectOutputs(outputsOf('cumulative-return', { close }, { window: 2 }), { return: [_, _, -1] });
    expectOutputs(outputsOf('roc', { close }, { window: 1 }), { return: [_, 10, -10] });
  });

  it('the mean and the deviation of daily returns are in percent a day', () => {
    expectOutputs(outputsOf('moving-average-return', { close }, { window: 2 }), { average: [_, _, 0] });
    expectOutputs(outputsOf('stdev-return', { close }, { window: 2 }), { deviation: [_, _, Math.sqrt(200)] });
    expectOutputs(outputsOf('stdev-return', { close }, { window: 2, divisor: 'population' }), { deviation: [_, _, 10] });
  });

  it('the deviation of prices is a sample’s unless told otherwise', () => {
    // The mean is 5, the squares of the differences sum to 32.
    const prices = { close: [2, 4, 4, 4, 5, 5, 7, 9] };
    expect(outputsOf('stdev-price', prices, { window: 8 })['deviation']?.at(-1)).toBeCloseTo(Math.sqrt(32 / 7), 12);
    expect(outputsOf('stdev-price', prices, { window: 8, divisor: 'population' })['deviation']?.at(-1)).toBe(2);
  });

  it('realised volatility is annualised by the root of the periods a year', () => {
    // Log returns of +1 % and −1 %: a sample deviation of √2 %; √2·√252 = 2·√126
    const there = { close: [100, 100 * Math.exp(0.01), 100] };
    expectOutputs(outputsOf('realised-volatility', there, { window: 2 }), { volatility: [_, _, 2 * Math.sqrt(126)] });
    expectOutputs(outputsOf('realised-volatility', there, { window: 2, periodsPerYear: 4 }), { volatility: [_, _, 2 * Math.SQRT2] });
  });

  it('the z-score counts deviations from the mean, and is undefined where nothing moved', () => {
    expectOutputs(outputsOf('z-score', { close: [10, 12, 12] }, { window: 2 }), { score: [_, Math.SQRT1_2, _] });
    expectOutputs(outputsOf('z-score', { close: [10, 12] }, { window: 2, divisor: 'population' }), { score: [_, 1] });
  });

  it('the slope is that of the fitted line', () => {
    expectOutputs(outputsOf('linear-regression-slope', { close: [2, 4, 6, 5] }, { window: 3 }), { slope: [_, _, 2, 0.5] });
  });
});

describe('drawdowns', () => {
  const close = [100, 120, 90, 130, 117];

  it('are positive percent below the peak so far, and 0 at a new high', () => {
    expectOutputs(outputsOf('drawdown', { close }), { drawdown: [0, 0, 25, 0, 10] });
  });

  it('the largest is the worst fall inside the window', () => {
    expectOutputs(outputsOf('max-drawdown', { close }, { window: 3 }), { drawdown: [_, _, 25, 25, 10] });
    expectOutputs(outputsOf('max-drawdown', { close }, { window: 2 }), { drawdown: [_, 0, 25, 0, 10] });
  });
});

describe('indicators of whole bars', () => {
  const high = [11, 13, 12, 15, 14];
  const low = [9, 11, 10, 12, 13];
  const close = [10, 12, 11, 14, 13];
  const bars = { high, low, close };

  it('average true range', () => {
    // True ranges 3, 2, 4, 1; seeded at (3 + 2)/2
    expectOutputs(outputsOf('atr', bars, { window: 2 }), { range: [_, _, 2.5, 3.25, 2.125] });
  });

  it('directional movement', () => {
    // +DM 2 0 3 0 smoothed 1, 2, 1; −DM 0 1 0 0 smoothed 1/2, 1/4, 1/8; DX 100/3, 700/9, 700/9
    expectOutputs(outputsOf('adx', bars, { window: 2 }), {
      plus: [_, _, 40, 200 / 3.25, 100 / 2.125],
      minus: [_, _, 20, 25 / 3.25, 12.5 / 2.125],
      adx: [_, _, _, 500 / 9, 600 / 9],
    });
  });

  it('directional movement is 0 where high and low move out alike, and where nothing moves', () => {
    const none = { plus: [_, 0], minus: [_, 0], adx: [_, 0] };
    expectOutputs(outputsOf('adx', { high: [10, 11], low: [8, 7], close: [9, 9] }, { window: 1 }), none);
    expectOutputs(outputsOf('adx', { high: [9, 9], low: [9, 9], close: [9, 9] }, { window: 1 }), none);
  });

  it('stochastic and Williams %R', () => {
    // Third bar: (11 − 9)/(13 − 9); fourth: (14 − 10)/(15 − 10); fifth: (13 − 10)/(15 − 10)
    const fast = { window: 3, slowing: 1, smooth: 2 };
    expectOutputs(outputsOf('stochastic', bars, fast), { k: [_, _, 50, 80, 60], d: [_, _, _, 65, 70] });
    expectOutputs(outputsOf('stochastic', bars, { ...fast, slowing: 2 }), { k: [_, _, _, 65, 70], d: [_, _, _, _, 67.5] });
    expectOutputs(outputsOf('williams-r', bars, { window: 3 }), { r: [_, _, -50, -20, -40] });
    expectOutputs(outputsOf('williams-r', { high: [5, 5], low: [5, 5], close: [5, 5] }, { window: 2 }), { r: [_, _] });
  });

  it('commodity channel index', () => {
    // Typical prices 10 and 12: 1 above their mean, mean absolute deviation 1
    expectOutputs(outputsOf('cci', { high: [11, 13], low: [9, 11], close: [10, 12] }, { window: 2 }), { index: [_, 1 / 0.015] });
  });

  it('Donchian’s channel has today in it, a breakout level has not', () => {
    expectOutputs(outputsOf('donchian', bars, { window: 2 }), {
      upper: [_, 13, 13, 15, 15],
      middle: [_, 11, 11.5, 12.5, 13.5],
      lower: [_, 9, 10, 10, 12],
    });
    expectOutputs(outputsOf('breakout', bars, { window: 2 }), { highest: [_, _, 13, 13, 15], lowest: [_, _, 9, 10, 10] });
  });

  it('Bollinger’s and Keltner’s bands', () => {
    expectOutputs(outputsOf('bollinger', { close: [10, 12] }, { window: 2 }), { upper: [_, 13], middle: [_, 11], lower: [_, 9] });
    expectOutputs(outputsOf('bollinger', { close: [10, 12] }, { window: 2, deviations: 1, divisor: 'sample' }), {
      upper: [_, 11 + Math.SQRT2],
    });
    // The EMA of one bar is the close; the true range is 2.5 at the third bar.
    expectOutputs(outputsOf('keltner', bars, { window: 1, rangeWindow: 2, multiple: 2 }), {
      upper: [_, _, 16, 20.5, 17.25],
      middle: close,
      lower: [_, _, 6, 7.5, 8.75],
    });
  });

  it('Aroon counts from the latest of equal extremes', () => {
    expectOutputs(outputsOf('aroon', { high: [5, 7, 6, 6], low: [4, 3, 3, 5] }, { window: 3 }), {
      up: [_, _, _, 100 / 3],
      down: [_, _, _, 200 / 3],
      oscillator: [_, _, _, -100 / 3],
    });
  });
});

describe('volume', () => {
  it('on balance is added when the close rises and subtracted when it falls', () => {
    expectOutputs(outputsOf('obv', { close: [10, 11, 11, 9], volume: [100, 200, 300, 400] }), { volume: [0, 200, 200, -200] });
  });

  it('on average is a mean of shares, or of dollars', () => {
    const traded = { close: [10, 20, 5], volume: [100, 200, 600] };
    expectOutputs(outputsOf('adv', traded, { window: 2 }), { volume: [_, 150, 400] });
    expectOutputs(outputsOf('average-daily-notional', traded, { window: 2 }), { notional: [_, 2500, 3500] });
  });
});

describe('two series', () => {
  it('are compared by their daily returns: twice the moves is a beta of 2 and a correlation of 1', () => {
    const pair = { close: [100, 120, 96], benchmark: [100, 110, 99] };
    expectOutputs(outputsOf('beta', pair, { window: 2 }), { beta: [_, _, 2] });
    expectOutputs(outputsOf('correlation', pair, { window: 2 }), { correlation: [_, _, 1] });
  });

  it('are undefined where the benchmark did not move', () => {
    const pair = { close: [100, 120, 96], benchmark: [100, 100, 100] };
    expectOutputs(outputsOf('beta', pair, { window: 2 }), { beta: [_, _, _] });
    expectOutputs(outputsOf('correlation', pair, { window: 2 }), { correlation: [_, _, _] });
  });
});

describe('a pair', () => {
  it('is what its logarithms leave over beside a fitted line', () => {
    // ln y 0, 0.2, 0, 0.2; ln x 0, 0.1, 0, 0.3: the line passes through the means of the two groups, 0 and 0.2, so its slope
    // is 1. Left over are 0, −0.1, 0, 0.1, whose sample deviation is √(0.02/3).
    const pair = {
      close: [0, 0.1, 0, 0.3].map((each) => 100 * Math.exp(each)),
      benchmark: [0, 0.2, 0, 0.2].map((each) => 50 * Math.exp(each)),
    };
    const deviation = Math.sqrt(0.02 / 3);
    expectOutputs(outputsOf('pair-spread', pair, { window: 4 }), {
      score: [_, _, _, 0.1 / deviation],
      hedge: [_, _, _, 1],
      deviation: [_, _, _, deviation],
    });
  });

  it('has no spread where one never moves, or where the two move as one', () => {
    const flat = { close: [1, 2, 3], benchmark: [5, 5, 5] };
    expectOutputs(outputsOf('pair-spread', flat, { window: 3 }), { score: [_, _, _], hedge: [_, _, _], deviation: [_, _, _] });
    const asOne = { close: [1, 4, 9], benchmark: [1, 2, 3] };
    expectOutputs(outputsOf('pair-spread', asOne, { window: 3 }), { score: [_, _, _], hedge: [_, _, 2], deviation: [_, _, _] });
  });
});

describe('the registry', () => {
  it('names every indicator, and every other name, once', () => {
    const names = INDICATORS.flatMap(({ name, alsoKnownAs }) => [name, ...alsoKnownAs]);
    expect(new Set(names).size).toBe(names.length);
    for (const each of INDICATORS) for (const name of [each.name, ...each.alsoKnownAs]) expect(indicatorNamed(name)).toBe(each);
    expect(indicatorNamed('moving-average')).toBeUndefined();
  });

  it('knows every function that a symphony may name', () => {
    const json = `relative-strength-index cumulative-return current-price moving-average-price moving-average-return
      exponential-moving-average-price max-drawdown standard-deviation-price standard-deviation-return
      percentage-price-oscillator percentage-price-oscillator-signal`.split(/\s+/);
    for (const name of [...json, 'rsi', 'stdev-return', 'stdev-price']) expect(indicatorNamed(name), name).toBeDefined();
  });

  it('knows how many closes Composer’s indicators need', () => {
    const needed = (name: string, given: Given) => indicatorNamed(name)?.outputs[0]?.closesNeeded(given);
    for (const name of ['rsi', 'cumulative-return', 'moving-average-return', 'stdev-return']) expect(needed(name, { window: 10 })).toBe(11);
    for (const name of ['sma', 'ema', 'stdev-price', 'max-drawdown']) expect(needed(name, { window: 10 })).toBe(10);
    expect(needed('current-price', {})).toBe(1);
    expect(needed('ppo', { short: 12, long: 26 })).toBe(26);
    expect(needed('percentage-price-oscillator-signal', { short: 12, long: 26, smooth: 9 })).toBe(34);
  });
});
