import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { alpacaBroker } from '../../../../shared/adapters/alpaca/broker.ts';
import { anAlpaca, anIntent, brokerErrorOf, FAST, KEY_ID, optionsFor, SECRET } from './alpaca-world.ts';
import type { Reply } from './scripted-server.ts';

/** All that a logger, a stack trace or a serializer could get hold of. */
function everythingIn(error: unknown): string {
  const causes: unknown[] = [];
  for (let one: unknown = error; one instanceof Error; one = one.cause) causes.push(JSON.stringify(one), one.stack, one.message);
  return `${inspect(error, { depth: Infinity, showHidden: true, getters: true })} ${causes.join(' ')}`;
}

function expectNoSecretIn(text: string): void {
  expect(text).not.toContain(SECRET);
  expect(text).not.toContain(KEY_ID);
}

describe('the credentials', () => {
  it('are sent as the two headers of the broker', async () => {
    const { broker, server } = await anAlpaca(() => ({ body: [] }));
    await broker.positions();
    expect(server.asked[0]?.headers).toMatchObject({ 'apca-api-key-id': KEY_ID, 'apca-api-secret-key': SECRET });
  });

  it('are asked for again before every request', async () => {
    const keys = ['key-1', 'key-2'];
    const credentials = async () => ({ keyId: keys.shift() ?? 'none', secretKey: 's' });
    const { broker, server } = await anAlpaca((_, nth) => (nth === 0 ? { status: 503 } : { body: [] }), { credentials });
    await broker.positions();
    expect(server.asked.map(({ headers }) => headers['apca-api-key-id'])).toEqual(['key-1', 'key-2']);
  });

  it.each<[string, Reply]>([
    ['401', { status: 401, body: { message: 'unauthorized.' } }],
    ['403', { status: 403, body: { message: 'forbidden.' } }],
    ['429', { status: 429 }],
    ['500', { status: 500 }],
    ['a drop', { drop: 'before-answer' }],
    ['half an answer', { body: { id: 'x', status: 'ACTIVE' }, drop: 'mid-answer' }],
    ['a time-out', { delayMs: 400 }],
    ['nonsense', { body: { id: 1 } }],
    ['HTML', { body: '<html/>' }],
  ])('are in no error and no report: %s', async (_, reply) => {
    const { broker, reports } = await anAlpaca(() => reply, { resilience: { ...FAST, retriesMax: 0, breakerFailures: 2 } });
    for (const call of [() => broker.account(), () => broker.submit(anIntent()), () => broker.cancel('x'), () => broker.account()]) {
      const error = await call().catch((caught: unknown) => caught);
      expectNoSecretIn(everythingIn(error));
    }
    expectNoSecretIn(JSON.stringify(reports));
  });

  it.each(['\n', '\u{1F511}', ' '])('are in no error when they cannot be a header: %j', async (odd) => {
    const credentials = async () => ({ keyId: KEY_ID, secretKey: `${SECRET}${odd}` });
    const { broker, server } = await anAlpaca(() => ({ body: [] }), { credentials });
    const error = await brokerErrorOf(broker.positions());
    expect(error).toMatchObject({ code: 'credentials', effect: 'none' });
    expectNoSecretIn(everythingIn(error));
    expect(server.asked).toHaveLength(0);
  });

  it('do not follow a redirect to another host', async () => {
    const other = await anAlpaca(() => ({ body: [] }));
    const { broker } = await anAlpaca(() => ({ status: 307, headers: { location: `${other.server.url}/v2/positions` } }));
    expect(await brokerErrorOf(broker.positions())).toMatchObject({ code: 'http-307' });
    expect(other.server.asked).toHaveLength(0);
  });

  it.each([
    'http://api.alpaca.markets',
    'http://127.0.0.1.example.com',
    'https://user:word@api.alpaca.markets',
    'https://api.alpaca.markets/v2',
  ])('never go to %s', (tradingUrl) => {
    expect(() => alpacaBroker(optionsFor('http://127.0.0.1:1', { tradingUrl }))).toThrow(/https|only a host/);
  });
});
