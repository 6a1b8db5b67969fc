// The daily bars that strategies look back on, read once for all of them. A run and `evenkeel signal` read alike.
import type { DailySeries } from '../core/market/bar.ts';
import { NEW_YORK_DATE_FIRST } from '../core/market/new-york-time.ts';
import { sessionsBetween } from '../core/market/nyse-calendar.ts';
import { closesNeeded } from '../core/strategy/evaluate.ts';
import type { History } from '../core/strategy/history.ts';
import type { Tree } from '../core/strategy/tree.ts';
import type { NewYorkDate } from '../core/values/time.ts';
import type { MarketData } from '../ports/market-data.ts';

/** Closes read beyond what the strategies need: a fallback valuation wants one even for fixed weights. */
const CLOSES_MIN = 5;

export interface BarsRead {
  /** The first date that was asked for. */
  readonly anchor: NewYorkDate;
  readonly series: readonly DailySeries[];
}

/**
 * Fetched fresh and adjusted each time: splits and dividends rewrite the past.
 * @param asOf a session, the last that is read.
 * @throws BrokerError
 */
export async function readBars(
  symbols: readonly string[],
  strategies: readonly Tree[],
  asOf: NewYorkDate,
  marketData: Pick<MarketData, 'dailyBars'>,
): Promise<BarsRead> {
  const closes = strategies.reduce((most, strategy) => Math.max(most, closesNeeded(strategy)), CLOSES_MIN);
  const anchor = anchorOf(asOf, closes);
  return { anchor, series: await marketData.dailyBars(symbols, anchor, asOf) };
}

export function historyOf({ anchor, series }: BarsRead): History {
  return {
    anchor,
    columns: series.map(({ symbol, bars }) => ({
      symbol,
      dates: bars.map(({ date }) => date),
      closes: bars.map(({ close, adjClose }) => adjClose ?? close),
    })),
  };
}

/** So many sessions up to and including `asOf`, or all that the calendar knows: what is short of closes is undefined then. */
function anchorOf(asOf: NewYorkDate, closes: number): NewYorkDate {
  return sessionsBetween(NEW_YORK_DATE_FIRST, asOf).at(-closes)?.date ?? NEW_YORK_DATE_FIRST;
}
