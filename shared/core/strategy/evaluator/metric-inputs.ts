// What a metric is called and what it looks at: columns of a bar, another symbol. An indicator is asked, never guessed.
import type { ColumnName, Indicator, Output } from '../indicators/indicator.ts';
import { indicatorNamed } from '../indicators/indicators.ts';
import type { DailyMetric, Metric, NamedIndicator } from '../tree.ts';
import type { Measured } from './node.ts';

export interface FoundIndicator {
  readonly indicator: Indicator;
  readonly output: Output;
  /** Of the output among all of the indicator's. */
  readonly place: number;
}

/** @throws RangeError for an indicator or an output that no schema would have let through. */
export function indicatorOf({ indicator: name, output: outputName }: NamedIndicator): FoundIndicator {
  const indicator = indicatorNamed(name);
  const place = indicator?.outputs.findIndex((each) => each.name === outputName) ?? -1;
  const output = indicator?.outputs[place];
  if (indicator === undefined || output === undefined) throw new RangeError(`there is no indicator ${name} with an output ${outputName}`);
  return { indicator, output, place };
}

/** The metric itself, whatever the bars are that it is measured on. */
export function dailyOf(metric: Metric): DailyMetric {
  return 'of' in metric ? metric.of : metric;
}

export function inputsOf(metric: Metric): readonly ColumnName[] {
  const daily = dailyOf(metric);
  return daily.name === 'indicator' ? indicatorOf(daily).indicator.inputs : ['close'];
}

/** The symbol whose closes it looks at beside its own. */
export function benchmarkOf(metric: Metric): string | undefined {
  const daily = dailyOf(metric);
  return daily.name === 'indicator' ? daily.benchmark : undefined;
}

/** As messages call it: "rsi", "weekly rsi", "macd signal". */
export function nameOf(metric: Measured['metric'] | { readonly name: 'close' }): string {
  if ('of' in metric) return `${metric.name} ${nameOf(metric.of)}`;
  if (metric.name !== 'indicator') return metric.name;
  const { indicator, place } = indicatorOf(metric);
  return place === 0 ? indicator.name : `${indicator.name} ${metric.output}`;
}
