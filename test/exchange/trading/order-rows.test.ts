// Each row about orders in the Trading API table of the Alpaca reference, by the endpoint that it names.
import { describe, expect, it } from 'vitest';
import { anExchange, at } from '../a-market.ts';

const buy = (symbol: string, qty: string, more: object = {}) => ({
  symbol,
  qty,
  side: 'buy',
  type: 'market',
  time_in_force: 'day',
  ...more,
});
const resting = (symbol = 'SPY', more: object = {}) => buy(symbol, '1', { type: 'limit', limit_price: '40', ...more });
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const NANOS = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{9}Z$/;

describe('order row', () => {
  it('POST /v2/orders: the shape of a simple order that has not filled', async () => {
    const { ask } = await anExchange();
    const { status, body } = await ask(
      'POST',
      '/v2/orders',
      buy('SPY', '10', { type: 'limit', limit_price: '90.5', client_order_id: 'mine' }),
    );
    expect(status).toBe(200);
    const at = '2026-11-20T15:00:00.000000001Z';
    expect(body).toEqual({
      id: expect.stringMatching(UUID),
      client_order_id: 'mine',
      created_at: at,
      updated_at: at,
      submitted_at: at,
      filled_at: null,
      expired_at: null,
      canceled_at: null,
      failed_at: null,
      replaced_at: null,
      replaced_by: null,
      replaces: null,
      asset_id: 'asset-SPY',
      symbol: 'SPY',
      asset_class: 'us_equity',
      notional: null,
      qty: '10',
      filled_qty: '0',
      filled_avg_price: null,
      order_class: '',
      order_type: 'limit',
      type: 'limit',
      side: 'buy',
      position_intent: 'buy_to_open',
      time_in_force: 'day',
      limit_price: '90.50',
      stop_price: null,
      status: 'pending_new',
      extended_hours: false,
      legs: null,
      trail_percent: null,
      trail_price: null,
      hwm: null,
      subtag: null,
      source: null,
    });
  });

  it('POST /v2/orders makes a client_order_id where none is given', async () => {
    const { ask } = await anExchange();
    for (const more of [{}, { client_order_id: '' }, { client_order_id: null }]) {
      expect((await ask('POST', '/v2/orders', resting('SPY', more))).body.client_order_id).toMatch(UUID);
    }
  });

  it('POST /v2/orders while closed: accepted, and new at 04:00 New York time', async () => {
    const { ask, moveTo } = await anExchange({ from: at('2026-11-21', '12:00:00') });
    const { body: order } = await ask('POST', '/v2/orders', resting());
    expect(order.status).toBe('accepted');
    moveTo(at('2026-11-23', '04:00:00'));
    expect((await ask('GET', `/v2/orders/${order.id}`)).body.status).toBe('new');
  });

  it('GET /v2/orders: status open by default, closed, all', async () => {
    const { ask, wait } = await anExchange();
    const { body: filled } = await ask('POST', '/v2/orders', buy('SPY', '1'));
    const { body: open } = await ask('POST', '/v2/orders', resting());
    wait(2_000);
    const idsOf = async (query: string) => (await ask('GET', `/v2/orders${query}`)).body.map(({ id }: { id: string }) => id);
    expect(await idsOf('')).toEqual([open.id]);
    expect(await idsOf('?status=closed')).toEqual([filled.id]);
    expect(await idsOf('?status=all')).toEqual([open.id, filled.id]);
  });

  it('GET /v2/orders: limit, after and until exclusive, direction, symbols, nested', async () => {
    const { ask, wait } = await anExchange();
    const placed: { id: string; submitted_at: string }[] = [];
    for (const symbol of ['SPY', 'TLT', 'SPY']) {
      placed.push((await ask('POST', '/v2/orders', resting(symbol))).body);
      wait(1_000);
    }
    const [first, second, third] = placed.map(({ id }) => id);
    const idsOf = async (query: string) => (await ask('GET', `/v2/orders?${query}`)).body.map(({ id }: { id: string }) => id);
    expect(await idsOf('')).toEqual([third, second, first]);
    expect(await idsOf('direction=asc')).toEqual([first, second, third]);
    expect(await idsOf('direction=asc&limit=2&nested=true')).toEqual([first, second]);
    expect(await idsOf('symbols=TLT')).toEqual([second]);
    expect(await idsOf('symbols=SPY,TLT')).toEqual([third, second, first]);
    expect(await idsOf(`after=${placed[0]?.submitted_at}`)).toEqual([third, second]);
    expect(await idsOf(`until=${placed[2]?.submitted_at}`)).toEqual([second, first]);
    expect(await idsOf(`after=${encodeURIComponent('2026-11-20T10:00:00.5-05:00')}`)).toEqual([third, second]);
    expect(await idsOf('after=2026-11-21')).toEqual([]);
    for (const query of ['limit=501', 'limit=0', 'status=new', 'after=yesterday', 'direction=up']) {
      expect((await ask('GET', `/v2/orders?${query}`)).status).toBe(422);
    }
  });

  it('GET /v2/orders: 50 by default', async () => {
    const { ask } = await anExchange();
    for (let n = 0; n < 60; n++) await ask('POST', '/v2/orders', resting());
    expect((await ask('GET', '/v2/orders')).body).toHaveLength(50);
    expect((await ask('GET', '/v2/orders?limit=500')).body).toHaveLength(60);
  });

  it('GET /v2/orders:by_client_order_id finds the order that a retry would send again', async () => {
    const { ask } = await anExchange();
    const { body: order } = await ask('POST', '/v2/orders', resting('SPY', { client_order_id: 'trend_2026-11-20_close_SPY_buy_0_0' }));
    const found = await ask('GET', '/v2/orders:by_client_order_id?client_order_id=trend_2026-11-20_close_SPY_buy_0_0');
    expect(found).toMatchObject({ status: 200, body: { id: order.id } });
    expect((await ask('GET', '/v2/orders:by_client_order_id')).status).toBe(422);
  });

  it('DELETE /v2/orders/{id}: 204 is a request, and a fill can still come', async () => {
    const { ask, wait, faults } = await anExchange();
    faults.arm({ kind: 'fill-after-cancel', symbol: 'SPY', count: 1 });
    const { body: late } = await ask('POST', '/v2/orders', resting('SPY'));
    const { body: canceled } = await ask('POST', '/v2/orders', resting('TLT'));
    wait(1_000);
    for (const { id } of [late, canceled]) {
      expect(await ask('DELETE', `/v2/orders/${id}`)).toMatchObject({ status: 204, body: undefined });
      expect((await ask('GET', `/v2/orders/${id}`)).body.status).toBe('pending_cancel');
    }
    wait(1_000);
    expect((await ask('GET', `/v2/orders/${late.id}`)).body).toMatchObject({
      status: 'filled',
      filled_avg_price: '40.00',
      canceled_at: null,
    });
    const { body } = await ask('GET', `/v2/orders/${canceled.id}`);
    expect(body).toMatchObject({ status: 'canceled', filled_qty: '0' });
    expect(body.canceled_at).toMatch(NANOS);
    expect((await ask('DELETE', `/v2/orders/${canceled.id}`)).status).toBe(422);
  });

  it('DELETE /v2/orders: 207 with id and status of each', async () => {
    const { ask, wait } = await anExchange();
    const { body: first } = await ask('POST', '/v2/orders', resting('SPY'));
    const { body: second } = await ask('POST', '/v2/orders', resting('TLT'));
    expect(await ask('DELETE', '/v2/orders')).toMatchObject({
      status: 207,
      body: [
        { id: first.id, status: 200 },
        { id: second.id, status: 200 },
      ],
    });
    wait(1_000);
    expect((await ask('GET', '/v2/orders')).body).toEqual([]);
    expect((await ask('DELETE', '/v2/orders')).body).toEqual([]);
  });

  it('PATCH /v2/orders/{id}: a new id, the old one replaced, and the whole quantity again after a partial fill', async () => {
    const { ask, wait, faults } = await anExchange();
    faults.arm({ kind: 'partial-fill', count: 1 });
    const { body: old } = await ask('POST', '/v2/orders', buy('SPY', '10', { type: 'limit', limit_price: '100.01' }));
    wait(1_000);
    const { status, body } = await ask('PATCH', `/v2/orders/${old.id}`, { limit_price: '100.02', client_order_id: 'second' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ replaces: old.id, client_order_id: 'second', qty: '10', limit_price: '100.02', filled_qty: '0' });
    expect(body.id).not.toBe(old.id);
    expect((await ask('GET', `/v2/orders/${old.id}`)).body).toMatchObject({ status: 'replaced', replaced_by: body.id, filled_qty: '5' });
  });

  it('PATCH /v2/orders/{id} is refused in accepted, in pending_* and for notional orders', async () => {
    const { ask, wait } = await anExchange();
    const { body: pending } = await ask('POST', '/v2/orders', resting());
    expect((await ask('PATCH', `/v2/orders/${pending.id}`, { limit_price: '41' })).status).toBe(422);
    wait(1_000);
    await ask('DELETE', `/v2/orders/${pending.id}`);
    expect((await ask('PATCH', `/v2/orders/${pending.id}`, { limit_price: '41' })).status).toBe(422);
    const { body: notional } = await ask('POST', '/v2/orders', {
      symbol: 'TLT',
      notional: '50',
      side: 'buy',
      type: 'market',
      time_in_force: 'day',
    });
    expect(notional).toMatchObject({ qty: null, notional: '50.00' });
    expect((await ask('PATCH', `/v2/orders/${notional.id}`, { qty: '2' })).status).toBe(422);
    const closed = await anExchange({ from: at('2026-11-21', '12:00:00') });
    const { body: accepted } = await closed.ask('POST', '/v2/orders', resting());
    expect((await closed.ask('PATCH', `/v2/orders/${accepted.id}`, { limit_price: '41' })).status).toBe(422);
  });
});
