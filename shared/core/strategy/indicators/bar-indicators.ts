// The indicators that look at a bar's high, low and volume beside its close.
import { directionalMovement } from './adx.ts';
import { aroon } from './aroon.ts';
import { averageTrueRange } from './atr.ts';
import { keltner } from './bands.ts';
import { cci } from './cci.ts';
import { breakout, donchian } from './channels.ts';
import { choice, count, factor, type Indicator, indicator } from './indicator.ts';
import { stochastic, williamsR } from './stochastic.ts';
import { averageDailyNotional, averageDailyVolume, onBalanceVolume } from './volume.ts';

const aWindow = ({ window }: { readonly window: number }) => window;
const aWindowAndOne = ({ window }: { readonly window: number }) => window + 1;

interface KeltnerWindows {
  readonly window: number;
  readonly rangeWindow: number;
}
const aKeltnerBand = ({ window, rangeWindow }: KeltnerWindows) => Math.max(window, rangeWindow + 1);

export const BAR_INDICATORS: readonly Indicator[] = [
  indicator({
    name: 'average-true-range',
    alsoKnownAs: ['atr'],
    inputs: ['high', 'low', 'close'],
    parameters: { window: count(14) },
    outputs: [{ name: 'range', unit: 'price-change', closesNeeded: aWindowAndOne }],
    memory: 'whole-history',
    compute: ({ high, low, close }, { window }) => [averageTrueRange(high, low, close, window)],
  }),
  indicator({
    name: 'directional-movement',
    alsoKnownAs: ['adx'],
    inputs: ['high', 'low', 'close'],
    parameters: { window: count(14) },
    outputs: [
      { name: 'adx', unit: 'score', closesNeeded: ({ window }) => 2 * window },
      { name: 'plus', unit: 'score', closesNeeded: aWindowAndOne },
      { name: 'minus', unit: 'score', closesNeeded: aWindowAndOne },
    ],
    memory: 'whole-history',
    compute: ({ high, low, close }, { window }) => {
      const { adx, plus, minus } = directionalMovement(high, low, close, window);
      return [adx, plus, minus];
    },
  }),
  indicator({
    name: 'stochastic',
    inputs: ['high', 'low', 'close'],
    parameters: { window: count(14), slowing: count(3), smooth: count(3) },
    outputs: [
      { name: 'k', unit: 'score', closesNeeded: ({ window, slowing }) => window + slowing - 1 },
      { name: 'd', unit: 'score', closesNeeded: ({ window, slowing, smooth }) => window + slowing + smooth - 2 },
    ],
    memory: 'window',
    compute: ({ high, low, close }, windows) => {
      const { k, d } = stochastic(high, low, close, windows);
      return [k, d];
    },
  }),
  indicator({
    name: 'commodity-channel-index',
    alsoKnownAs: ['cci'],
    inputs: ['high', 'low', 'close'],
    parameters: { window: count(20) },
    outputs: [{ name: 'index', unit: 'score', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ high, low, close }, { window }) => [cci(high, low, close, window)],
  }),
  indicator({
    name: 'williams-r',
    inputs: ['high', 'low', 'close'],
    parameters: { window: count(14) },
    outputs: [{ name: 'r', unit: 'score', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ high, low, close }, { window }) => [williamsR(high, low, close, window)],
  }),
  indicator({
    name: 'donchian',
    inputs: ['high', 'low'],
    parameters: { window: count(20) },
    outputs: [
      { name: 'upper', unit: 'price', closesNeeded: aWindow },
      { name: 'middle', unit: 'price', closesNeeded: aWindow },
      { name: 'lower', unit: 'price', closesNeeded: aWindow },
    ],
    memory: 'window',
    compute: ({ high, low }, { window }) => {
      const { upper, middle, lower } = donchian(high, low, window);
      return [upper, middle, lower];
    },
  }),
  indicator({
    name: 'keltner',
    inputs: ['high', 'low', 'close'],
    parameters: { window: count(20), rangeWindow: count(10), multiple: factor(2, 100), seed: choice('first', 'mean') },
    outputs: [
      { name: 'upper', unit: 'price', closesNeeded: aKeltnerBand },
      { name: 'middle', unit: 'price', closesNeeded: aWindow },
      { name: 'lower', unit: 'price', closesNeeded: aKeltnerBand },
    ],
    memory: 'whole-history',
    compute: ({ high, low, close }, settings) => {
      const { upper, middle, lower } = keltner(high, low, close, settings);
      return [upper, middle, lower];
    },
  }),
  indicator({
    name: 'aroon',
    inputs: ['high', 'low'],
    parameters: { window: count(25) },
    outputs: [
      { name: 'up', unit: 'score', closesNeeded: aWindowAndOne },
      { name: 'down', unit: 'score', closesNeeded: aWindowAndOne },
      { name: 'oscillator', unit: 'score', closesNeeded: aWindowAndOne },
    ],
    memory: 'window',
    compute: ({ high, low }, { window }) => {
      const { up, down, oscillator } = aroon(high, low, window);
      return [up, down, oscillator];
    },
  }),
  indicator({
    name: 'breakout',
    inputs: ['high', 'low'],
    parameters: { window: count(20) },
    outputs: [
      { name: 'highest', unit: 'price', closesNeeded: aWindowAndOne },
      { name: 'lowest', unit: 'price', closesNeeded: aWindowAndOne },
    ],
    memory: 'window',
    compute: ({ high, low }, { window }) => {
      const levels = breakout(high, low, window);
      return [levels.highest, levels.lowest];
    },
  }),
  indicator({
    name: 'on-balance-volume',
    alsoKnownAs: ['obv'],
    inputs: ['close', 'volume'],
    parameters: {},
    outputs: [{ name: 'volume', unit: 'shares', closesNeeded: () => 1 }],
    memory: 'whole-history',
    compute: ({ close, volume }) => [onBalanceVolume(close, volume)],
  }),
  indicator({
    name: 'average-daily-volume',
    alsoKnownAs: ['adv'],
    inputs: ['volume'],
    parameters: { window: count(20) },
    outputs: [{ name: 'volume', unit: 'shares', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ volume }, { window }) => [averageDailyVolume(volume, window)],
  }),
  indicator({
    name: 'average-daily-notional',
    inputs: ['close', 'volume'],
    parameters: { window: count(20) },
    outputs: [{ name: 'notional', unit: 'dollars', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ close, volume }, { window }) => [averageDailyNotional(close, volume, window)],
  }),
];
