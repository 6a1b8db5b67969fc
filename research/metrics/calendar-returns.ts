// Returns by month and year of the calendar.
import type { NewYorkDate } from '../../shared/core/values/time.ts';

export interface PeriodReturn {
  /** `2024` or `2024-03`. */
  readonly period: string;
  readonly return: number;
  /** False for the first and the last, which the bars may cut. */
  readonly isWhole: boolean;
}

/** Compounded within each period, ascending. */
export function periodReturns(dates: readonly NewYorkDate[], returns: Float64Array, period: 'month' | 'year'): readonly PeriodReturn[] {
  const width = period === 'month' ? 7 : 4;
  const all: { period: string; return: number; isWhole: boolean }[] = [];
  let growth = 1;
  for (let bar = 0; bar < dates.length; bar += 1) {
    growth *= 1 + (returns[bar] as number);
    const name = (dates[bar] as string).slice(0, width);
    if (dates[bar + 1]?.slice(0, width) === name) continue;
    all.push({ period: name, return: growth - 1, isWhole: all.length > 0 && bar + 1 < dates.length });
    growth = 1;
  }
  return all;
}
