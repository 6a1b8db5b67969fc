import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alpacaBroker } from '../../../../shared/adapters/alpaca/broker.ts';
import { submissionBody } from '../../../../shared/adapters/alpaca/submission.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import { shares } from '../../../../shared/core/values/shares.ts';
import { OutsideError } from '../../../../shared/ports/outside-error.ts';
import { anAlpaca, anIntent, brokerErrorOf, FAST, optionsFor, orderBody } from './alpaca-world.ts';

describe('what is sent', () => {
  it('writes symbol, quantity, side, type, time in force, limit and client order id, always in that order', () => {
    expect(submissionBody(anIntent())).toBe(
      '{"symbol":"SPY","qty":"1.5","side":"buy","type":"limit","time_in_force":"day","limit_price":"600.1",' +
        '"client_order_id":"sixty-forty_2026-11-20_close_SPY_buy_0_0"}',
    );
  });

  it('writes the same bytes whatever the order of the keys in the intent', () => {
    const { symbol, ...rest } = anIntent();
    expect(submissionBody({ ...rest, symbol })).toBe(submissionBody(anIntent()));
  });

  it('writes a limit with the fewest decimals', () => {
    expect(JSON.parse(submissionBody(anIntent({ limitPrice: usd('107') })))).toMatchObject({ limit_price: '107' });
    expect(JSON.parse(submissionBody(anIntent({ limitPrice: usd('0.1234') })))).toMatchObject({ limit_price: '0.1234' });
  });

  it.each([
    ['a limit of a tenth of a cent above a dollar', { limitPrice: usd('290.123') }],
    ['a limit of a thousandth of a cent below a dollar', { limitPrice: usd('0.12345') }],
    ['a limit of zero', { limitPrice: 0n }],
    ['a negative limit', { limitPrice: -usd('1') }],
    ['a quantity of zero', { quantity: 0n }],
    ['no client order id', { clientOrderId: '' }],
    ['a client order id of 129 characters', { clientOrderId: 'x'.repeat(129) }],
  ])('never sends an order with %s', async (_, changes) => {
    const { broker, server } = await anAlpaca(() => ({ body: orderBody() }));
    await expect(broker.submit(anIntent(changes))).rejects.toThrow(/order|limit/);
    expect(server.asked).toHaveLength(0);
  });

  it('reads back as the quantity and the price that were meant', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 15n }), fc.bigInt({ min: 100n, max: 10n ** 8n }), (quantity, cents) => {
        const body: unknown = JSON.parse(submissionBody(anIntent({ quantity, limitPrice: cents * 10_000n })));
        const { qty, limit_price } = body as { qty: string; limit_price: string };
        expect(shares(qty)).toBe(quantity);
        expect(usd(limit_price)).toBe(cents * 10_000n);
      }),
      { numRuns: 50 },
    );
  });
});

describe('what an answer makes certain', () => {
  it.each([200, 201])('%i accepts the order', async (status) => {
    const { broker, server } = await anAlpaca(() => ({ status, body: orderBody() }));
    expect(await broker.submit(anIntent())).toEqual({
      kind: 'accepted',
      order: {
        orderId: '904837e3-3b76-47ec-b432-046db621571b',
        clientOrderId: 'sixty-forty_2026-11-20_close_SPY_buy_0_0',
        symbol: 'SPY',
        side: 'buy',
        quantity: 1_500_000_000n,
        filledQuantity: 0n,
        status: 'pending',
      },
    });
    expect(server.asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['POST /v2/orders']);
    expect(server.asked[0]?.body).toBe(submissionBody(anIntent()));
  });

  it.each([
    [422, { code: 40010001, message: 'client_order_id must be unique' }],
    // Should the wording change: an order that is alive must not pass for rejected.
    [403, { code: 40310000, message: 'duplicate client order id' }],
  ])('%i for a client order id that was used before is a duplicate', async (status, body) => {
    const { broker } = await anAlpaca(() => ({ status, body }));
    expect(await broker.submit(anIntent())).toEqual({ kind: 'duplicate' });
  });

  it('a client order id that is refused for another reason is rejected', async () => {
    const { broker } = await anAlpaca(() => ({ status: 422, body: { code: 40010001, message: 'client_order_id is too long' } }));
    expect(await broker.submit(anIntent())).toMatchObject({ kind: 'rejected' });
  });

  it.each([
    [403, { code: 40310000, buying_power: '1825.95', cost_basis: '2813.21', message: 'insufficient buying power' }, '40310000'],
    [422, { code: 42210000, message: 'fractional orders must be DAY orders' }, '42210000'],
    [422, { code: 40010001, message: 'qty is required' }, '40010001'],
    [400, { code: 40010000, message: 'request body format is invalid' }, '40010000'],
    [404, { code: 40410000, message: 'asset not found for NOSUCH' }, '40410000'],
    [403, { message: 'forbidden.' }, 'http-403'],
  ])('%i with a reason rejects the order', async (status, body, code) => {
    const { broker, server } = await anAlpaca(() => ({ status, body }));
    expect(await broker.submit(anIntent())).toEqual({ kind: 'rejected', code, message: body.message });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    [429, { message: 'too many requests.' }, 'rate-limited'],
    [401, { message: 'unauthorized.' }, 'unauthorized'],
    [429, '<html>slow down</html>', 'rate-limited'],
  ])('%i means that the order was not taken', async (status, body, code) => {
    const { broker, server } = await anAlpaca(() => ({ status, body }));
    expect(await brokerErrorOf(broker.submit(anIntent()))).toMatchObject({ effect: 'none', code, requestId: 'request-7' });
    expect(server.asked).toHaveLength(1);
  });

  it.each([
    ['a 500', { status: 500, body: { code: 50010000, message: 'internal server error occurred' } }, 'http-500'],
    ['a 504 that is not JSON', { status: 504, body: '<html>gateway time-out</html>' }, 'http-504'],
    ['a redirect', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }, 'http-302'],
    ['a 408', { status: 408, body: { message: 'request time-out' } }, 'http-408'],
    ['a 403 written by something in between', { status: 403, body: '<html>blocked</html>' }, 'http-403'],
    ['a 422 without a message', { status: 422, body: { code: 1 } }, 'bad-answer'],
    ['a 400 without a body', { status: 400 }, 'http-400'],
    ['a 200 that is not JSON', { body: '<html>welcome</html>' }, 'bad-answer'],
    ['a 200 without a body', { body: '' }, 'bad-answer'],
    ['an order without a status', { body: orderBody({ status: undefined }) }, 'bad-answer'],
    ['an order of another client order id', { body: orderBody({ client_order_id: 'another' }) }, 'bad-answer'],
    ['an order of another symbol', { body: orderBody({ symbol: 'TLT' }) }, 'bad-answer'],
    ['an order of the other side', { body: orderBody({ side: 'sell' }) }, 'bad-answer'],
    ['a connection that drops before the answer', { drop: 'before-answer' }, 'connection'],
    ['a connection that drops in the middle of the answer', { body: orderBody(), drop: 'mid-answer' }, 'connection'],
    ['an answer that comes too late', { body: orderBody(), delayMs: 400 }, 'timeout'],
  ] as const)('%s leaves open whether the order was taken, and it is not sent again', async (_, reply, code) => {
    const { broker, server } = await anAlpaca(() => reply);
    expect(await brokerErrorOf(broker.submit(anIntent()))).toMatchObject({ effect: 'unknown', code });
    expect(server.asked).toHaveLength(1);
  });

  it.each(['127.0.0.1', 'localhost'])('a connection that was refused means that nothing was sent: %s', async (name) => {
    const error = await brokerErrorOf(alpacaBroker(optionsFor(await deadUrl(name))).submit(anIntent()));
    expect(error).toMatchObject({ effect: 'none', code: 'connection' });
    expect(error.cause).toBeInstanceOf(Error);
  });

  it('a host that has no address means that nothing was sent', async () => {
    const error = await brokerErrorOf(
      alpacaBroker(optionsFor('https://broker.invalid', { resilience: { requestMs: 5_000 } })).submit(anIntent()),
    );
    expect(error).toMatchObject({ effect: 'none', code: 'connection' });
  });

  it('credentials that cannot be read mean that nothing was sent', async () => {
    const { broker, server } = await anAlpaca(() => ({ body: orderBody() }), {
      credentials: () => Promise.reject(new Error('secret-missing')),
    });
    const error = await brokerErrorOf(broker.submit(anIntent()));
    expect(error).toMatchObject({ effect: 'none', code: 'credentials' });
    // Words that are not our own may say the secret back.
    expect(error.message).toBe('the credentials of the broker could not be read');
    expect(server.asked).toHaveLength(0);
  });

  it('credentials that are missing are missed by the name of their secret', async () => {
    const missing = new OutsideError('secret evenkeel/paper/main does not exist', { effect: 'none', code: 'secret-missing' });
    const { broker } = await anAlpaca(() => ({ body: orderBody() }), { credentials: () => Promise.reject(missing) });
    const { message } = await brokerErrorOf(broker.submit(anIntent()));
    expect(message).toBe('the credentials of the broker could not be read: secret evenkeel/paper/main does not exist');
  });

  it('an open breaker means that nothing was sent', async () => {
    const { broker, server } = await anAlpaca(() => ({ status: 503 }), {
      resilience: { ...FAST, breakerFailures: 1, breakerOpenMs: 60_000 },
    });
    await brokerErrorOf(broker.submit(anIntent()));
    await brokerErrorOf(broker.submit(anIntent()));
    const sent = server.asked.length;
    expect(await brokerErrorOf(broker.submit(anIntent()))).toMatchObject({ effect: 'none', code: 'breaker-open' });
    expect(server.asked).toHaveLength(sent);
  });
});

/** An address at which nothing listens any more. */
async function deadUrl(name: string): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `http://${name}:${port}`;
}
