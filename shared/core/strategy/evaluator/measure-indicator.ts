// An indicator of the registry on the columns that are known.
import { undefinedColumn } from '../indicators/window.ts';
import type { NamedIndicator } from '../tree.ts';
import { indicatorOf } from './metric-inputs.ts';
import type { OtherColumns } from './split.ts';

/** Undefined throughout where a column that it looks at is not there. */
export function measureIndicator(metric: NamedIndicator, close: Float64Array, others: OtherColumns): Float64Array {
  const { indicator, place } = indicatorOf(metric);
  const known: OtherColumns & { readonly close: Float64Array } = { ...others, close };
  const inputs = indicator.inputs.map((input) => known[input]);
  if (!inputs.every((column) => column !== undefined)) return undefinedColumn(close.length);
  const whole = wholeBars(inputs);
  const outputs = indicator.compute(Object.fromEntries(indicator.inputs.map((input, which) => [input, whole[which]])), metric.given);
  const output = outputs[place];
  if (output === undefined) throw new Error(`${indicator.name} has no output ${place}`);
  return output;
}

/** To a kernel a bar is undefined in all of its columns or in none. */
function wholeBars(columns: readonly Float64Array[]): readonly Float64Array[] {
  if (columns.length === 1) return columns;
  const isBroken = (bar: number): boolean => columns.some((column) => Number.isNaN(column[bar]));
  return columns.map((column) => column.map((value, bar) => (isBroken(bar) ? Number.NaN : value)));
}
