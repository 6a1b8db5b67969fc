// Which column a metric looks at that the history does not have: it is undefined for want of that, not of more bars.
import type { BarField } from '../history.ts';
import { isDefined } from './defined.ts';
import type { Grid } from './grid.ts';
import { benchmarkOf, inputsOf } from './metric-inputs.ts';
import type { Measured } from './node.ts';

export interface Lacking {
  readonly symbol: string;
  readonly field: BarField | 'close';
}

export function lackingOf(measured: Measured, grid: Grid): Lacking | undefined {
  if (measured.kind !== 'symbol') return undefined;
  const { metric, symbol } = measured;
  for (const input of inputsOf(metric)) {
    const benchmark = benchmarkOf(metric);
    if (input === 'benchmark') {
      if (benchmark !== undefined && !grid.placed(benchmark).closes.some(isDefined)) return { symbol: benchmark, field: 'close' };
    } else if (input !== 'close' && !(grid.placed(symbol).fields[input]?.some(isDefined) ?? false)) {
      return { symbol, field: input };
    }
  }
  return undefined;
}
