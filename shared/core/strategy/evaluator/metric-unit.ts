// What a metric of the strategy language is counted in.
import type { Metric } from '../tree.ts';

/** `points` from 0 to 100, `percent` where 1 is one percent, `price` in dollars. */
export type MetricUnit = 'points' | 'percent' | 'price';

export function unitOf({ name }: Metric): MetricUnit {
  switch (name) {
    case 'rsi':
      return 'points';
    case 'moving-average-return':
    case 'cumulative-return':
    case 'stdev-return':
    case 'max-drawdown':
    case 'percentage-price-oscillator':
    case 'percentage-price-oscillator-signal':
      return 'percent';
    case 'current-price':
    case 'moving-average-price':
    case 'exponential-moving-average-price':
    case 'stdev-price':
    case 'bollinger-upper':
    case 'bollinger-lower':
      return 'price';
  }
}
