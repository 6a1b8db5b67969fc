// Latest quotes and trades as the data API writes them, with the faults that bend a quote.
import { MICROS_PER_CENT, type MicroUsd } from '../../shared/core/values/money.ts';
import { type EpochMs, MINUTE_MS } from '../../shared/core/values/time.ts';
import type { FaultBook } from '../faults/fault.ts';
import type { MarketView, VenueQuote } from '../market/market-view.ts';
import type { Feed } from './entitlement.ts';
import { wireTime } from './wire-time.ts';

export interface WireQuote {
  readonly t: string;
  readonly ax: string;
  readonly ap: number;
  readonly as: number;
  readonly bx: string;
  readonly bp: number;
  readonly bs: number;
  readonly c: readonly string[];
  readonly z: string;
}

export interface WireTrade {
  readonly t: string;
  readonly x: string;
  readonly p: number;
  readonly s: number;
  readonly c: readonly string[];
  readonly i: number;
  readonly z: string;
}

/** Venue letters of the consolidated tape: V is IEX, P is NYSE Arca; B is the tape of the regional exchanges. */
const VENUE: Readonly<Record<Feed, string>> = { iex: 'V', sip: 'P', delayed_sip: 'P' };
const TAPE = 'B';
const STALE_MS = 15 * MINUTE_MS;

export function latestQuote(market: MarketView, faults: FaultBook, symbol: string, at: EpochMs, feed: Feed): WireQuote | undefined {
  const quote = market.quoteAt(symbol, at);
  if (quote === undefined) return undefined;
  const { bid, bidSize, ask, askSize, at: quotedAt } = bent(quote, faults, symbol);
  const venue = VENUE[feed];
  return { t: wireTime(quotedAt), ax: venue, ap: dollars(ask), as: askSize, bx: venue, bp: dollars(bid), bs: bidSize, c: ['R'], z: TAPE };
}

export function latestTrade(market: MarketView, symbol: string, at: EpochMs, feed: Feed): WireTrade | undefined {
  const trade = market.lastTradeAt(symbol, at);
  if (trade === undefined) return undefined;
  return {
    t: wireTime(trade.at),
    x: VENUE[feed],
    p: dollars(trade.price),
    s: trade.size,
    c: ['@'],
    i: Math.floor(trade.at / 1_000),
    z: TAPE,
  };
}

/** The quote with whatever fault is armed for its symbol. */
function bent(quote: VenueQuote, faults: FaultBook, symbol: string): VenueQuote {
  const stale = faults.take('stale-quote', symbol);
  if (stale !== undefined) return { ...quote, at: quote.at - (stale.ms ?? STALE_MS) };
  if (faults.take('crossed-quote', symbol) !== undefined) return { ...quote, bid: quote.ask + MICROS_PER_CENT, ask: quote.bid };
  if (faults.take('zero-quote', symbol) !== undefined) return { ...quote, bid: 0n, bidSize: 0, ask: 0n, askSize: 0 };
  return quote;
}

function dollars(price: MicroUsd): number {
  return Number(price) / 1_000_000;
}
