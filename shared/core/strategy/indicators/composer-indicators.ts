// The indicators that Composer's symphonies name, under Composer's names and in Composer's units.
import { drawdown, maxDrawdown } from './drawdown.ts';
import { exponentialMean } from './exponential-mean.ts';
import { choice, count, type Indicator, indicator } from './indicator.ts';
import { mean } from './mean.ts';
import { percentagePriceOscillator, percentagePriceOscillatorSignal } from './price-oscillator.ts';
import { movingAverageReturn, returnDeviation } from './return-window.ts';
import { cumulativeReturn } from './returns.ts';
import { rsi } from './rsi.ts';
import { deviation } from './variance.ts';

const aWindow = ({ window }: { readonly window: number }) => window;
const aWindowAndOne = ({ window }: { readonly window: number }) => window + 1;
const theLonger = ({ short, long }: { readonly short: number; readonly long: number }) => Math.max(short, long);

export const COMPOSER_INDICATORS: readonly Indicator[] = [
  indicator({
    name: 'current-price',
    inputs: ['close'],
    parameters: {},
    outputs: [{ name: 'price', unit: 'price', closesNeeded: () => 1 }],
    memory: 'window',
    compute: ({ close }) => [close.slice()],
  }),
  indicator({
    name: 'rsi',
    alsoKnownAs: ['relative-strength-index'],
    inputs: ['close'],
    parameters: { window: count(14), seed: choice('mean', 'recursive') },
    outputs: [{ name: 'rsi', unit: 'score', closesNeeded: aWindowAndOne }],
    memory: 'whole-history',
    compute: ({ close }, { window, seed }) => [rsi(close, window, seed)],
  }),
  indicator({
    name: 'moving-average-price',
    alsoKnownAs: ['simple-moving-average', 'sma'],
    inputs: ['close'],
    parameters: { window: count(20) },
    outputs: [{ name: 'average', unit: 'price', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ close }, { window }) => [mean(close, window)],
  }),
  indicator({
    name: 'exponential-moving-average-price',
    alsoKnownAs: ['exponential-moving-average', 'ema'],
    inputs: ['close'],
    parameters: { window: count(20), seed: choice('first', 'mean') },
    outputs: [{ name: 'average', unit: 'price', closesNeeded: aWindow }],
    memory: 'whole-history',
    compute: ({ close }, { window, seed }) => [exponentialMean(close, window, seed)],
  }),
  indicator({
    name: 'moving-average-return',
    inputs: ['close'],
    parameters: { window: count(20) },
    outputs: [{ name: 'average', unit: 'percent', closesNeeded: aWindowAndOne }],
    memory: 'window',
    compute: ({ close }, { window }) => [movingAverageReturn(close, window)],
  }),
  indicator({
    name: 'cumulative-return',
    alsoKnownAs: ['rate-of-change', 'roc'],
    inputs: ['close'],
    parameters: { window: count(20) },
    outputs: [{ name: 'return', unit: 'percent', closesNeeded: aWindowAndOne }],
    memory: 'window',
    compute: ({ close }, { window }) => [cumulativeReturn(close, window)],
  }),
  indicator({
    name: 'stdev-return',
    alsoKnownAs: ['standard-deviation-return'],
    inputs: ['close'],
    parameters: { window: count(20), divisor: choice('sample', 'population') },
    outputs: [{ name: 'deviation', unit: 'percent', closesNeeded: aWindowAndOne }],
    memory: 'window',
    compute: ({ close }, { window, divisor }) => [returnDeviation(close, window, divisor)],
  }),
  indicator({
    name: 'stdev-price',
    alsoKnownAs: ['standard-deviation-price'],
    inputs: ['close'],
    parameters: { window: count(20), divisor: choice('sample', 'population') },
    outputs: [{ name: 'deviation', unit: 'price-change', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ close }, { window, divisor }) => [deviation(close, window, divisor)],
  }),
  indicator({
    name: 'max-drawdown',
    inputs: ['close'],
    parameters: { window: count(20) },
    outputs: [{ name: 'drawdown', unit: 'percent', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ close }, { window }) => [maxDrawdown(close, window)],
  }),
  indicator({
    name: 'drawdown',
    inputs: ['close'],
    parameters: {},
    outputs: [{ name: 'drawdown', unit: 'percent', closesNeeded: () => 1 }],
    memory: 'whole-history',
    compute: ({ close }) => [drawdown(close)],
  }),
  indicator({
    name: 'percentage-price-oscillator',
    alsoKnownAs: ['ppo'],
    inputs: ['close'],
    parameters: { short: count(12), long: count(26), seed: choice('first', 'mean') },
    outputs: [{ name: 'oscillator', unit: 'percent', closesNeeded: theLonger }],
    memory: 'whole-history',
    compute: ({ close }, { short, long, seed }) => [percentagePriceOscillator(close, short, long, seed)],
  }),
  indicator({
    name: 'percentage-price-oscillator-signal',
    inputs: ['close'],
    parameters: { short: count(12), long: count(26), smooth: count(9), seed: choice('first', 'mean') },
    outputs: [{ name: 'signal', unit: 'percent', closesNeeded: (values) => theLonger(values) + values.smooth - 1 }],
    memory: 'whole-history',
    compute: ({ close }, { short, long, smooth, seed }) => [percentagePriceOscillatorSignal(close, short, long, smooth, seed)],
  }),
];
