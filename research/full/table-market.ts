// A price table as a market that can be traded on: quotes for the exchange, quotes and history for the workflow. Positions are
// traded at adjusted closes, so dividends are in the prices. Between open and close nothing moves but once: the first half of a
// session stands at its open, the second at its close, which is what the fast mode fills at.

import type { Venue } from '../../exchange/matching/surroundings.ts';
import { tickOf } from '../../exchange/matching/tick-size.ts';
import type { DailyBar } from '../../shared/core/market/bar.ts';
import type { Session } from '../../shared/core/market/calendar.ts';
import { sessionOn } from '../../shared/core/market/nyse-calendar.ts';
import type { PlacedBars } from '../../shared/core/strategy/evaluator/grid.ts';
import { MICROS_PER_USD, type MicroUsd } from '../../shared/core/values/money.ts';
import { divide } from '../../shared/core/values/rounding.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { MarketData } from '../../shared/ports/market-data.ts';
import type { Market, ValuedColumn } from '../backtest/market.ts';

export interface TableMarket {
  readonly venue: Venue;
  readonly marketData: MarketData;
  /** The session of each day of the table. */
  readonly sessions: readonly Session[];
  /** Whether what is traded then is filled at the open of the session. */
  isAtOpen(day: number, at: EpochMs): boolean;
}

export interface TableMarketOptions {
  readonly market: Market;
  readonly symbols: readonly string[];
  /** Whether every symbol has opens: without them a session stands at its close all day. */
  readonly hasOpens: boolean;
  readonly halfSpreadBps: number;
  readonly clock: Clock;
}

/** In parts of a hundred million, so that a hundredth of a basis point is whole. */
const SPREAD_PARTS = 100_000_000n;
const PARTS_A_BPS = 10_000;

export function tableMarket({ market, symbols, hasOpens, halfSpreadBps, clock }: TableMarketOptions): TableMarket {
  const { dates } = market.table;
  const sessions = dates.map((date): Session => {
    const session = sessionOn(date);
    if (session === undefined) throw new RangeError(`${date} is no session of the exchange`);
    return session;
  });
  const columns = new Map(symbols.flatMap((symbol) => [[symbol, market.valued(symbol, 'reinvested') as ValuedColumn] as const]));
  const spread = BigInt(Math.round(halfSpreadBps * PARTS_A_BPS));
  const isAtOpen: TableMarket['isAtOpen'] = (day, at) => {
    const { open, close } = sessions[day] as Session;
    return hasOpens && at < (open + close) / 2;
  };
  const dayAt = dayFinder(sessions);
  const momentAt = (symbol: string, at: EpochMs) => {
    const column = columns.get(symbol);
    const day = dayAt(at);
    if (column === undefined || day === undefined) return undefined;
    const isOpening = isAtOpen(day, at);
    // What does not trade on a day is worth its latest close, and has no quote.
    const price = (isOpening ? column.opens?.[day] : column.closes[day]) ?? Number.NaN;
    const mark = Number.isNaN(price) ? column.marks[isOpening ? day - 1 : day] : price;
    return { day, isTraded: !Number.isNaN(price), price: toMicros(mark) };
  };
  const quoteAt = (symbol: string, at: EpochMs): { readonly bid: MicroUsd; readonly ask: MicroUsd } | undefined => {
    const moment = momentAt(symbol, at);
    if (moment?.price === undefined || !moment.isTraded) return undefined;
    const half = divide(moment.price * spread, SPREAD_PARTS, 'half-even');
    const toTick = (price: MicroUsd, rounding: 'floor' | 'ceil'): MicroUsd => {
      const tick = tickOf(price, dates[moment.day] as NewYorkDate);
      return divide(price, tick, rounding) * tick;
    };
    const bid = toTick(moment.price - half, 'floor');
    return { bid: bid > 0n ? bid : tickOf(0n, dates[moment.day] as NewYorkDate), ask: toTick(moment.price + half, 'ceil') };
  };
  return {
    sessions,
    isAtOpen,
    venue: {
      asset: (symbol) =>
        columns.has(symbol)
          ? { id: symbol, symbol, isTradable: true, isFractionable: true, isShortable: true, isEasyToBorrow: true }
          : undefined,
      quoteAt,
      lastTradeAt: (symbol, at) => {
        const price = momentAt(symbol, at)?.price;
        return price === undefined ? undefined : { price };
      },
    },
    marketData: {
      dailyBars: async (asked, from, to, prices) => {
        const last = dates[dayAt(clock.now()) ?? -1];
        const { placed } = market.grid(prices);
        // Of the session that is traded nothing is known yet.
        return asked.map((symbol) => ({ symbol, bars: barsOf(placed(symbol), from, (date) => date <= to && date < (last ?? '')) }));
      },
      latestQuotes: async (asked) => {
        const now = clock.now();
        return new Map(
          asked.flatMap((symbol) => {
            const quote = quoteAt(symbol, now);
            return quote === undefined ? [] : [[symbol, { symbol, ...quote, at: now }] as const];
          }),
        );
      },
    },
  };
}

/** They are in the prices that were asked for already. */
function barsOf({ dates, closes, fields }: PlacedBars, from: string, isSeen: (date: string) => boolean): DailyBar[] {
  const bars: DailyBar[] = [];
  for (let bar = firstFrom(dates, from); bar < dates.length && isSeen(dates[bar] as string); bar += 1) {
    const close = closes[bar] as number;
    const known = Object.entries(fields).filter(([, values]) => !Number.isNaN(values[bar] ?? Number.NaN));
    bars.push({
      date: dates[bar] as NewYorkDate,
      close,
      adjClose: close,
      ...Object.fromEntries(known.map(([name, values]) => [name, values[bar]])),
    });
  }
  return bars;
}

function firstFrom(dates: readonly string[], from: string): number {
  let [low, high] = [0, dates.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((dates[middle] as string) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The day whose session has opened last. Time mostly stands in the one that was asked for before. */
function dayFinder(sessions: readonly Session[]): (at: EpochMs) => number | undefined {
  let known = 0;
  const isOf = (day: number, at: EpochMs): boolean =>
    at >= (sessions[day]?.open ?? Number.POSITIVE_INFINITY) && at < (sessions[day + 1]?.open ?? Number.POSITIVE_INFINITY);
  return (at) => {
    if (isOf(known, at)) return known;
    let [low, high] = [0, sessions.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sessions[middle] as Session).open <= at) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return undefined;
    known = low - 1;
    return known;
  };
}

function toMicros(dollars: number | undefined): MicroUsd | undefined {
  if (dollars === undefined || !(dollars > 0)) return undefined;
  const micros = BigInt(Math.round(dollars * Number(MICROS_PER_USD)));
  return micros > 0n ? micros : 1n;
}
