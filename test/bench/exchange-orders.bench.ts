// How many orders a second the local exchange takes over HTTP, against a bare HTTP server that reads the same bytes and
// answers the same bytes: what is left between the two is the exchange's own work.
import { Agent, createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { virtualClock } from '../../exchange/clock.ts';
import { usd } from '../../shared/core/values/money.ts';
import { startLocalExchange } from '../../shared/wiring/local-exchange.ts';
import { WORLD_START } from '../contract/broker-world.ts';
import { worldPrices } from '../contract/world-prices.ts';
import type { Bench } from './bench.ts';

const ORDERS = 400;
const CONNECTIONS = 8;
const KEYS = { keyId: 'PKBENCH', secretKey: 'bench-secret' };

export const bench: Bench = {
  name: 'exchange',
  unit: 'orders/s',
  floor: 'a bare HTTP server that answers the same bytes',
  rounds: 9,
  limits: { ratioMin: 0.2 },
  prepare: async () => {
    const answer = await onExchange((url) => post(url, orderOf(0)));
    return {
      subjects: [{ name: 'orders', measure: () => onExchange(ordersPerSecond) }],
      floor: () => onBareServer(answer, ordersPerSecond),
    };
  },
};

/** A new account each time: an exchange with a long past has more to keep. */
async function onExchange<Result>(use: (url: string) => Promise<Result>): Promise<Result> {
  const exchange = await startLocalExchange({
    series: worldPrices(),
    clock: virtualClock(WORLD_START),
    cash: usd('1000000'),
    seed: 7,
    spreadBps: 2,
    accountNumber: 'PA0BENCH',
    credentials: KEYS,
    port: 0,
    requestsPerMinute: ORDERS * 2,
  });
  return use(exchange.url).finally(() => exchange.close());
}

async function onBareServer<Result>(answer: string, use: (url: string) => Promise<Result>): Promise<Result> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume().on('end', () => outgoing.setHeader('content-type', 'application/json; charset=utf-8').end(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`).finally(() => {
    server.closeAllConnections();
    server.close();
  });
}

async function ordersPerSecond(url: string): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const orders = Array.from({ length: ORDERS }, (_, index) => orderOf(index));
  const from = performance.now();
  const sender = async () => {
    for (let order = orders.pop(); order !== undefined; order = orders.pop()) await post(url, order, agent);
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  const seconds = (performance.now() - from) / 1000;
  agent.destroy();
  return ORDERS / seconds;
}

/** Half of the orders fill at once, half stay in the book. */
function orderOf(index: number): string {
  const limits = index % 2 === 0 ? '400.00' : '100.00';
  return JSON.stringify({
    symbol: 'SPY',
    qty: '1',
    side: 'buy',
    type: 'limit',
    time_in_force: 'day',
    limit_price: limits,
    client_order_id: `bench-${index}`,
  });
}

function post(url: string, body: string, agent?: Agent): Promise<string> {
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'apca-api-key-id': KEYS.keyId,
    'apca-api-secret-key': KEYS.secretKey,
  };
  return new Promise((resolve, reject) => {
    const sent = request(`${url}/v2/orders`, { method: 'POST', headers, agent }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(`answered ${answer.statusCode}: ${text}`))));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
