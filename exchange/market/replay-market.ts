// Real prices replayed: the market as the exchange sees it, a pure function of symbol and time.
import type { DailyBar, DailySeries } from '../../shared/core/market/bar.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { chanceOf } from './chance.ts';
import { lineOverPrices } from './line-over-prices.ts';
import { listedAsset } from './listed-asset.ts';
import type { ListedAsset, MarketView, VenueQuote, VenueTrade } from './market-view.ts';
import { type PricePath, pricePathOf } from './price-path.ts';
import { quoteAround } from './quote-around.ts';
import { dayNumber, secondOf } from './session-path.ts';
import type { SessionLine, Sessions } from './sessions.ts';
import { totalReturnSeries } from './total-return-series.ts';

export interface ReplayOptions {
  /** At most one series a symbol; a series without bars lists nothing. */
  readonly series: readonly DailySeries[];
  readonly sessions: Sessions;
  /** Any safe integer. */
  readonly seed: number;
  readonly spreadBps: number;
  /** `raw`: the path goes through `close`. `all`: through `adjClose` where a series has it, so that dividends are in the price. */
  readonly adjustment: 'raw' | 'all';
}

/** The market with what its data endpoints need beyond a quote. */
export interface MarketReplay extends MarketView {
  readonly line: SessionLine;
  path(symbol: string): PricePath | undefined;
  /** The share count of a session: the bar's, or one drawn by the seed. */
  volumeOn(symbol: string, index: number): number;
}

const STREAM = { bidSize: 11, askSize: 12, tradeSize: 13, volume: 14 } as const;
const ROUND_LOT = 100;

/** @throws ReplayError naming the prices that have no session. */
export function replayMarket({ series, sessions, seed, spreadBps, adjustment }: ReplayOptions): MarketReplay {
  const filled = series.filter(({ bars }) => bars.length > 0).map((each) => (adjustment === 'all' ? totalReturnSeries(each) : each));
  const line = lineOverPrices(filled, sessions);
  const listings = new Map(filled.map((each) => [each.symbol, listingOf(each, line, seed)]));
  const assets = [...listings.values()].map(({ asset }) => asset).sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const spreadPpm = BigInt(Math.round(spreadBps * 100));

  /** The price that stands at `at`, with the session and the second that it is of. */
  function momentAt(symbol: string, at: EpochMs) {
    const listing = listings.get(symbol);
    const index = line.indexAt(at);
    if (listing === undefined || index === undefined || index < listing.path.first || index > listing.path.last) return undefined;
    const path = listing.path.sessionPath(index);
    if (listing.path.isDarkUntilClose(index) && at < path.session.close) return undefined;
    const second = secondOf(path.session, at);
    const { date, open } = path.session;
    return { chance: listing.chance, date, price: toMicros(path.priceAt(second)), at: open + second * 1_000 };
  }

  function quoteAt(symbol: string, at: EpochMs): VenueQuote | undefined {
    const moment = momentAt(symbol, at);
    if (moment === undefined) return undefined;
    const lots = (stream: number) => ROUND_LOT * (1 + Math.floor(moment.chance.uniform(stream, moment.at / 1_000, 0) * 10));
    const sides = quoteAround(moment.price, spreadPpm, moment.date);
    return { ...sides, bidSize: lots(STREAM.bidSize), askSize: lots(STREAM.askSize), at: moment.at };
  }

  function lastTradeAt(symbol: string, at: EpochMs): VenueTrade | undefined {
    const moment = momentAt(symbol, at);
    if (moment === undefined) return undefined;
    const size = 1 + Math.floor(moment.chance.uniform(STREAM.tradeSize, moment.at / 1_000, 0) * ROUND_LOT);
    return { price: moment.price, size, at: moment.at };
  }

  return {
    line,
    assets: () => assets,
    asset: (symbol) => listings.get(symbol)?.asset,
    path: (symbol) => listings.get(symbol)?.path,
    volumeOn: (symbol, index) => volumeOn(listings.get(symbol), line, index),
    quoteAt,
    lastTradeAt,
    dailyBars: (symbol, from, to) => barsBetween(listings.get(symbol)?.path, line, from, to),
  };
}

interface Listing {
  readonly asset: ListedAsset;
  readonly path: PricePath;
  readonly chance: ReturnType<typeof chanceOf>;
}

function listingOf({ symbol, bars }: DailySeries, line: SessionLine, seed: number): Listing {
  const chance = chanceOf(seed, symbol);
  return { asset: listedAsset(symbol), path: pricePathOf(bars, line, chance), chance };
}

/** Known bars as they are; a session between two known closes has the close of its bridge and nothing else. */
function barsBetween(path: PricePath | undefined, line: SessionLine, from: NewYorkDate, to: NewYorkDate): readonly DailyBar[] {
  if (path === undefined) return [];
  const bars: DailyBar[] = [];
  for (let index = Math.max(line.indexFrom(from), path.first); index <= path.last; index += 1) {
    const { date } = line.sessions[index] as { date: NewYorkDate };
    if (date > to) break;
    bars.push(path.barOn(index) ?? bridgedBar(path, index, date));
  }
  return bars;
}

function bridgedBar(path: PricePath, index: number, date: NewYorkDate): DailyBar {
  const close = path.closeOn(index);
  const before = path.barBefore(index);
  return before?.adjClose === undefined ? { date, close } : { date, close, adjClose: (close * before.adjClose) / before.close };
}

function volumeOn(listing: Listing | undefined, line: SessionLine, index: number): number {
  const session = line.sessions[index];
  if (listing === undefined || session === undefined) return 0;
  const drawn = listing.chance.uniform(STREAM.volume, dayNumber(session), 0);
  return listing.path.barOn(index)?.volume ?? Math.round(1_000_000 * (1 + 9 * drawn));
}

function toMicros(dollars: number): MicroUsd {
  const micros = BigInt(Math.round(dollars * 1_000_000));
  return micros > 0n ? micros : 1n;
}
