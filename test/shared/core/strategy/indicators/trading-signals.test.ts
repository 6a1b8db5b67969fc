// The same numbers from another library: trading-signals, which is written bar by bar where ours is written in columns.
import { ATR, BollingerBands, CCI, DonchianChannels, EMA, OBV, ROC, RSI, SMA, WilliamsR, WMA, WSMA } from 'trading-signals';
import { describe, expect, it } from 'vitest';
import { averageTrueRange } from '../../../../../shared/core/strategy/indicators/atr.ts';
import { bollinger } from '../../../../../shared/core/strategy/indicators/bands.ts';
import { cci } from '../../../../../shared/core/strategy/indicators/cci.ts';
import { donchian } from '../../../../../shared/core/strategy/indicators/channels.ts';
import { exponentialMean } from '../../../../../shared/core/strategy/indicators/exponential-mean.ts';
import { mean } from '../../../../../shared/core/strategy/indicators/mean.ts';
import { cumulativeReturn } from '../../../../../shared/core/strategy/indicators/returns.ts';
import { rsi } from '../../../../../shared/core/strategy/indicators/rsi.ts';
import { williamsR } from '../../../../../shared/core/strategy/indicators/stochastic.ts';
import { onBalanceVolume } from '../../../../../shared/core/strategy/indicators/volume.ts';
import { weightedMean } from '../../../../../shared/core/strategy/indicators/weighted-mean.ts';

const BARS = 400;
const WINDOW = 14;

interface Candle {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

/** A walk of 400 bars, the same in every run (a linear congruential generator, Numerical Recipes' constants). */
function someCandles(): Candle[] {
  let state = 12_345;
  const draw = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let close = 100;
  return Array.from({ length: BARS }, () => {
    const open = close;
    close = open * (1 + (draw() - 0.5) * 0.04);
    const [high, low] = [Math.max(open, close) * (1 + draw() * 0.01), Math.min(open, close) * (1 - draw() * 0.01)];
    return { open, high, low, close, volume: Math.round(1_000_000 * draw()) };
  });
}

const candles = someCandles();
const [high, low, close, volume] = (['high', 'low', 'close', 'volume'] as const).map((name) =>
  Float64Array.from(candles, (each) => each[name]),
) as [Float64Array, Float64Array, Float64Array, Float64Array];

/** What a bar-by-bar indicator says after each bar; NaN while it says nothing. */
function stepped<Input>(indicator: { add(input: Input): number | null }, inputs: readonly Input[]): number[] {
  return inputs.map((input) => indicator.add(input) ?? Number.NaN);
}

/** Equal within a billionth from this bar to the last; undefined on either side is a difference. */
function expectSame(ours: Float64Array, theirs: readonly number[], from: number): void {
  for (let bar = from; bar < BARS; bar += 1) {
    const [our, their] = [ours[bar] as number, theirs[bar] as number];
    expect(Math.abs(our - their), `bar ${bar}: ${our} against ${their}`).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(their)));
  }
}

describe('trading-signals agrees on', () => {
  const closes = [...close];

  it('the simple moving average', () => expectSame(mean(close, WINDOW), stepped(new SMA(WINDOW), closes), WINDOW - 1));
  it('the weighted moving average', () => expectSame(weightedMean(close, WINDOW), stepped(new WMA(WINDOW), closes), WINDOW - 1));
  it('the exponential moving average, seeded with the first close', () =>
    expectSame(exponentialMean(close, WINDOW), stepped(new EMA(WINDOW), closes), WINDOW - 1));
  it('the relative strength index, smoothed as Wilder does', () =>
    expectSame(rsi(close, WINDOW), stepped(new RSI(WINDOW, WSMA), closes), WINDOW));
  it('the rate of change, which it gives as a fraction', () =>
    expectSame(
      cumulativeReturn(close, WINDOW),
      stepped(new ROC(WINDOW), closes).map((fraction) => fraction * 100),
      WINDOW,
    ));
  it('the commodity channel index', () => expectSame(cci(high, low, close, WINDOW), stepped(new CCI(WINDOW), candles), WINDOW - 1));
  it('Williams %R', () => expectSame(williamsR(high, low, close, WINDOW), stepped(new WilliamsR(WINDOW), candles), WINDOW - 1));
  // Theirs counts the first bar, which has no close before it: (13/14)^350 of that is left at bar 350.
  it('the average true range, once the first bar is forgotten', () =>
    expectSame(averageTrueRange(high, low, close, WINDOW), stepped(new ATR(WINDOW, WSMA), candles), 350));
  it('the Bollinger bands', () => {
    const bands = new BollingerBands(WINDOW, 2);
    const theirs = closes.map((price) => bands.add(price));
    const ours = bollinger(close, WINDOW, 2);
    expectSame(
      ours.upper,
      theirs.map((each) => each?.upper ?? Number.NaN),
      WINDOW - 1,
    );
    expectSame(
      ours.lower,
      theirs.map((each) => each?.lower ?? Number.NaN),
      WINDOW - 1,
    );
  });
  it('the Donchian channel', () => {
    const channel = new DonchianChannels(WINDOW);
    const theirs = candles.map((candle) => channel.add(candle));
    expectSame(
      donchian(high, low, WINDOW).upper,
      theirs.map((each) => each?.upper ?? Number.NaN),
      WINDOW - 1,
    );
    expectSame(
      donchian(high, low, WINDOW).lower,
      theirs.map((each) => each?.lower ?? Number.NaN),
      WINDOW - 1,
    );
  });
  it('the on-balance volume, but for where it starts', () => {
    const theirs = stepped(new OBV(2), candles);
    const ours = onBalanceVolume(close, volume);
    const shift = (theirs[WINDOW] as number) - (ours[WINDOW] as number);
    expectSame(
      ours.map((value) => value + shift),
      theirs,
      WINDOW,
    );
  });
});
