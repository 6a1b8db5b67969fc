// The daily bars that strategies look back on, read once for all of them. A run and `evenkeel signal` read alike.
import type { DailySeries } from '../core/market/bar.ts';
import { NEW_YORK_DATE_FIRST } from '../core/market/new-york-time.ts';
import { sessionsBetween } from '../core/market/nyse-calendar.ts';
import { closesNeeded } from '../core/strategy/evaluate.ts';
import type { History } from '../core/strategy/history.ts';
import type { StrategyState } from '../core/strategy/state.ts';
import type { Tree } from '../core/strategy/tree.ts';
import { addDays, type NewYorkDate } from '../core/values/time.ts';
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
 * @param prior what earlier decisions left.
 * @throws BrokerError
 */
export async function readBars(
  symbols: readonly string[],
  strategies: readonly Tree[],
  asOf: NewYorkDate,
  marketData: Pick<MarketData, 'dailyBars'>,
  prior: readonly Pick<StrategyState, 'anchor'>[] = [],
): Promise<BarsRead> {
  const closes = strategies.reduce((most, strategy) => Math.max(most, closesNeeded(strategy)), CLOSES_MIN);
  const anchor = anchorOf(firstNeeded(asOf, closes), asOf, prior);
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

/** Twenty years: a history that would grow beyond begins anew. */
const ANCHOR_DAYS_MAX = 20 * 366;

/** Where earlier decisions began to read, if that is far enough back: an average is then the same number tomorrow. */
function anchorOf(needed: NewYorkDate, asOf: NewYorkDate, prior: readonly Pick<StrategyState, 'anchor'>[]): NewYorkDate {
  const oldest = addDays(asOf, -ANCHOR_DAYS_MAX);
  return prior.reduce((first, { anchor }) => (anchor < first && anchor > oldest ? anchor : first), needed);
}

/** So many sessions up to and including `asOf`, or all that the calendar knows: what is short of closes is undefined then. */
function firstNeeded(asOf: NewYorkDate, closes: number): NewYorkDate {
  return sessionsBetween(NEW_YORK_DATE_FIRST, asOf).at(-closes)?.date ?? NEW_YORK_DATE_FIRST;
}
