// Both halves of the exchange behind one address: an order is filled at the prices that the data API shows.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { virtualClock } from '../../exchange/clock.ts';
import { faultDesk } from '../../exchange/faults/fault-book.ts';
import { nyseSessions } from '../../exchange/market/nyse-sessions.ts';
import { replayMarket } from '../../exchange/market/replay-market.ts';
import type { WireQuote } from '../../exchange/market-data/latest.ts';
import { type RunningExchange, startExchange } from '../../exchange/server.ts';
import { openTradingDesk } from '../../exchange/trading/trading-desk.ts';
import { tradingRoutes } from '../../exchange/trading/trading-routes.ts';
import { usd } from '../../shared/core/values/money.ts';

const bars = [
  { date: '2020-01-07', close: 100 },
  { date: '2020-01-08', close: 101 },
] as const;
const market = replayMarket({ series: [{ symbol: 'SPY', bars }], sessions: nyseSessions, seed: 1, spreadBps: 2, adjustment: 'raw' });

let exchange: RunningExchange;

beforeEach(async () => {
  const faults = faultDesk();
  const clock = virtualClock(Date.parse('2020-01-08T20:00:00Z'));
  const account = { keyId: 'key', secretKey: 'secret', cash: usd('100000'), accountNumber: 'PA1' };
  const desk = openTradingDesk({ market, sessions: nyseSessions.sessionOn, clock, faults, account, seed: 1 });
  exchange = await startExchange({
    port: 0,
    trading: async (app) => tradingRoutes(app, { desk }),
    market,
    faults,
    clock,
    advance: desk.advance,
    isAuthorized: (keyId, secretKey) => keyId === account.keyId && secretKey === account.secretKey,
  });
});
afterEach(async () => exchange.close());

const headers = { 'APCA-API-KEY-ID': 'key', 'APCA-API-SECRET-KEY': 'secret', 'content-type': 'application/json' };

async function ask<Answer extends object>(method: 'GET' | 'POST', path: string, body?: object): Promise<Answer> {
  const answer = await fetch(`${exchange.url}${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  return (await answer.json()) as Answer;
}

const anOrder = { symbol: 'SPY', qty: '10', side: 'buy', type: 'market', time_in_force: 'day', client_order_id: 'one' };

describe('the whole exchange', () => {
  it('fills an order at the prices that its data API shows', async () => {
    const { quotes } = await ask<{ quotes: Record<string, WireQuote> }>('GET', '/v2/stocks/quotes/latest?symbols=SPY');
    await ask('POST', '/v2/orders', anOrder);
    await ask('POST', '/control/v1/clock', { advanceMs: 60_000 });
    const order = await ask<{ filled_avg_price: string }>('GET', '/v2/orders:by_client_order_id?client_order_id=one');
    expect(order).toMatchObject({ status: 'filled', filled_qty: '10' });
    expect(Math.abs(Number(order.filled_avg_price) / (quotes.SPY?.ap ?? Number.NaN) - 1)).toBeLessThan(0.005);
    expect(await ask('GET', '/v2/positions/SPY')).toMatchObject({ qty: '10' });
  });

  it('keeps an order whose answer was lost, and knows it by its id', async () => {
    await ask('POST', '/control/v1/faults', { kind: 'drop-after-acceptance', route: 'POST /v2/orders', count: 1 });
    await expect(ask('POST', '/v2/orders', anOrder)).rejects.toThrow();
    expect(await ask('GET', '/v2/orders:by_client_order_id?client_order_id=one')).toMatchObject({ symbol: 'SPY', qty: '10' });
    expect(await ask('POST', '/v2/orders', anOrder)).toMatchObject({ code: 40_010_001, message: 'client_order_id must be unique' });
  });

  it('does not know an order whose connection dropped before', async () => {
    await ask('POST', '/control/v1/faults', { kind: 'drop-connection', route: 'POST /v2/orders', count: 1 });
    await expect(ask('POST', '/v2/orders', anOrder)).rejects.toThrow();
    expect(await ask('GET', '/v2/orders:by_client_order_id?client_order_id=one')).toMatchObject({ code: 40_410_000 });
  });

  it('refuses wrong keys on both APIs, each in its own way', async () => {
    const [trading, data] = await Promise.all(
      ['/v2/account', '/v2/stocks/quotes/latest?symbols=SPY'].map((path) => fetch(`${exchange.url}${path}`)),
    );
    expect([trading?.status, trading?.headers.get('content-type')]).toEqual([401, 'application/json; charset=utf-8']);
    expect([data?.status, data?.headers.get('content-type')]).toEqual([401, 'text/html']);
  });
});
