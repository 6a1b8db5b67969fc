// Everything current about one symbol in one answer.
import { type EpochMs, MINUTE_MS } from '../../shared/core/values/time.ts';
import type { FaultBook } from '../faults/fault.ts';
import type { MarketReplay } from '../market/replay-market.ts';
import type { Feed } from './entitlement.ts';
import { latestQuote, latestTrade, type WireQuote, type WireTrade } from './latest.ts';
import { type BarRequest, type WireBar, wireBars } from './wire-bars.ts';

export interface WireSnapshot {
  readonly latestTrade: WireTrade;
  readonly latestQuote: WireQuote;
  readonly minuteBar: WireBar | null;
  readonly dailyBar: WireBar | null;
  readonly prevDailyBar: WireBar | null;
}

/** undefined when the symbol has no price at `at`. */
export function snapshotOf(market: MarketReplay, faults: FaultBook, symbol: string, at: EpochMs, feed: Feed): WireSnapshot | undefined {
  const trade = latestTrade(market, symbol, at, feed);
  const quote = trade === undefined ? undefined : latestQuote(market, faults, symbol, at, feed);
  if (trade === undefined || quote === undefined) return undefined;
  const newestFirst: Omit<BarRequest, 'timeframe'> = { start: 0, end: at, seen: at, isAdjusted: false, sort: 'desc' };
  const [dailyBar, prevDailyBar] = firstTwo(wireBars(market, symbol, { ...newestFirst, timeframe: { kind: 'day' } }));
  const aMinuteAgo = Date.parse(trade.t) - MINUTE_MS;
  const minutes: BarRequest = { ...newestFirst, start: aMinuteAgo, timeframe: { kind: 'intraday', ms: MINUTE_MS } };
  const [minuteBar] = firstTwo(wireBars(market, symbol, minutes));
  return {
    latestTrade: trade,
    latestQuote: quote,
    minuteBar: minuteBar ?? null,
    dailyBar: dailyBar ?? null,
    prevDailyBar: prevDailyBar ?? null,
  };
}

function firstTwo(bars: Generator<WireBar>): WireBar[] {
  const taken: WireBar[] = [];
  for (const bar of bars) if (taken.push(bar) === 2) break;
  return taken;
}
