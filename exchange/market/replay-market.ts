// Real prices replayed: the market as the exchange sees it, a pure function of symbol and time.
import type { DailyBar, DailySeries } from '../../shared/core/market/bar.ts';
import type { MicroUsd } from '../../shared/core/values/money.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { chanceOf } from './chance.ts';
import { listedAsset } from './listed-asset.ts';
import type { ListedAsset, MarketView, VenueQuote, VenueTrade } from './market-view.ts';
import { dayNumber, type PricePath, pricePathOf, secondOf } from './price-path.ts';
import { quoteAround } from './quote-around.ts';
import { lineOfSessions, type SessionLine, type Sessions } from './sessions.ts';

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

/** Prices that cannot be replayed, such as a price on a day without a session. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError';
}

const STREAM = { bidSize: 11, askSize: 12, tradeSize: 13, volume: 14 } as const;
const ROUND_LOT = 100;

/** @throws ReplayError naming the prices that have no session. */
export function replayMarket({ series, sessions, seed, spreadBps, adjustment }: ReplayOptions): MarketReplay {
  const filled = series.filter(({ bars }) => bars.length > 0).map((each) => (adjustment === 'all' ? inAdjustedPrices(each) : each));
  const line = lineOver(filled, sessions);
  const listings = new Map(filled.map((each) => [each.symbol, listingOf(each, line, seed)]));
  const assets = [...listings.values()].map(({ asset }) => asset).sort((a, b) => (a.symbol < b.symbol ? -1 : 1));
  const spreadPpm = BigInt(Math.round(spreadBps * 100));

  /** The session and second whose price stands at `at`. */
  function momentAt(symbol: string, at: EpochMs) {
    const listing = listings.get(symbol);
    const index = line.indexAt(at);
    if (listing === undefined || index === undefined || index < listing.path.first || index > listing.path.last) return undefined;
    const path = listing.path.sessionPath(index);
    if (index === listing.path.first && at < path.session.close) return undefined;
    const second = secondOf(path.session, at);
    return { chance: listing.chance, second, price: toMicros(path.priceAt(second)), at: path.session.open + second * 1_000 };
  }

  function quoteAt(symbol: string, at: EpochMs): VenueQuote | undefined {
    const moment = momentAt(symbol, at);
    if (moment === undefined) return undefined;
    const lots = (stream: number) => ROUND_LOT * (1 + Math.floor(moment.chance.uniform(stream, moment.at / 1_000, 0) * 10));
    return { ...quoteAround(moment.price, spreadPpm), bidSize: lots(STREAM.bidSize), askSize: lots(STREAM.askSize), at: moment.at };
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

function lineOver(series: readonly DailySeries[], sessions: Sessions): SessionLine {
  const dates = [...new Set(series.flatMap(({ bars }) => bars.map(({ date }) => date)))].sort();
  const strange = dates.filter((date) => sessions.sessionOn(date) === undefined);
  if (strange.length > 0) throw new ReplayError(complaintAbout(strange, series));
  const [first, last] = [dates[0], dates.at(-1)];
  return lineOfSessions(first ?? '1970-01-01', last ?? '1969-12-31', sessions);
}

function complaintAbout(strange: readonly NewYorkDate[], series: readonly DailySeries[]): string {
  const named = strange.slice(0, 10).map((date) => {
    const owners = series.filter(({ bars }) => bars.some((bar) => bar.date === date)).map(({ symbol }) => symbol);
    return `${date} (${owners.slice(0, 5).join(', ')}${owners.length > 5 ? ', …' : ''})`;
  });
  return `prices on ${strange.length} days without a session: ${named.join('; ')}${strange.length > 10 ? '; …' : ''}`;
}

/** The same bars in total-return prices. A bar without an adjusted close stays as it is. */
function inAdjustedPrices({ symbol, bars }: DailySeries): DailySeries {
  return { symbol, bars: bars.map((bar) => (bar.adjClose === undefined ? bar : scaledTo(bar.adjClose, bar))) };
}

function scaledTo(close: number, bar: DailyBar): DailyBar {
  const ratio = close / bar.close;
  const open = bar.open === undefined ? {} : { open: bar.open * ratio };
  const top = Math.max(close, open.open ?? close);
  const bottom = Math.min(close, open.open ?? close);
  return {
    date: bar.date,
    close,
    adjClose: close,
    ...open,
    // Scaling rounds; the bar must still contain its own open and close.
    ...(bar.high === undefined ? {} : { high: Math.max(bar.high * ratio, top) }),
    ...(bar.low === undefined ? {} : { low: Math.min(bar.low * ratio, bottom) }),
    ...(bar.volume === undefined ? {} : { volume: bar.volume }),
  };
}

function toMicros(dollars: number): MicroUsd {
  const micros = BigInt(Math.round(dollars * 1_000_000));
  return micros > 0n ? micros : 1n;
}
