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
import type { DailyMetric } from '../tree.ts';
import { measureIndicator } from './measure-indicator.ts';
import type { OtherColumns } from './split.ts';

/**
 * Values of a metric on consecutive closes, oldest first, same length, NaN where undefined.
 * An indicator that looks at what is not among `others` is undefined throughout.
 * Units: percent for returns, deviations of returns, drawdown and oscillators; price for the rest (reference: Composer);
 * those of the registry for an indicator by its own name.
 */
export function measure(metric: DailyMetric, closes: Float64Array, others: OtherColumns = {}): Float64Array {
  switch (metric.name) {
    case 'current-price':
      return closes;
    case 'rsi':
      return rsi(closes, metric.window);
    case 'moving-average-price':
      return mean(closes, metric.window);
    case 'exponential-moving-average-price':
      return exponentialMean(closes, metric.window);
    case 'moving-average-return':
      return movingAverageReturn(closes, metric.window);
    case 'cumulative-return':
      return cumulativeReturn(closes, metric.window);
    case 'stdev-return':
      return returnDeviation(closes, metric.window);
    case 'stdev-price':
      return deviation(closes, metric.window);
    case 'max-drawdown':
      return maxDrawdown(closes, metric.window);
    case 'percentage-price-oscillator':
      return percentagePriceOscillator(closes, metric.short, metric.long);
    case 'percentage-price-oscillator-signal':
      return percentagePriceOscillatorSignal(closes, metric.short, metric.long, metric.smooth);
    case 'bollinger-upper':
      return bollinger(closes, metric.window, metric.deviations).upper;
    case 'bollinger-lower':
      return bollinger(closes, metric.window, metric.deviations).lower;
    case 'indicator':
      return measureIndicator(metric, closes, others);
  }
}
