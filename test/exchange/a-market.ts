// A market, a calendar and an exchange over them for its tests: only as much as the reader needs to see.
import type { FastifyInstance } from 'fastify';
import fastify from 'fastify';
import { type FaultDesk, faultDesk } from '../../exchange/faults/fault-book.ts';
import type { ListedAsset, MarketView } from '../../exchange/market/market-view.ts';
import type { Sessions } from '../../exchange/matching/surroundings.ts';
import { openTradingDesk, type TradingDesk, type TradingOptions } from '../../exchange/trading/trading-desk.ts';
import { tradingRoutes } from '../../exchange/trading/trading-routes.ts';
import { newYorkInstant } from '../../shared/core/market/new-york-time.ts';
import { usd } from '../../shared/core/values/money.ts';
import { divide } from '../../shared/core/values/rounding.ts';
import type { EpochMs, NewYorkDate } from '../../shared/core/values/time.ts';
import { weekdaySessions } from './weekday-sessions.ts';

/** Bid and ask in dollars at an instant; undefined for no quote. */
export type PricePath = (at: EpochMs) => readonly [string, string] | undefined;

/** Always the same quote. */
export function still(bid: string, ask: string): PricePath {
  return () => [bid, ask];
}

/** `before` until the instant, `after` from it on. */
export function step(at: EpochMs, before: readonly [string, string], after: readonly [string, string]): PricePath {
  return (now) => (now < at ? before : after);
}

export function aMarket(paths: Record<string, PricePath>, assets: Record<string, Partial<ListedAsset>> = {}): MarketView {
  const listed = Object.keys(paths).map((symbol): ListedAsset => {
    return { id: `asset-${symbol}`, symbol, name: `${symbol} Fund`, isTradable: true, isFractionable: true, ...assets[symbol] };
  });
  const quoteAt: MarketView['quoteAt'] = (symbol, at) => {
    const quote = paths[symbol]?.(at);
    return quote === undefined ? undefined : { bid: usd(quote[0]), bidSize: 1, ask: usd(quote[1]), askSize: 1, at };
  };
  return {
    assets: () => listed,
    asset: (symbol) => listed.find((asset) => asset.symbol === symbol),
    quoteAt,
    lastTradeAt: (symbol, at) => {
      const quote = quoteAt(symbol, at);
      return quote === undefined ? undefined : { price: divide(quote.bid + quote.ask, 2n, 'half-even'), size: 1, at };
    },
    dailyBars: () => [],
  };
}

/** Monday to Friday, without Thanksgiving 2026 and with the early close after it. */
export const sessions: Sessions = weekdaySessions({ holidays: ['2026-11-26'], earlyCloses: ['2026-11-27'] }).sessionOn;

/** `at('2026-11-20', '10:00:05')` in New York. */
export function at(date: NewYorkDate, time: string): EpochMs {
  const [hour = '0', minute = '0', second = '0'] = time.split(':');
  return newYorkInstant(date, Number(hour), Number(minute)) + Number(second) * 1000;
}

export interface Answer {
  readonly status: number;
  // The shape is what the tests are about.
  // biome-ignore lint/suspicious/noExplicitAny: an answer may be any JSON
  readonly body: any;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface TestExchange {
  readonly app: FastifyInstance;
  readonly desk: TradingDesk;
  readonly faults: FaultDesk;
  ask(method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: unknown): Promise<Answer>;
  /** Moves the clock. */
  wait(ms: number): void;
  moveTo(at: EpochMs): void;
}

export const KEYS = { 'apca-api-key-id': 'key', 'apca-api-secret-key': 'secret' };

/** No fill is partial by chance: tests of partial fills arm the fault. */
export async function anExchange(options: Partial<TradingOptions> & { from?: EpochMs; cash?: string } = {}): Promise<TestExchange> {
  let now = options.from ?? at('2026-11-20', '10:00:00');
  const faults = faultDesk();
  const desk = openTradingDesk({
    market: aMarket({ SPY: still('99.99', '100.01'), TLT: still('49.99', '50.01') }),
    sessions,
    clock: { now: () => now },
    faults,
    account: { keyId: 'key', secretKey: 'secret', cash: usd(options.cash ?? '100000'), accountNumber: 'PA1' },
    seed: 7,
    partialFillPpm: 0,
    ...options,
  });
  const app = fastify();
  await app.register(tradingRoutes, { desk });
  return {
    app,
    desk,
    faults,
    ask: async (method, url, body) => {
      const answer = await app.inject({ method, url, headers: KEYS, ...(body === undefined ? {} : { payload: body as object }) });
      return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json(), headers: answer.headers };
    },
    wait: (ms) => {
      now += ms;
    },
    moveTo: (instant) => {
      now = instant;
    },
  };
}
