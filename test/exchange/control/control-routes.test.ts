import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ExchangeClock, virtualClock } from '../../../exchange/clock.ts';
import { controlRoutes } from '../../../exchange/control/control-routes.ts';
import { type FaultDesk, faultDesk } from '../../../exchange/faults/fault-book.ts';

let app: FastifyInstance;
let faults: FaultDesk;
let clock: ExchangeClock;
let armedWhenAdvanced: number[];

beforeEach(async () => {
  armedWhenAdvanced = [];
  faults = faultDesk();
  clock = virtualClock(Date.parse('2020-01-08T20:00:00Z'));
  app = fastify();
  await app.register(controlRoutes, { faults, clock, advance: () => armedWhenAdvanced.push(faults.list().length) });
});
afterEach(async () => app.close());

async function send(method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object | string) {
  const body = payload === undefined ? {} : { payload, headers: { 'content-type': 'application/json' } };
  const answer = await app.inject({ method, url, ...body });
  return { status: answer.statusCode, body: answer.json() };
}

describe('/control/v1/faults', () => {
  it('arms, lists and clears', async () => {
    const armed = { id: 1, fault: { kind: 'halt', symbol: 'SPY' }, shown: 0 };
    expect(await send('POST', '/control/v1/faults', { kind: 'halt', symbol: 'SPY' })).toEqual({ status: 201, body: armed });
    expect(await send('GET', '/control/v1/faults')).toEqual({ status: 200, body: { faults: [armed] } });
    expect(await send('DELETE', '/control/v1/faults?id=1')).toEqual({ status: 200, body: { cleared: 1 } });
    expect(await send('DELETE', '/control/v1/faults?id=1')).toEqual({ status: 404, body: { message: 'no fault 1 is armed' } });
    expect(await send('DELETE', '/control/v1/faults')).toEqual({ status: 200, body: { cleared: 0 } });
  });

  it.each([
    { kind: 'latency', ms: 10, route: 'GET /v2/account', count: 3 },
    { kind: 'error-after-acceptance', route: 'POST /v2/orders' },
    { kind: 'drop-after-acceptance' },
    { kind: 'drop-connection' },
    { kind: 'too-many-requests' },
    { kind: 'server-error', status: 504 },
    { kind: 'partial-fill', symbol: 'BRK.B' },
    { kind: 'fill-after-cancel' },
    { kind: 'reject' },
    { kind: 'halt' },
    { kind: 'stale-quote', ms: 1 },
    { kind: 'crossed-quote' },
    { kind: 'zero-quote' },
    { kind: 'calendar-disagrees', date: '2020-01-08' },
  ])('takes the fault $kind', async (fault) => {
    expect((await send('POST', '/control/v1/faults', fault)).status).toBe(201);
    expect(faults.list()[0]?.fault).toEqual(fault);
  });

  it.each([
    ['kind', { kind: 'explode' }],
    ['kind', {}],
    ['', { kind: 'halt', symbols: 'SPY' }],
    ['symbol', { kind: 'halt', symbol: 'spy' }],
    ['symbol', { kind: 'latency', ms: 1, symbol: 'SPY' }],
    ['route', { kind: 'halt', route: 'POST /v2/orders' }],
    ['route', { kind: 'server-error', route: '/v2/orders' }],
    ['count', { kind: 'halt', count: 0 }],
    ['count', { kind: 'halt', count: 1.5 }],
    ['ms', { kind: 'latency' }],
    ['ms', { kind: 'latency', ms: -1 }],
    ['status', { kind: 'server-error', status: 418 }],
    ['date', { kind: 'calendar-disagrees' }],
    ['date', { kind: 'calendar-disagrees', date: '2020-02-30' }],
  ])('refuses a wrong %s and arms nothing', async (path, fault) => {
    const { status, body } = await send('POST', '/control/v1/faults', fault);
    expect(status).toBe(422);
    expect(body.problems.map((problem: { path: string }) => problem.path)).toContain(path);
    expect(faults.list()).toEqual([]);
  });

  it('lets everything happen that is due before a fault counts, and before it is lifted', async () => {
    await send('POST', '/control/v1/faults', { kind: 'halt' });
    await send('DELETE', '/control/v1/faults');
    expect(armedWhenAdvanced).toEqual([0, 1]);
  });

  it('refuses an id that is none', async () => {
    expect((await send('DELETE', '/control/v1/faults?id=x')).status).toBe(422);
  });
});

describe('/control/v1/clock', () => {
  it('tells, sets and advances the time', async () => {
    expect(await send('GET', '/control/v1/clock')).toEqual({ status: 200, body: { now: '2020-01-08T20:00:00.000Z', kind: 'virtual' } });
    expect((await send('POST', '/control/v1/clock', { advanceMs: 60_000 })).body.now).toBe('2020-01-08T20:01:00.000Z');
    expect((await send('POST', '/control/v1/clock', { now: '2020-01-08T16:00:00-05:00' })).body.now).toBe('2020-01-08T21:00:00.000Z');
    expect(clock.now()).toBe(Date.parse('2020-01-08T21:00:00Z'));
  });

  it('refuses to go back', async () => {
    const { status, body } = await send('POST', '/control/v1/clock', { now: '2020-01-08T19:00:00Z' });
    expect(status).toBe(409);
    expect(body.message).toContain('cannot go back');
    expect(clock.now()).toBe(Date.parse('2020-01-08T20:00:00Z'));
  });

  it.each([
    [{}, '', 'expected either now or advanceMs'],
    [{ advanceMs: 1, now: '2020-01-09T00:00:00Z' }, '', 'expected either now or advanceMs'],
    [{ now: '2020-01-08' }, 'now', 'expected an instant such as 2020-01-02T15:00:00Z'],
    [{ now: 1 }, 'now', 'expected an instant such as 2020-01-02T15:00:00Z'],
    [{ advanceMs: -1 }, 'advanceMs', 'expected at least 0: time does not go back'],
    [{ advanceMs: 0.5 }, 'advanceMs', 'expected whole milliseconds'],
  ])('refuses %j and says what it expects', async (request, path, message) => {
    const { status, body } = await send('POST', '/control/v1/clock', request);
    expect(status).toBe(422);
    expect(body.problems).toEqual([{ path, message }]);
    expect(clock.now()).toBe(Date.parse('2020-01-08T20:00:00Z'));
  });
});
