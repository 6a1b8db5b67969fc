// The three figures by which the same strategy is compared under other settings, from its columns alone.
import type { NewYorkDate } from '../../shared/core/values/time.ts';
import { maxDrawdown } from './drawdowns.ts';
import { barsAYearOf, cagr, sharpe } from './ratios.ts';
import { yearsBetween } from './years.ts';

export interface SettingFigures {
  readonly cagr: number | null;
  readonly sharpe: number | null;
  readonly maxDrawdown: number | null;
}

/** One value a bar, parts of one. */
export interface SettingColumns {
  /** The close before the first bar. */
  readonly start: NewYorkDate;
  readonly dates: readonly NewYorkDate[];
  readonly returns: Float64Array;
  readonly riskFree: Float64Array;
}

export function settingFigures({ start, dates, returns, riskFree }: SettingColumns): SettingFigures {
  const last = dates.at(-1) ?? start;
  const barsAYear = barsAYearOf(returns.length, start, last);
  let grown = 1;
  const equity = returns.map((each) => (grown *= 1 + each));
  return {
    cagr: cagr(grown, yearsBetween(start, last)),
    sharpe: barsAYear === null ? null : sharpe(returns, riskFree, barsAYear),
    maxDrawdown: maxDrawdown(equity, 1),
  };
}
