// The bars of one symbol as the data API writes them, made as they are asked for.
import type { Session } from '../../shared/core/market/calendar.ts';
import { addDays, type EpochMs, type NewYorkDate } from '../../shared/core/values/time.ts';
import { adjustmentFactor } from '../market/cash-dividends.ts';
import { type IntervalBar, intervalBar, sessionBar } from '../market/interval-bar.ts';
import type { PricePath } from '../market/price-path.ts';
import type { MarketReplay } from '../market/replay-market.ts';
import { secondOf } from '../market/session-path.ts';
import type { Timeframe } from './timeframe.ts';
import { newYorkDateOf, newYorkMidnight, wireTime } from './wire-time.ts';

export interface WireBar {
  readonly t: string;
  readonly o: number;
  readonly h: number;
  readonly l: number;
  readonly c: number;
  readonly v: number;
  readonly n: number;
  readonly vw: number;
}

export interface BarRequest {
  readonly timeframe: Timeframe;
  /** Bars that begin from `start` to `end`, both included. */
  readonly start: EpochMs;
  readonly end: EpochMs;
  /** Nothing that happened later is in any bar. */
  readonly seen: EpochMs;
  readonly isAdjusted: boolean;
  readonly sort: 'asc' | 'desc';
}

/** The shares of one trade on average: only to give `n` a plausible size. */
const SHARES_PER_TRADE = 100;

/**
 * Bars in the order asked for. The bar that is still forming at `seen` is the last one, as on Alpaca.
 * Intraday bars cover regular hours only.
 */
export function* wireBars(market: MarketReplay, symbol: string, request: BarRequest): Generator<WireBar> {
  const path = market.path(symbol);
  if (path === undefined) return;
  const { line } = market;
  const factorAsOf = request.isAdjusted ? factorOn(path, line.indexFrom(dayAfter(request.seen)) - 1) : 1;
  const from = Math.max(path.first, line.indexFrom(newYorkDateOf(request.start)));
  const to = Math.min(path.last, line.indexFrom(dayAfter(request.end)) - 1);
  for (let step = 0; step <= to - from; step += 1) {
    const index = request.sort === 'asc' ? from + step : to - step;
    const scale = request.isAdjusted ? factorOn(path, index) / factorAsOf : 1;
    const place = { market, symbol, path, index, request, scale };
    const bars = request.timeframe.kind === 'day' ? dayBars(place) : intradayBars(place, request.timeframe.ms);
    yield* request.sort === 'asc' ? bars : bars.reverse();
  }
}

/** One session of one symbol, and by what its prices are scaled. */
interface Place {
  readonly market: MarketReplay;
  readonly symbol: string;
  readonly path: PricePath;
  readonly index: number;
  readonly request: BarRequest;
  readonly scale: number;
}

/** None or one. */
function dayBars({ market, symbol, path, index, request, scale }: Place): WireBar[] {
  const { start, end, seen } = request;
  const session = market.line.sessions[index] as Session;
  const begins = newYorkMidnight(session.date);
  if (begins < start || begins > end || session.open > seen) return [];
  // Before the first known close there is no price, so that session has a bar only once it is over.
  if (path.isDarkUntilClose(index) && session.close > seen) return [];
  const volume = market.volumeOn(symbol, index);
  if (session.close <= seen) return [toWire(begins, sessionBar(path.sessionRange(index), volume), scale)];
  return [toWire(begins, intervalBar(path.sessionPath(index), 0, secondOf(session, seen), volume), scale)];
}

function intradayBars({ market, symbol, path, index, request, scale }: Place, ms: number): WireBar[] {
  const session = market.line.sessions[index] as Session;
  if (path.isDarkUntilClose(index)) return [];
  const sessionPath = path.sessionPath(index);
  const volume = market.volumeOn(symbol, index);
  const midnight = newYorkMidnight(session.date);
  const total = secondOf(session, session.close);
  const seenSecond = secondOf(session, request.seen);
  const bars: WireBar[] = [];
  let begins = midnight + Math.floor((session.open - midnight) / ms) * ms;
  for (; begins < session.close && begins <= request.end; begins += ms) {
    const from = Math.max(0, Math.ceil((begins - session.open) / 1_000));
    if (begins < request.start || from > seenSecond) continue;
    const ends = begins + ms >= session.close ? total : Math.ceil((begins + ms - session.open) / 1_000) - 1;
    bars.push(toWire(begins, intervalBar(sessionPath, from, Math.min(ends, seenSecond), volume), scale));
  }
  return bars;
}

function toWire(begins: EpochMs, { open, high, low, close, volume }: IntervalBar, scale: number): WireBar {
  const average = (open + high + low + close) / 4;
  return {
    t: wireTime(begins),
    o: open * scale,
    h: high * scale,
    l: low * scale,
    c: close * scale,
    v: volume,
    n: Math.max(1, Math.ceil(volume / SHARES_PER_TRADE)),
    vw: Math.min(Math.max(average, low), high) * scale,
  };
}

function factorOn(path: PricePath, index: number): number {
  return adjustmentFactor(path.barBefore(Math.min(Math.max(index, path.first), path.last)));
}

/** The first date that has not begun in New York by `at`. */
function dayAfter(at: EpochMs): NewYorkDate {
  return addDays(newYorkDateOf(at), 1);
}
