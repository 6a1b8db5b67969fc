// The data API on five sessions of January 2020, as its tests ask it.
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, expect } from 'vitest';
import { type FaultDesk, faultDesk } from '../../../exchange/faults/fault-book.ts';
import { nyseSessions } from '../../../exchange/market/nyse-sessions.ts';
import { replayMarket } from '../../../exchange/market/replay-market.ts';
import { type MarketDataOptions, marketDataRoutes } from '../../../exchange/market-data/market-data-routes.ts';
import type { WireBar } from '../../../exchange/market-data/wire-bars.ts';
import type { DailyBar } from '../../../shared/core/market/bar.ts';

/**
 * Pays $1 on a close of 100 with ex-date 8 January (factor 0.99 before), and $2 on a close of 100 with ex-date
 * 10 January (factor 0.98 before). The adjusted closes of the file know both.
 */
export const spy: readonly DailyBar[] = [
  { date: '2020-01-06', open: 99, high: 101, low: 98, close: 100, adjClose: 97.02, volume: 39_000 },
  { date: '2020-01-07', open: 100, high: 102, low: 99, close: 100, adjClose: 97.02, volume: 39_000 },
  { date: '2020-01-08', open: 98, high: 100, low: 97, close: 99, adjClose: 97.02, volume: 39_000 },
  { date: '2020-01-09', open: 99, high: 101, low: 98, close: 100, adjClose: 98, volume: 39_000 },
  { date: '2020-01-10', open: 98, high: 99, low: 97, close: 98, adjClose: 98, volume: 39_000 },
];
const agg: readonly DailyBar[] = spy.map(({ date }, at) => ({ date, close: 50 + at }));
const spring: readonly DailyBar[] = [
  { date: '2020-03-06', close: 20 },
  { date: '2020-03-09', close: 21 },
  { date: '2020-03-10', close: 22 },
];
export const market = replayMarket({
  series: [
    { symbol: 'SPY', bars: spy },
    { symbol: 'AGG', bars: agg },
    { symbol: 'DST', bars: spring },
  ],
  sessions: nyseSessions,
  seed: 3,
  spreadBps: 2,
  adjustment: 'raw',
});

/** Wednesday 8 January 2020, 15:00 in New York. */
export const WEDNESDAY = Date.parse('2020-01-08T20:00:00Z');
export const LATER = Date.parse('2021-01-04T15:00:00Z');

let app: FastifyInstance | undefined;
export let faults: FaultDesk;

export async function anExchange(options: Partial<MarketDataOptions> = {}): Promise<void> {
  faults = faultDesk();
  app = fastify();
  await app.register(marketDataRoutes, {
    market,
    faults,
    now: () => WEDNESDAY,
    isAuthorized: (keyId, secretKey) => keyId === 'key' && secretKey === 'secret',
    ...options,
  });
}
afterEach(async () => app?.close());

const keys = { 'APCA-API-KEY-ID': 'key', 'APCA-API-SECRET-KEY': 'secret' };

export async function get(path: string, query: Record<string, string | number>, headers: Record<string, string> = keys) {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));
  if (app === undefined) throw new Error('anExchange comes first');
  return app.inject({ method: 'GET', url: `${path}?${asked}`, headers });
}

export interface BarsAnswer {
  readonly bars: Record<string, WireBar[]>;
  readonly next_page_token: string | null;
}

export async function bars(query: Record<string, string | number>): Promise<BarsAnswer> {
  const answer = await get('/v2/stocks/bars', { timeframe: '1Day', ...query });
  expect(answer.statusCode).toBe(200);
  return answer.json<BarsAnswer>();
}

export async function refusal(path: string, query: Record<string, string | number>): Promise<[number, unknown]> {
  const answer = await get(path, query);
  return [answer.statusCode, answer.json()];
}
