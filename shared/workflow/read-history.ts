// The daily bars that strategies look back on, read once for all of them. A run and `evenkeel signal` read alike.
import type { Sleeve } from '../contracts/portfolio-policy.ts';
import type { DailySeries, PriceAdjustment } from '../core/market/bar.ts';
import { dailyVolatility, VOLATILITY_RETURNS } from '../core/market/daily-volatility.ts';
import { NEW_YORK_DATE_FIRST } from '../core/market/new-york-time.ts';
import { sessionsBetween } from '../core/market/nyse-calendar.ts';
import { barFieldsNeeded, closesNeeded } from '../core/strategy/evaluate.ts';
import { columnOf, type History } from '../core/strategy/history.ts';
import { DEFAULT_OPTIONS } from '../core/strategy/options.ts';
import type { StrategyState } from '../core/strategy/ready-made/memory.ts';
import type { Tree } from '../core/strategy/tree.ts';
import { addDays, type NewYorkDate } from '../core/values/time.ts';
import type { Ppm } from '../core/values/weight.ts';
import type { MarketData } from '../ports/market-data.ts';

/** Read even where no strategy looks back: how much a symbol moves from day to day decides how long an order waits. */
const CLOSES_MIN = VOLATILITY_RETURNS + 1;

export interface BarsRead {
  /** The first date that was asked for. */
  readonly anchor: NewYorkDate;
  readonly series: readonly DailySeries[];
  /** What the adjusted closes are corrected for. */
  readonly adjustment: PriceAdjustment;
}

/**
 * Fetched fresh and adjusted each time: splits and dividends rewrite the past.
 * @param strategies all by the same prices: a portfolio that mixes them is refused when it is read.
 * @param asOf a session, the last that is read.
 * @param prior what earlier decisions left.
 * @throws BrokerError
 */
export async function readBars(
  symbols: readonly string[],
  strategies: readonly Pick<Sleeve, 'strategy' | 'options'>[],
  asOf: NewYorkDate,
  marketData: Pick<MarketData, 'dailyBars'>,
  prior: readonly Pick<StrategyState, 'anchor'>[] = [],
): Promise<BarsRead> {
  const closes = strategies.reduce((most, { strategy, options }) => Math.max(most, closesNeeded(strategy, options)), CLOSES_MIN);
  const adjustment = adjustmentOf(strategies);
  const anchor = anchorOf(firstNeeded(asOf, closes), asOf, prior);
  return { anchor, series: await marketData.dailyBars(symbols, anchor, asOf, adjustment), adjustment };
}

/** Of the first: all are by the same prices. */
export function adjustmentOf(strategies: readonly Pick<Sleeve, 'options'>[]): PriceAdjustment {
  return strategies[0]?.options.prices ?? DEFAULT_OPTIONS.prices;
}

/** Of the fields beside the close, those that the strategies look at: a record holds no more than decides. */
export function historyOf({ anchor, series }: Pick<BarsRead, 'anchor' | 'series'>, strategies: readonly Tree[]): History {
  const fields = barFieldsNeeded(strategies);
  return { anchor, columns: series.map((each) => columnOf(each, fields.get(each.symbol))) };
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

/** Of the symbols whose closes of the latest sessions are all there. */
export function volatilitiesOf({ columns }: History, asOf: NewYorkDate): ReadonlyMap<string, Ppm> {
  const sessions = sessionsBetween(firstNeeded(asOf, VOLATILITY_RETURNS + 1), asOf).map(({ date }) => date);
  return new Map(
    columns.flatMap(({ symbol, dates, closes }): [string, Ppm][] => {
      const volatility = dailyVolatility(dates, closes, sessions);
      return volatility === undefined ? [] : [[symbol, volatility]];
    }),
  );
}
