import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { accountBody, anAlpaca, anIntent, brokerErrorOf, FAST, orderBody } from './alpaca-world.ts';
import type { Reply } from './scripted-server.ts';

describe('reads', () => {
  it.each<[string, Reply]>([
    ['429', { status: 429, body: { message: 'too many requests.' } }],
    ['500', { status: 500, body: { code: 50010000, message: 'internal server error occurred' } }],
    ['504 in HTML', { status: 504, body: '<html/>' }],
    ['a dropped connection', { drop: 'before-answer' }],
    ['half an answer', { body: accountBody(), drop: 'mid-answer' }],
    ['a late answer', { body: accountBody(), delayMs: 400 }],
  ])('are repeated after %s', async (_, reply) => {
    const { broker, server } = await anAlpaca((_asked, nth) => (nth < 2 ? reply : { body: accountBody() }));
    expect(await broker.account()).toMatchObject({ accountNumber: 'PA3NUMBER' });
    expect(server.asked).toHaveLength(3);
  });

  it.each<[string, Reply, string]>([
    ['a 401', { status: 401, body: { message: 'unauthorized.' } }, 'unauthorized'],
    ['a 403', { status: 403, body: { message: 'forbidden.' } }, 'http-403'],
    ['a redirect', { status: 301, headers: { location: 'http://127.0.0.1:1/' } }, 'http-301'],
    ['an answer that makes no sense', { body: { id: 1 } }, 'bad-answer'],
    ['an answer that is not JSON', { body: 'hello' }, 'bad-answer'],
  ])('are not repeated after %s', async (_, reply, code) => {
    const { broker, server } = await anAlpaca(() => reply);
    expect(await brokerErrorOf(broker.account())).toMatchObject({ code, effect: 'none' });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    [429, 'rate-limited'],
    [503, 'http-503'],
  ])('end with the last failure after the last retry: %i', async (status, code) => {
    const { broker, server } = await anAlpaca(() => ({ status }));
    expect(await brokerErrorOf(broker.account())).toMatchObject({ code, effect: 'none', requestId: 'request-7' });
    expect(server.asked).toHaveLength(1 + FAST.retriesMax);
  });

  it('start no retry once the time for it is up', async () => {
    const { broker, server } = await anAlpaca(() => ({ status: 503, delayMs: 60 }), {
      resilience: { ...FAST, retriesMax: 1_000, retryMs: 150 },
    });
    const startedAt = performance.now();
    await brokerErrorOf(broker.account());
    // 150 ms of retries and one request of 60 ms after the last; the rest is room for a busy machine.
    expect(performance.now() - startedAt).toBeLessThan(1_500);
    expect(server.asked.length).toBeGreaterThanOrEqual(2);
    expect(server.asked.length).toBeLessThanOrEqual(4);
  });

  it('wait as chance says, between the first delay and three times the delay before', async () => {
    const at: number[] = [];
    const script = (): Reply => {
      at.push(performance.now());
      return { status: 503 };
    };
    // With chance 1: 3 × 20 = 60, then 180, then the cap of 100. The second delay is capped too.
    const { broker } = await anAlpaca(script, { random: () => 1, resilience: { ...FAST, delayMsFirst: 20, delayMsMax: 100 } });
    await brokerErrorOf(broker.account());
    const delays = at.slice(1).map((time, n) => time - (at[n] ?? time));
    expect(delays).toHaveLength(3);
    for (const [n, expected] of [60, 100, 100].entries()) expect(delays[n]).toBeGreaterThanOrEqual(expected - 2);
  });
});

describe('the breaker', () => {
  const rules = { ...FAST, retriesMax: 0, breakerFailures: 3, breakerOpenMs: 80 };

  it('opens after so many failures in a row, sends nothing while open, and closes when one request succeeds', async () => {
    let isWell = false;
    const { broker, server } = await anAlpaca(() => (isWell ? { body: accountBody() } : { status: 503 }), { resilience: rules });
    for (let n = 0; n < 3; n += 1) expect(await brokerErrorOf(broker.account())).toMatchObject({ code: 'http-503' });
    expect(await brokerErrorOf(broker.account())).toMatchObject({ code: 'breaker-open', effect: 'none' });
    expect(server.asked).toHaveLength(3);
    isWell = true;
    await sleep(100);
    expect(await broker.account()).toMatchObject({ accountNumber: 'PA3NUMBER' });
    expect(await broker.account()).toMatchObject({ accountNumber: 'PA3NUMBER' });
    expect(server.asked).toHaveLength(5);
  });

  it('opens again when the request that tries the host fails', async () => {
    const { broker, server } = await anAlpaca(() => ({ status: 503 }), { resilience: rules });
    for (let n = 0; n < 3; n += 1) await brokerErrorOf(broker.account());
    await sleep(100);
    expect(await brokerErrorOf(broker.account())).toMatchObject({ code: 'http-503' });
    expect(await brokerErrorOf(broker.account())).toMatchObject({ code: 'breaker-open' });
    expect(server.asked).toHaveLength(4);
  });

  it('stays closed while the host answers, if only to refuse or to slow us down', async () => {
    const { broker, server } = await anAlpaca((_, nth) => ({ status: [401, 403, 429][nth % 3] ?? 0, body: { message: 'no' } }), {
      resilience: rules,
    });
    for (let n = 0; n < 9; n += 1) expect((await brokerErrorOf(broker.account())).code).not.toBe('breaker-open');
    expect(server.asked).toHaveLength(9);
  });

  it('of the trading host leaves the market data host alone', async () => {
    const { broker, marketData } = await anAlpaca(({ path }) => (path === '/v2/account' ? { status: 503 } : { body: { quotes: {} } }), {
      resilience: rules,
    });
    for (let n = 0; n < 4; n += 1) await brokerErrorOf(broker.account());
    expect(await marketData.latestQuotes(['SPY'])).toEqual(new Map());
  });

  it('stops the retries of a read when it opens', async () => {
    const { broker, server } = await anAlpaca(() => ({ status: 503 }), { resilience: { ...rules, retriesMax: 10, breakerOpenMs: 60_000 } });
    expect(await brokerErrorOf(broker.account())).toMatchObject({ code: 'breaker-open' });
    expect(server.asked).toHaveLength(3);
  });
});

describe('connections', () => {
  it('are used again: twenty requests in a row need no more than two', async () => {
    const { broker, server } = await anAlpaca(({ method }) => ({ body: method === 'POST' ? orderBody() : accountBody() }));
    for (let n = 0; n < 10; n += 1) {
      await broker.account();
      await broker.submit(anIntent());
    }
    expect(server.asked).toHaveLength(20);
    // The platform may open a second one when a request follows so fast that the first is not yet back in its pool.
    expect(server.connections()).toBeLessThanOrEqual(2);
  });
});

describe('telemetry', () => {
  it('is told of every answer and every failure, without query', async () => {
    const { broker, reports } = await anAlpaca((_, nth) =>
      nth === 0 ? { drop: 'before-answer' } : { status: 404, body: { code: 40410000, message: 'order not found' } },
    );
    await broker.orderByClientOrderId('x');
    expect(reports).toEqual([
      { method: 'GET', path: '/v2/orders:by_client_order_id', status: undefined, requestId: undefined, ms: expect.any(Number) },
      { method: 'GET', path: '/v2/orders:by_client_order_id', status: 404, requestId: 'request-7', ms: expect.any(Number) },
    ]);
  });
});
