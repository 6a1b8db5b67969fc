import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { FastifyPluginAsync } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { virtualClock } from '../../exchange/clock.ts';
import { type FaultDesk, faultDesk } from '../../exchange/faults/fault-book.ts';
import { nyseSessions } from '../../exchange/market/nyse-sessions.ts';
import { replayMarket } from '../../exchange/market/replay-market.ts';
import { ExchangeStartError, type RunningExchange, startExchange } from '../../exchange/server.ts';

const market = replayMarket({
  series: [
    {
      symbol: 'SPY',
      bars: [
        { date: '2020-01-07', close: 100 },
        { date: '2020-01-08', close: 101 },
      ],
    },
  ],
  sessions: nyseSessions,
  seed: 1,
  spreadBps: 2,
  adjustment: 'raw',
});

/** Stands for the trading API: remembers what took effect. */
let accepted: string[];
const trading: FastifyPluginAsync = async (app) => {
  app.post('/v2/orders', async (request) => {
    accepted.push(JSON.stringify(request.body));
    return { status: 'accepted' };
  });
  app.get('/v2/account', async () => ({ status: 'ACTIVE' }));
  app.get('/v2/missing', async (_request, reply) => reply.code(404).send({ code: 40_410_000, message: 'order not found' }));
};

let faults: FaultDesk;
let exchange: RunningExchange;

function start(port = 0): Promise<RunningExchange> {
  const clock = virtualClock(Date.parse('2020-01-08T20:00:00Z'));
  return startExchange({ port, trading, faults, clock, market, isAuthorized: () => true, advance: () => undefined });
}

beforeEach(async () => {
  accepted = [];
  faults = faultDesk();
  exchange = await start();
});
afterEach(async () => exchange.close());

const order = () =>
  fetch(`${exchange.url}/v2/orders`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"symbol":"SPY"}' });
const get = (path: string) => fetch(`${exchange.url}${path}`);
const quotes = '/v2/stocks/quotes/latest?symbols=SPY';

describe('startExchange', () => {
  it('serves trading, market data and control under one origin on the loopback', async () => {
    expect(exchange.url).toBe(`http://127.0.0.1:${exchange.port}`);
    expect(await (await get('/v2/account')).json()).toEqual({ status: 'ACTIVE' });
    expect(await (await get(quotes)).json()).toMatchObject({ quotes: { SPY: { t: '2020-01-08T20:00:00Z' } } });
    expect(await (await get('/control/v1/clock')).json()).toMatchObject({ kind: 'virtual' });
  });

  it('cannot be reached at any other address of the machine', async () => {
    const others = Object.values(networkInterfaces()).flatMap((list = []) =>
      list.filter(({ family, internal }) => family === 'IPv4' && !internal),
    );
    for (const { address } of others) {
      const reached = await new Promise<boolean>((resolve) => {
        const socket = connect({ host: address, port: exchange.port, timeout: 1_000 });
        socket
          .once('connect', () => resolve(true))
          .once('error', () => resolve(false))
          .once('timeout', () => resolve(false));
        socket.once('close', () => socket.destroy());
      });
      expect(reached).toBe(false);
    }
    expect((await get('/v2/account')).status).toBe(200);
  });

  it('answers 404 in the words of the API where there is nothing', async () => {
    const answer = await get('/v2/nothing');
    expect([answer.status, await answer.json()]).toEqual([404, { code: 40_410_000, message: 'endpoint not found.' }]);
  });

  it('keeps connections open, and ends them when it closes', async () => {
    const answer = await get('/v2/account');
    expect(answer.headers.get('connection')).toBe('keep-alive');
    await answer.text();
    await exchange.close();
    await expect(get('/v2/account')).rejects.toThrow();
  });

  it('says that a port is in use', async () => {
    const other: Server = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = typeof address === 'object' && address !== null ? address.port : Number.NaN;
    const failure = await start(port).catch((error: unknown) => error);
    other.close();
    expect(failure).toBeInstanceOf(ExchangeStartError);
    expect(failure).toMatchObject({
      code: 'port-in-use',
      message: `port ${port} on 127.0.0.1 is in use: stop what listens there, or choose another`,
    });
  });

  it.each([-1, 65_536, 1.5, Number.NaN])('refuses port %s', async (port) => {
    await expect(start(port)).rejects.toMatchObject({ code: 'port-invalid' });
  });
});

describe('faults of the wire', () => {
  it('latency: the answer comes late and is otherwise right', async () => {
    faults.arm({ kind: 'latency', ms: 60, count: 1 });
    const started = performance.now();
    expect((await get('/v2/account')).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThanOrEqual(55);
  });

  it('error-after-acceptance: the order exists although the answer is 500', async () => {
    faults.arm({ kind: 'error-after-acceptance', route: 'POST /v2/orders', count: 1 });
    const answer = await order();
    expect([answer.status, await answer.json()]).toEqual([500, { code: 50_010_001, message: 'internal server error occurred' }]);
    expect(accepted).toEqual(['{"symbol":"SPY"}']);
    expect((await order()).status).toBe(200);
  });

  it('drop-after-acceptance: the order exists although no answer came', async () => {
    faults.arm({ kind: 'drop-after-acceptance', count: 1 });
    await expect(order()).rejects.toThrow();
    expect(accepted).toHaveLength(1);
    expect((await order()).status).toBe(200);
  });

  it('leaves a refusal alone, for nothing took effect', async () => {
    faults.arm({ kind: 'error-after-acceptance', count: 1 });
    expect((await get('/v2/missing')).status).toBe(404);
    expect(faults.list()).toHaveLength(1);
  });

  it('drop-connection: nothing took effect', async () => {
    faults.arm({ kind: 'drop-connection', count: 1 });
    await expect(order()).rejects.toThrow();
    expect(accepted).toEqual([]);
    expect((await order()).status).toBe(200);
  });

  it('too-many-requests: 429, with the budget on the trading API and without any such header on the data API', async () => {
    faults.arm({ kind: 'too-many-requests', count: 2 });
    const trade = await order();
    expect([trade.status, await trade.json()]).toEqual([429, { message: 'too many requests.' }]);
    expect(trade.headers.get('x-ratelimit-remaining')).toBe('0');
    const prices = await get(quotes);
    expect([prices.status, await prices.json()]).toEqual([429, { message: 'too many requests.' }]);
    expect([...prices.headers.keys()].filter((name) => /ratelimit|retry/.test(name))).toEqual([]);
    expect(accepted).toEqual([]);
  });

  it('server-error: 500 is JSON, and 502, 503 and 504 are pages of what stands in front', async () => {
    faults.arm({ kind: 'server-error', count: 1 });
    const broken = await order();
    expect([broken.status, await broken.json()]).toEqual([500, { code: 50_010_000, message: 'internal server error occurred' }]);
    for (const status of [502, 503, 504]) {
      faults.arm({ kind: 'server-error', status, count: 1 });
      const answer = await order();
      expect(answer.status).toBe(status);
      expect(answer.headers.get('content-type')).toContain('text/html');
      expect(await answer.text()).not.toContain('{');
    }
    expect(accepted).toEqual([]);
  });

  it('never touches the control endpoint', async () => {
    for (const kind of ['server-error', 'drop-connection', 'too-many-requests', 'drop-after-acceptance'] as const) faults.arm({ kind });
    expect((await get('/control/v1/faults')).status).toBe(200);
    const cleared = await fetch(`${exchange.url}/control/v1/faults`, { method: 'DELETE' });
    expect(await cleared.json()).toEqual({ cleared: 4 });
    expect((await order()).status).toBe(200);
  });
});
