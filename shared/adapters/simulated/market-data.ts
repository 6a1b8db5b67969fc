// The MarketData port on prices that are a function of symbol and time. What has not happened by the clock stays unseen,
// and history is adjusted as of the clock, as the broker's would be.
import type { Sessions } from '../../../exchange/matching/surroundings.ts';
import type { DailyBar, DailySeries, PriceAdjustment } from '../../core/market/bar.ts';
import { newYorkDate } from '../../core/market/new-york-time.ts';
import type { Quote } from '../../core/market/quote.ts';
import { MICROS_PER_USD, type MicroUsd } from '../../core/values/money.ts';
import type { EpochMs, NewYorkDate } from '../../core/values/time.ts';
import type { Clock } from '../../ports/clock.ts';
import type { MarketData } from '../../ports/market-data.ts';
import { askedSymbols } from './symbols.ts';

/** The same answer for the same arguments, always. */
export interface SimulatedMarket {
  /** undefined: no quote is known at that time. */
  quoteAt(symbol: string, at: EpochMs): Omit<Quote, 'symbol'> | undefined;
  lastTradeAt(symbol: string, at: EpochMs): { readonly price: MicroUsd } | undefined;
  /** Whole sessions, both dates included, ascending, also of days to come. A bar without `adjClose` was never adjusted. */
  dailyBars(symbol: string, from: NewYorkDate, to: NewYorkDate): readonly DailyBar[];
}

export interface SimulatedMarketDataOptions {
  readonly market: SimulatedMarket;
  readonly sessions: Sessions;
  readonly clock: Clock;
}

/** @throws RangeError for what is not a symbol, and for dates in the wrong order. */
export function simulatedMarketData({ market, sessions, clock }: SimulatedMarketDataOptions): MarketData {
  return {
    dailyBars: async (symbols, from, to, adjustment) => {
      if (from > to) throw new RangeError(`bars run from ${from} to ${to}`);
      const now = clock.now();
      return askedSymbols(symbols).map((symbol) => seenSeries(symbol, from, to, adjustment, now));
    },

    latestQuotes: async (symbols) => {
      const now = clock.now();
      const found = new Map<string, Quote>();
      for (const symbol of askedSymbols(symbols)) {
        const quote = market.quoteAt(symbol, now);
        if (quote !== undefined) found.set(symbol, { symbol, bid: quote.bid, ask: quote.ask, at: quote.at });
      }
      return found;
    },
  };

  function seenSeries(symbol: string, from: NewYorkDate, to: NewYorkDate, adjustment: PriceAdjustment, now: EpochMs): DailySeries {
    const currentDate = newYorkDate(now);
    if (from > currentDate) return { symbol, bars: [] };
    // An ex-date is known on its day, before the open: it counts in the adjustment of everything before it.
    const known = market.dailyBars(symbol, from, currentDate);
    const factorAsOf = factorOf(known.at(-1));
    const bars: DailyBar[] = [];
    for (const bar of known) {
      if (bar.date > to) break;
      const seen = bar.date === currentDate ? seenPart(symbol, bar, now) : bar;
      if (seen === undefined) continue;
      // No split is known here: the closes of a market are those of price files, which have counted splits back already.
      const factor = adjustment === 'adjusted' ? factorOf(bar) / factorAsOf : 1;
      bars.push({ ...seen, adjClose: seen.close * factor });
    }
    return { symbol, bars };
  }

  /** The bar of the current date: nothing before the open, and its open and last price while it forms. */
  function seenPart(symbol: string, bar: DailyBar, now: EpochMs): DailyBar | undefined {
    const session = sessions(bar.date);
    if (session === undefined || now < session.open) return undefined;
    if (now >= session.close) return bar;
    const last = market.lastTradeAt(symbol, now);
    if (last === undefined) return undefined;
    return { date: bar.date, ...(bar.open === undefined ? {} : { open: bar.open }), close: Number(last.price) / Number(MICROS_PER_USD) };
  }
}

/** What a dollar of this session's close is in adjusted prices. */
function factorOf(bar: DailyBar | undefined): number {
  return bar?.adjClose === undefined ? 1 : bar.adjClose / bar.close;
}
