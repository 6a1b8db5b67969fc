// Which days a walk-forward goes over, and how far back its variants look.
import type { BacktestOptions } from '../../research/backtest/backtest-options.ts';
import type { PriceTable } from '../../research/backtest/price-table.ts';
import type { Subject } from '../../research/backtest/subject.ts';
import { closesNeeded } from '../../shared/core/strategy/evaluate.ts';

/** Days of a price table: the bars are those after the first, up to the last. */
export interface WalkedDays {
  readonly firstDay: number;
  readonly lastDay: number;
}

/** Bars before the day of a decision that any of them looks at; 0 where prices decide nothing. */
export function lookbackOf(subjects: readonly Subject[]): number {
  const closes = subjects.flatMap(({ sleeves }) => sleeves.map(({ strategy, options }) => closesNeeded(strategy, options)));
  return Math.max(0, ...closes.map((needed) => needed - 1));
}

/**
 * Days of the table. The first is the one that was asked for, or the first before which every symbol has as many closes as are
 * looked back on, so that all variants can decide from there on and are compared on the same bars.
 * @param traded what the variants hold or look at.
 */
export function daysOf(
  { dates, columns }: PriceTable,
  { from, to }: Pick<BacktestOptions, 'from' | 'to'>,
  lookback: number,
  traded: ReadonlySet<string>,
): WalkedDays {
  const lastDay = to === undefined ? dates.length - 1 : dates.findLastIndex((date) => date <= to);
  // A decision may know the closes up to the day before it alone.
  const closes = lookback === 0 ? 0 : lookback + 1;
  const begins = columns.filter(({ symbol }) => traded.has(symbol)).map((column) => column.dates[closes]);
  const firstDay = dates.findIndex((date) =>
    from === undefined ? begins.every((begin) => begin !== undefined && begin <= date) : date >= from,
  );
  return { firstDay: firstDay === -1 ? dates.length : firstDay, lastDay };
}
