// The indicators of closes alone that Composer has no name for.
import { bollinger } from './bands.ts';
import { beta, correlation } from './covariance.ts';
import { choice, count, factor, type Indicator, indicator } from './indicator.ts';
import { pairSpread } from './pair-spread.ts';
import { macd } from './price-oscillator.ts';
import { realisedVolatility } from './return-window.ts';
import { returns } from './returns.ts';
import { slope } from './slope.ts';
import { weightedMean } from './weighted-mean.ts';
import { zScore } from './z-score.ts';

const aWindow = ({ window }: { readonly window: number }) => window;
const aWindowAndOne = ({ window }: { readonly window: number }) => window + 1;

interface MacdWindows {
  readonly short: number;
  readonly long: number;
  readonly smooth: number;
}
const aLine = ({ short, long }: MacdWindows) => Math.max(short, long);
const aSignal = (windows: MacdWindows) => aLine(windows) + windows.smooth - 1;

export const CLOSE_INDICATORS: readonly Indicator[] = [
  indicator({
    name: 'weighted-moving-average',
    alsoKnownAs: ['wma'],
    inputs: ['close'],
    parameters: { window: count(20) },
    outputs: [{ name: 'average', unit: 'price', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ close }, { window }) => [weightedMean(close, window)],
  }),
  indicator({
    name: 'macd',
    inputs: ['close'],
    parameters: { short: count(12), long: count(26), smooth: count(9), seed: choice('first', 'mean') },
    outputs: [
      { name: 'line', unit: 'price-change', closesNeeded: aLine },
      { name: 'signal', unit: 'price-change', closesNeeded: aSignal },
      { name: 'histogram', unit: 'price-change', closesNeeded: aSignal },
    ],
    memory: 'whole-history',
    compute: ({ close }, { short, long, smooth, seed }) => {
      const { line, signal, histogram } = macd(close, short, long, smooth, seed);
      return [line, signal, histogram];
    },
  }),
  indicator({
    name: 'bollinger',
    inputs: ['close'],
    parameters: { window: count(20), deviations: factor(2, 100), divisor: choice('population', 'sample') },
    outputs: [
      { name: 'upper', unit: 'price', closesNeeded: aWindow },
      { name: 'middle', unit: 'price', closesNeeded: aWindow },
      { name: 'lower', unit: 'price', closesNeeded: aWindow },
    ],
    memory: 'window',
    compute: ({ close }, { window, deviations, divisor }) => {
      const { upper, middle, lower } = bollinger(close, window, deviations, divisor);
      return [upper, middle, lower];
    },
  }),
  indicator({
    name: 'z-score',
    inputs: ['close'],
    parameters: { window: count(20), divisor: choice('sample', 'population') },
    outputs: [{ name: 'score', unit: 'score', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ close }, { window, divisor }) => [zScore(close, window, divisor)],
  }),
  indicator({
    name: 'linear-regression-slope',
    inputs: ['close'],
    parameters: { window: count(20) },
    outputs: [{ name: 'slope', unit: 'price-change', closesNeeded: aWindow }],
    memory: 'window',
    compute: ({ close }, { window }) => [slope(close, window)],
  }),
  indicator({
    name: 'realised-volatility',
    inputs: ['close'],
    parameters: { window: count(20), periodsPerYear: factor(252, 1_000_000) },
    outputs: [{ name: 'volatility', unit: 'percent', closesNeeded: aWindowAndOne }],
    memory: 'window',
    compute: ({ close }, { window, periodsPerYear }) => [realisedVolatility(close, window, periodsPerYear)],
  }),
  // Of daily returns: levels that both rise for years correlate whether or not they have anything to do with each other.
  indicator({
    name: 'correlation',
    inputs: ['close', 'benchmark'],
    parameters: { window: count(20) },
    outputs: [{ name: 'correlation', unit: 'ratio', closesNeeded: aWindowAndOne }],
    memory: 'window',
    compute: ({ close, benchmark }, { window }) => [correlation(returns(close), returns(benchmark), window)],
  }),
  indicator({
    name: 'beta',
    inputs: ['close', 'benchmark'],
    parameters: { window: count(60) },
    outputs: [{ name: 'beta', unit: 'ratio', closesNeeded: aWindowAndOne }],
    memory: 'window',
    compute: ({ close, benchmark }, { window }) => [beta(returns(close), returns(benchmark), window)],
  }),
  indicator({
    name: 'pair-spread',
    inputs: ['close', 'benchmark'],
    // A line fits any two closes and leaves nothing over.
    parameters: { window: count(60, 3) },
    outputs: [
      { name: 'score', unit: 'ratio', closesNeeded: aWindow },
      { name: 'hedge', unit: 'ratio', closesNeeded: aWindow },
      { name: 'deviation', unit: 'ratio', closesNeeded: aWindow },
    ],
    memory: 'window',
    compute: ({ close, benchmark }, { window }) => {
      const { score, hedge, deviation } = pairSpread(close, benchmark, window);
      return [score, hedge, deviation];
    },
  }),
];
