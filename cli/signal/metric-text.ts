// Metrics and their values in words: "moving-average-price(200)", "16.60%".
import type { MetricUnit } from '../../shared/core/strategy/evaluator/metric-unit.ts';
import type { UndefinedPart } from '../../shared/core/strategy/evaluator/undefined-part.ts';

export function metricText({ name, ...parameters }: UndefinedPart['metric']): string {
  const values = Object.values(parameters);
  return values.length === 0 ? name : `${name}(${values.join(', ')})`;
}

/** Two decimals, and more where two would say nothing. */
export function amountText(value: number, unit: MetricUnit | null): string {
  const size = Math.abs(value);
  const digits = size === 0 || size >= 0.01 ? value.toFixed(2) : value.toPrecision(2);
  return unit === 'percent' ? `${digits}%` : digits;
}
