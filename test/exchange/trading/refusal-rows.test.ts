// Each row of the error table of the Alpaca reference, by the body that it names.
import { describe, expect, it } from 'vitest';
import { aMarket, anExchange, at, KEYS, still, type TestExchange } from '../a-market.ts';

const market = aMarket(
  { SPY: still('99.99', '100.01'), TSLA: still('399.90', '400.10'), WHOLE: still('99.99', '100.01') },
  { WHOLE: { isFractionable: false } },
);
const buy = (symbol: string, qty: string, more: object = {}) => ({
  symbol,
  qty,
  side: 'buy',
  type: 'market',
  time_in_force: 'day',
  ...more,
});
const sell = (symbol: string, qty: string, more: object = {}) => ({ ...buy(symbol, qty, more), side: 'sell' });

async function holding(symbol: string, qty: string): Promise<TestExchange> {
  const exchange = await anExchange({ market });
  await exchange.ask('POST', '/v2/orders', buy(symbol, qty));
  exchange.wait(2_000);
  return exchange;
}

describe('error row', () => {
  it('422 40010001 "client_order_id must be unique", even after the first order was filled', async () => {
    const { ask, wait } = await anExchange();
    await ask('POST', '/v2/orders', buy('SPY', '1', { client_order_id: 'once' }));
    wait(5_000);
    expect((await ask('GET', '/v2/orders:by_client_order_id?client_order_id=once')).body.status).toBe('filled');
    expect(await ask('POST', '/v2/orders', buy('SPY', '1', { client_order_id: 'once' }))).toMatchObject({
      status: 422,
      body: { code: 40010001, message: 'client_order_id must be unique' },
    });
  });

  it('403 40310000 "insufficient buying power" with buying_power and cost_basis', async () => {
    const { ask } = await anExchange({ cash: '1825.95' });
    const { status, body } = await ask('POST', '/v2/orders', buy('SPY', '28', { type: 'limit', limit_price: '100.47' }));
    expect(status).toBe(403);
    // 28 × 100.47
    expect(body).toEqual({ code: 40310000, buying_power: '1825.95', cost_basis: '2813.16', message: 'insufficient buying power' });
  });

  it('403 40310000 "insufficient qty available for order" with the orders that hold it', async () => {
    const { ask } = await holding('TSLA', '23');
    const first = await ask('POST', '/v2/orders', sell('TSLA', '23', { type: 'limit', limit_price: '500' }));
    const { status, body } = await ask('POST', '/v2/orders', sell('TSLA', '23', { type: 'limit', limit_price: '500' }));
    expect(status).toBe(403);
    expect(body).toEqual({
      code: 40310000,
      available: '0',
      existing_qty: '23',
      held_for_orders: '23',
      message: 'insufficient qty available for order (requested: 23, available: 0)',
      related_orders: [first.body.id],
      symbol: 'TSLA',
    });
  });

  it('403 40310000 "asset is not fractionable"', async () => {
    const { ask } = await anExchange({ market });
    expect(await ask('POST', '/v2/orders', buy('WHOLE', '1.5'))).toMatchObject({
      status: 403,
      body: { code: 40310000, message: 'asset "WHOLE" is not fractionable' },
    });
  });

  it('403 40310000 "cost basis must be >= minimal amount of order 1"', async () => {
    const { ask } = await anExchange();
    const order = { symbol: 'SPY', notional: '0.5', side: 'buy', type: 'market', time_in_force: 'day' };
    expect(await ask('POST', '/v2/orders', order)).toMatchObject({
      status: 403,
      body: { code: 40310000, message: 'cost basis must be >= minimal amount of order 1' },
    });
  });

  it('403 40310000 "potential wash trade detected. use complex orders" with existing_order_id', async () => {
    const { ask } = await holding('SPY', '10');
    const resting = await ask('POST', '/v2/orders', sell('SPY', '10', { type: 'limit', limit_price: '110' }));
    const { status, body } = await ask('POST', '/v2/orders', buy('SPY', '1'));
    expect(status).toBe(403);
    expect(body).toEqual({
      code: 40310000,
      message: 'potential wash trade detected. use complex orders',
      existing_order_id: resting.body.id,
    });
  });

  it('422 42210000 "sub-penny increment does not fulfill minimum pricing criteria"', async () => {
    const { ask } = await anExchange();
    const { status, body } = await ask('POST', '/v2/orders', buy('SPY', '1', { type: 'limit', limit_price: '290.123' }));
    expect(status).toBe(422);
    expect(body).toEqual({
      code: 42210000,
      message: 'invalid limit_price 290.123. sub-penny increment does not fulfill minimum pricing criteria',
    });
  });

  it.each([
    ['limit_price', '290.1234567', '290.1234567'],
    ['limit_price', '290.1230', '290.1230'],
    ['limit_price', 290.123, '290.123'],
    ['limit_price', 1e-7, '0.0000001'],
    ['stop_price', '290.1234567', '290.1234567'],
  ])('422 42210000 on a sub-penny %s of %j repeats it as it was given', async (field, price, told) => {
    const { ask, wait } = await anExchange();
    const type = field === 'limit_price' ? 'limit' : 'stop';
    const message = `invalid ${field} ${told}. sub-penny increment does not fulfill minimum pricing criteria`;
    expect(await ask('POST', '/v2/orders', buy('SPY', '1', { type, [field]: price }))).toMatchObject({ status: 422, body: { message } });
    const { body: order } = await ask('POST', '/v2/orders', buy('SPY', '1', { type, [field]: '120' }));
    wait(100);
    expect(await ask('PATCH', `/v2/orders/${order.id}`, { [field]: price })).toMatchObject({ status: 422, body: { message } });
  });

  it('422 42210000 "notional value must be limited to 2 decimal places"', async () => {
    const { ask } = await anExchange();
    for (const notional of ['100.123', '100.1234567891']) {
      const order = { symbol: 'SPY', notional, side: 'buy', type: 'market', time_in_force: 'day' };
      expect(await ask('POST', '/v2/orders', order)).toMatchObject({
        status: 422,
        body: { code: 42210000, message: 'notional value must be limited to 2 decimal places' },
      });
    }
  });

  it('422 42210000 "fractional orders must be DAY orders"', async () => {
    const { ask } = await anExchange();
    expect(await ask('POST', '/v2/orders', buy('SPY', '1.5', { time_in_force: 'gtc' }))).toMatchObject({
      status: 422,
      body: { code: 42210000, message: 'fractional orders must be DAY orders' },
    });
  });

  it('422 42210000 on DELETE of an order that is already in "filled" state', async () => {
    const { ask, wait } = await anExchange();
    const { body: order } = await ask('POST', '/v2/orders', buy('SPY', '1'));
    wait(5_000);
    expect(await ask('DELETE', `/v2/orders/${order.id}`)).toMatchObject({
      status: 422,
      body: { code: 42210000, message: 'order is already in "filled" state' },
    });
  });

  it.each([
    ['asset not found for NONE', 'GET', '/v2/assets/NONE'],
    ['position does not exist', 'GET', '/v2/positions/SPY'],
    ['position does not exist', 'DELETE', '/v2/positions/SPY'],
    ['order not found', 'GET', '/v2/orders/6b2ac7a5-38a1-4dd7-b1cc-3b1ee1d1b2a6'],
    ['order not found', 'GET', '/v2/orders:by_client_order_id?client_order_id=never'],
    ['order not found', 'DELETE', '/v2/orders/6b2ac7a5-38a1-4dd7-b1cc-3b1ee1d1b2a6'],
    ['order not found', 'PATCH', '/v2/orders/6b2ac7a5-38a1-4dd7-b1cc-3b1ee1d1b2a6'],
  ] as const)('404 40410000 "%s" on %s %s', async (message, method, url) => {
    const { ask } = await anExchange();
    expect(await ask(method, url)).toMatchObject({ status: 404, body: { code: 40410000, message } });
  });

  it('404 40410000 "asset not found" on an order for it', async () => {
    const { ask } = await anExchange();
    expect(await ask('POST', '/v2/orders', buy('NONE', '1'))).toMatchObject({
      status: 404,
      body: { code: 40410000, message: 'asset not found for NONE' },
    });
  });

  it('401 "unauthorized." for a wrong key, a wrong secret and no keys, without any effect', async () => {
    const { app, desk } = await anExchange();
    for (const headers of [{}, { ...KEYS, 'apca-api-key-id': 'other' }, { ...KEYS, 'apca-api-secret-key': 'other' }]) {
      const answer = await app.inject({ method: 'POST', url: '/v2/orders', headers, payload: buy('SPY', '1') });
      expect(answer.statusCode).toBe(401);
      expect(answer.json()).toEqual({ message: 'unauthorized.' });
    }
    expect(desk.book.orders.size).toBe(0);
  });

  it('429 "too many requests." after 200 in a minute of exchange time, until the first of them is a minute old', async () => {
    const { ask, wait } = await anExchange();
    for (let n = 0; n < 200; n++) expect((await ask('GET', '/v2/clock')).status).toBe(200);
    const refused = await ask('POST', '/v2/orders', buy('SPY', '1', { client_order_id: 'late' }));
    expect(refused).toMatchObject({ status: 429, body: { message: 'too many requests.' } });
    wait(59_999);
    expect((await ask('GET', '/v2/clock')).status).toBe(429);
    wait(1);
    expect((await ask('GET', '/v2/orders:by_client_order_id?client_order_id=late')).status).toBe(404);
  });

  it('429 never comes where the limit is lifted, however long time stands still', async () => {
    const { ask } = await anExchange({ requestsPerMinute: Number.POSITIVE_INFINITY });
    for (let n = 0; n < 300; n++) expect((await ask('GET', '/v2/clock')).status).toBe(200);
    expect((await ask('GET', '/v2/clock')).headers).not.toHaveProperty('x-ratelimit-limit');
  });

  it('500 50010000 "internal server error occurred" when the exchange itself fails', async () => {
    const { ask } = await anExchange({
      market: {
        ...market,
        assets: () => {
          throw new Error('the disk is gone');
        },
      },
    });
    expect(await ask('GET', '/v2/assets')).toMatchObject({
      status: 500,
      body: { code: 50010000, message: 'internal server error occurred' },
    });
  });
});

describe('a request that cannot be read', () => {
  it.each<[string, object, string]>([
    ['no symbol', { qty: '1', side: 'buy', type: 'market', time_in_force: 'day' }, 'symbol'],
    ['neither qty nor notional', { symbol: 'SPY', side: 'buy', type: 'market', time_in_force: 'day' }, 'qty or notional is required'],
    ['both qty and notional', buy('SPY', '1', { notional: '5' }), 'only one of qty or notional is accepted'],
    ['a quantity of nothing', buy('SPY', '0'), 'qty must be > 0'],
    ['a negative quantity', buy('SPY', '-1'), 'qty must be > 0'],
    ['a quantity in words', buy('SPY', 'ten'), 'qty must be > 0'],
    ['ten decimals', buy('SPY', '1.0123456789'), 'qty must be limited to 9 decimal places'],
    ['a side that is none', buy('SPY', '1', { side: 'hold' }), 'side'],
    ['a type that is none', buy('SPY', '1', { type: 'iceberg' }), 'type'],
    ['a time in force that is none', buy('SPY', '1', { time_in_force: 'week' }), 'time_in_force'],
    ['a limit order without limit', buy('SPY', '1', { type: 'limit' }), 'limit orders require limit price'],
    ['a stop order without stop', buy('SPY', '1', { type: 'stop' }), 'stop orders require stop price'],
    ['a market order with limit', buy('SPY', '1', { limit_price: '5' }), 'market orders must not have limit price'],
    [
      'a limit order with stop',
      buy('SPY', '1', { type: 'limit', limit_price: '5', stop_price: '5' }),
      'limit orders must not have stop price',
    ],
    ['a price of nothing', buy('SPY', '1', { type: 'limit', limit_price: '0' }), 'limit_price must be > 0'],
    ['a client order id of 129 characters', buy('SPY', '1', { client_order_id: 'x'.repeat(129) }), 'client_order_id'],
    ['orders that hang together', buy('SPY', '1', { order_class: 'bracket' }), 'order_class'],
    ['a trailing stop', buy('SPY', '1', { trail_percent: '5' }), 'trail_percent'],
  ])('%s is answered 422 40010001', async (_title, order, message) => {
    const { ask, desk } = await anExchange();
    const { status, body } = await ask('POST', '/v2/orders', order);
    expect(status).toBe(422);
    expect(body.code).toBe(40010001);
    expect(body.message).toContain(message);
    expect(desk.book.orders.size).toBe(0);
  });

  it('a client order id of 128 characters is taken', async () => {
    const { ask } = await anExchange();
    expect((await ask('POST', '/v2/orders', buy('SPY', '1', { client_order_id: 'x'.repeat(128) }))).status).toBe(200);
  });

  it('a body that is not JSON is answered 400', async () => {
    const { app } = await anExchange();
    const answer = await app.inject({
      method: 'POST',
      url: '/v2/orders',
      headers: { ...KEYS, 'content-type': 'application/json' },
      payload: '{"symbol":',
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toEqual({ code: 40010000, message: 'request body format is invalid' });
  });

  it('an empty JSON body on DELETE is no body', async () => {
    const { app } = await anExchange();
    const answer = await app.inject({ method: 'DELETE', url: '/v2/orders', headers: { ...KEYS, 'content-type': 'application/json' } });
    expect(answer.statusCode).toBe(207);
  });

  it('numbers may be JSON numbers as well as strings', async () => {
    const { ask } = await anExchange({ from: at('2026-11-20', '11:00:00') });
    const { body } = await ask('POST', '/v2/orders', { ...buy('SPY', '1', { type: 'limit' }), qty: 1.5, limit_price: 100.01 });
    expect(body).toMatchObject({ qty: '1.5', limit_price: '100.01' });
  });

  it('a JSON number that JavaScript writes with an exponent is its digits', async () => {
    const { ask, wait } = await anExchange();
    const { body: bought } = await ask('POST', '/v2/orders', buy('SPY', '1.0000001'));
    wait(2_000);
    await ask('DELETE', '/v2/positions/SPY?qty=1');
    wait(2_000);
    // What is left may be sold off whole, however little it is.
    const { status, body } = await ask('POST', '/v2/orders', { ...sell('SPY', '1'), qty: 1e-7 });
    expect([bought.qty, status, body.qty]).toEqual(['1.0000001', 200, '0.0000001']);
  });
});
