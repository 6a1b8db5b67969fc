// What a metric of the strategy language is counted in.
import type { Unit } from '../indicators/indicator.ts';
import type { Metric } from '../tree.ts';
import { dailyOf, indicatorOf } from './metric-inputs.ts';

/** `points` from 0 to 100, `percent` where 1 is one percent, `price` in dollars a share; the others as the registry has them. */
export type MetricUnit = 'points' | 'percent' | 'price' | Exclude<Unit, 'price-change'>;

export function unitOf(metric: Metric): MetricUnit {
  const daily = dailyOf(metric);
  switch (daily.name) {
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
    case 'indicator': {
      const { unit } = indicatorOf(daily).output;
      return unit === 'price-change' ? 'price' : unit;
    }
  }
}
