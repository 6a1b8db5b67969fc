// The daily bars that strategies look back on, read once for all of them. A run and `evenkeel signal` read alike.
import type { Sleeve } from '../contracts/portfolio-policy.ts';
import type { AssetClass } from '../core/market/asset-calendar.ts';
import type { DailySeries, PriceAdjustment } from '../core/market/bar.ts';
import { NEW_YORK_DATE_FIRST } from '../core/market/new-york-time.ts';
import { sessionsBetween } from '../core/market/nyse-calendar.ts';
import { barFieldsNeeded, closesNeeded } from '../core/strategy/evaluate.ts';
import { columnOf, type History } from '../core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../core/strategy/options.ts';
import type { StrategyState } from '../core/strategy/state.ts';
import type { Tree } from '../core/strategy/tree.ts';
import { addDays, type NewYorkDate } from '../core/values/time.ts';
import type { MarketData } from '../ports/market-data.ts';

/** Closes read beyond what the strategies need: a fallback valuation wants one even for fixed weights. */
const CLOSES_MIN = 5;

export interface BarsRead {
  /** The first date that the strategies look at. */
  readonly anchor: NewYorkDate;
  /** Perhaps from before it on. */
  readonly series: readonly DailySeries[];
  /** What the adjusted closes are corrected for. */
  readonly adjustment: PriceAdjustment;
}

/**
 * Fetched fresh and adjusted each time: splits and dividends rewrite the past.
 * @param strategies all by the same prices: a portfolio that mixes them is refused when it is read.
 * @param asOf a session, the last that is read.
 * @param prior what earlier decisions left.
 * @param sessionsMin read also where no strategy looks back as far; no part of their history.
 * @throws BrokerError
 */
export async function readBars(
  symbols: readonly string[],
  strategies: readonly Pick<Sleeve, 'strategy' | 'options'>[],
  asOf: NewYorkDate,
  marketData: Pick<MarketData, 'dailyBars'>,
  prior: readonly Pick<StrategyState, 'anchor'>[] = [],
  sessionsMin = 1,
): Promise<BarsRead> {
  const closes = strategies.reduce((most, { strategy, options }) => Math.max(most, closesNeeded(strategy, options)), CLOSES_MIN);
  const adjustment = adjustmentOf(strategies);
  const anchor = anchorOf(firstNeeded(asOf, closes), asOf, prior);
  const alsoFrom = firstNeeded(asOf, sessionsMin);
  const from = alsoFrom < anchor ? alsoFrom : anchor;
  return { anchor, series: await marketData.dailyBars(symbols, from, asOf, adjustment), adjustment };
}

/** What limits look back on: read beside the rest, so that no decision of a strategy depends on a limit. */
export async function readForLimits(
  symbols: readonly string[],
  closes: number,
  adjustment: PriceAdjustment,
  asOf: NewYorkDate,
  marketData: Pick<MarketData, 'dailyBars'>,
): Promise<History> {
  const anchor = firstNeeded(asOf, closes);
  const series = await marketData.dailyBars(symbols, anchor, asOf, adjustment);
  return { anchor, columns: series.map((each) => columnOf(each, ['volume'])) };
}

/** Of the first: all are by the same prices. */
export function adjustmentOf(strategies: readonly Pick<Sleeve, 'options'>[]): PriceAdjustment {
  return strategies[0]?.options.prices ?? DEFAULT_OPTIONS.prices;
}

/**
 * Of the fields beside the close, those that the strategies look at: a record holds no more than decides.
 * @param calendar whose days are decided on: for a portfolio the sessions of the exchange that it trades at.
 */
export function historyOf(
  { anchor, series }: Pick<BarsRead, 'anchor' | 'series'>,
  strategies: readonly Tree[],
  calendar: AssetClass = 'equities',
): History {
  const fields = barFieldsNeeded(strategies);
  return {
    anchor,
    calendar,
    columns: series.map(({ symbol, bars }) => columnOf({ symbol, bars: bars.filter(({ date }) => date >= anchor) }, fields.get(symbol))),
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
  const sessions = sessionsBetween(NEW_YORK_DATE_FIRST, asOf);
  return (sessions.at(-closes) ?? sessions[0])?.date ?? asOf;
}
