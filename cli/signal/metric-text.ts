// Metrics and their values in words: "moving-average-price(200)", "16.60%".

import { nameOf } from '../../shared/core/strategy/evaluator/metric-inputs.ts';
import type { MetricUnit } from '../../shared/core/strategy/evaluator/metric-unit.ts';
import type { UndefinedPart } from '../../shared/core/strategy/evaluator/undefined-part.ts';

/** "weekly macd signal(12, 26, 9, first)", "beta(60) to QQQ". */
export function metricText(metric: UndefinedPart['metric']): string {
  if ('of' in metric) return `${metric.name} ${metricText(metric.of)}`;
  if (metric.name === 'indicator') {
    return `${withValues(nameOf(metric), metric.given)}${metric.benchmark === undefined ? '' : ` to ${metric.benchmark}`}`;
  }
  const { name, ...parameters } = metric;
  return withValues(name, parameters);
}

function withValues(name: string, parameters: Readonly<Record<string, number | string>>): string {
  const values = Object.values(parameters);
  return values.length === 0 ? name : `${name}(${values.join(', ')})`;
}

const DECIMALS = 2;
/** As far as ranks compare. */
const DECIMALS_MAX = 10;

/** Two decimals, and more where two would say nothing. */
export function amountText(value: number, unit: MetricUnit | null, decimals = DECIMALS): string {
  const isTiny = value !== 0 && Math.abs(value) < 10 ** -decimals;
  const digits = isTiny ? value.toPrecision(2) : value.toFixed(decimals);
  return unit === 'percent' ? `${digits}%` : digits;
}

/** As few decimals for all of them as tell each value from the next. */
export function decimalsFor(values: readonly number[]): number {
  for (let decimals = DECIMALS; decimals < DECIMALS_MAX; decimals += 1) {
    const isTold = values.every(
      (value, place) => value === values[place + 1] || value.toFixed(decimals) !== values[place + 1]?.toFixed(decimals),
    );
    if (isTold) return decimals;
  }
  return DECIMALS_MAX;
}
