// The metrics of the strategy language as indicator columns.
import { bollinger } from '../indicators/bands.ts';
import { maxDrawdown } from '../indicators/drawdown.ts';
import { exponentialMean } from '../indicators/exponential-mean.ts';
import { mean } from '../indicators/mean.ts';
import { percentagePriceOscillator, percentagePriceOscillatorSignal } from '../indicators/price-oscillator.ts';
import { movingAverageReturn, returnDeviation } from '../indicators/return-window.ts';
import { cumulativeReturn } from '../indicators/returns.ts';
import { rsi } from '../indicators/rsi.ts';
import { deviation } from '../indicators/variance.ts';
import { DEFAULT_OPTIONS, type StrategyOptions } from '../options.ts';
import type { DailyMetric } from '../tree.ts';
import { measureIndicator } from './measure-indicator.ts';
import { BARS_A_YEAR, type OtherColumns } from './split.ts';

/**
 * Values of a metric on consecutive closes, oldest first, same length, NaN where undefined.
 * An indicator that looks at what is not among `others` is undefined throughout.
 * Units: percent for returns, deviations of returns, drawdown and oscillators; price for the rest (reference: Composer);
 * those of the registry for an indicator by its own name, which has parameters where a metric asks the options.
 * @param barsAYear how many of the bars make a year: what is annualised is asked of weeks and months too.
 */
export function measure(
  metric: DailyMetric,
  closes: Float64Array,
  others: OtherColumns = {},
  options: StrategyOptions = DEFAULT_OPTIONS,
  barsAYear: number = BARS_A_YEAR.daily,
): Float64Array {
  const { deviation: divisor, emaSeed, rsiSeed } = options;
  switch (metric.name) {
    case 'current-price':
      return closes;
    case 'rsi':
      return rsi(closes, metric.window, rsiSeed);
    case 'moving-average-price':
      return mean(closes, metric.window);
    case 'exponential-moving-average-price':
      return exponentialMean(closes, metric.window, emaSeed);
    case 'moving-average-return':
      return movingAverageReturn(closes, metric.window);
    case 'cumulative-return':
      return cumulativeReturn(closes, metric.window);
    case 'stdev-return':
      return returnDeviationIn(options, closes, metric.window, barsAYear);
    case 'stdev-price':
      return deviation(closes, metric.window, divisor);
    case 'max-drawdown':
      return options.maxDrawdown === 'negative' ? negative(maxDrawdown(closes, metric.window)) : maxDrawdown(closes, metric.window);
    case 'percentage-price-oscillator':
      return percentagePriceOscillator(closes, metric.short, metric.long, emaSeed);
    case 'percentage-price-oscillator-signal':
      return percentagePriceOscillatorSignal(closes, metric.short, metric.long, metric.smooth, emaSeed);
    case 'bollinger-upper':
      return bollinger(closes, metric.window, metric.deviations).upper;
    case 'bollinger-lower':
      return bollinger(closes, metric.window, metric.deviations).lower;
    case 'indicator':
      return measureIndicator(metric, closes, others);
  }
}

function returnDeviationIn(
  { deviation: divisor, stdevReturn }: StrategyOptions,
  closes: Float64Array,
  window: number,
  barsAYear: number,
): Float64Array {
  const ofBars = returnDeviation(closes, window, divisor);
  return stdevReturn === 'daily' ? ofBars : ofBars.map((value) => value * Math.sqrt(barsAYear));
}

/** Taken from zero, so that no fall stays 0 and does not become −0. */
function negative(falls: Float64Array): Float64Array {
  return falls.map((value) => 0 - value);
}
