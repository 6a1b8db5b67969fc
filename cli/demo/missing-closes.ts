// Sessions on which a price file has no close, though it has one before and one after: the exchange bridges them, and
// whoever reads the result should know.
import type { MissingCloses } from '../../research/backtest/missing-closes.ts';
import type { DailySeries } from '../../shared/core/market/bar.ts';
import { sessionsBetween } from '../../shared/core/market/nyse-calendar.ts';
import type { DueSession } from './rebalance-sessions.ts';

/** From each symbol's first close to the last due session; symbols that miss none are absent. */
export function sessionsWithoutClose(series: readonly DailySeries[], due: readonly DueSession[]): readonly MissingCloses[] {
  const last = due.at(-1)?.session.date;
  return series.flatMap(({ symbol, bars }) => {
    const from = bars[0]?.date;
    if (from === undefined || last === undefined) return [];
    const known = new Set(bars.map(({ date }) => date));
    const missing = sessionsBetween(from, last).filter(({ date }) => !known.has(date));
    return missing[0] === undefined ? [] : [{ symbol, count: missing.length, first: missing[0].date }];
  });
}
