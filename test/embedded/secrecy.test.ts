// A canary in place of the broker's keys: after sessions that go well and sessions that go wrong it is on no disk, in
// no message, and in no error.
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { executionHandler } from '../../lambdas/execution/execution-handler.ts';
import { signalHandler } from '../../lambdas/signal/signal-handler.ts';
import { alpacaBroker } from '../../shared/adapters/alpaca/broker.ts';
import { alpacaMarketData } from '../../shared/adapters/alpaca/market-data.ts';
import type { AlpacaOptions } from '../../shared/adapters/alpaca/options.ts';
import type { World } from '../../shared/workflow/world.ts';
import { aWorld, type EmbeddedDay, NEXT_DAY, RUN_ID, removeFolder } from './a-world.ts';

/** No form that a general rule would know: only its value can give it away. */
const CANARY = { keyId: 'canary-Key.id_4711', secretKey: 'canary/Secret+4711==' };
/** As it might be written by whoever does not know that it is one. */
const SPELLINGS = [CANARY.keyId, CANARY.secretKey].flatMap((value) => [
  value,
  encodeURIComponent(value),
  Buffer.from(value).toString('base64').replace(/=+$/, ''),
]);

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld({ credentials: CANARY });
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

/** Every byte below the folder, each file under its own name. */
function written(): readonly (readonly [string, Buffer])[] {
  const entries = readdirSync(day.folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(day.folder.length + 1), readFileSync(path)] as const;
    });
}

function expectNoCanaryIn(name: string, content: string | Buffer): void {
  for (const spelling of SPELLINGS) expect(content.includes(spelling), `${name} holds ${spelling}`).toBe(false);
}

/** A server that answers every request with what it was sent, headers and all. */
async function parrot(status: number): Promise<{ readonly url: string; readonly server: Server }> {
  const server = createServer((request, response) => {
    const told = JSON.stringify({ code: 50_010_000, message: `you said ${JSON.stringify(request.headers)}`, headers: request.headers });
    response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': `${request.headers['apca-api-secret-key']}` });
    response.end(told);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
}

/** The same world with its broker and its prices at another address. */
function worldAt(url: string): World {
  const options: AlpacaOptions = {
    credentials: async () => CANARY,
    tradingUrl: url,
    dataUrl: url,
    feed: 'iex',
    clock: day.world.exchange.clock,
    random: () => 0.5,
    resilience: { delayMsFirst: 1, delayMsMax: 2, breakerOpenMs: 20 },
  };
  return {
    ...day.world,
    portsFor(policy, runId) {
      const ports = day.world.portsFor(policy, runId);
      const onExchange: AlpacaOptions['onExchange'] = (told) => ports.telemetry.info('broker exchange', { ...told });
      return { ...ports, broker: alpacaBroker({ ...options, onExchange }), marketData: alpacaMarketData({ ...options, onExchange }) };
    },
  };
}

describe('the credentials of a broker account', () => {
  it('are in no file, notice or dead letter after sessions that went well, badly and not at all', async () => {
    await day.arm({ kind: 'error-after-acceptance', route: 'POST /v2/orders', count: 1 });
    await day.arm({ kind: 'drop-connection', route: 'GET /v2/', count: 2 });
    await day.arm({ kind: 'reject', symbol: 'TLT', count: 1 });
    expect(await day.rebalance()).toBe('ended');
    await day.arm({ kind: 'calendar-disagrees', date: '2019-03-18' });
    await day.rebalance(NEXT_DAY);
    await day.clearFaults();
    await day.rebalance('2019-03-18');
    const messages = [...(await day.notices()), ...(await day.queuedDeadLetters())];
    expect(messages.join()).toContain('completed with residuals');
    for (const message of messages) expectNoCanaryIn('a message', message);
    await day.world.close();

    const files = new Map(written());
    for (const [path, content] of files) expectNoCanaryIn(path, content);
    // The search sees what it looks through: each store holds something of the run, in plain bytes.
    const holding = (text: string): string[] => [...files].flatMap(([path, content]) => (content.includes(text) ? [path] : []));
    const order = RUN_ID.replaceAll('/', '_');
    expect(holding(order)).toEqual(expect.arrayContaining(['exchange.json', 'log.jsonl', 'aws/fauxqs/fauxqs.db']));
    expect(holding(order).some((path) => path.startsWith('aws/dynamodb/'))).toBe(true);
    day = await aWorld({ folder: day.folder, credentials: CANARY });
  });

  it.each([200, 401, 403, 404, 422, 429, 500, 503])(
    'are in no error, log line or dead letter when a server says them back with %i',
    async (status) => {
      await day.signal();
      const { url, server } = await parrot(status);
      try {
        const world = worldAt(url);
        const failures: unknown[] = [];
        for (const attempt of [
          () => executionHandler(() => world)({ runId: RUN_ID }),
          () => signalHandler(() => world)(day.event(NEXT_DAY)),
        ]) {
          await attempt().catch((failure: unknown) => failures.push(failure));
        }
        expect(await day.drive(RUN_ID, world)).toBe('dead-letter');
        expect(failures.length).toBeGreaterThan(0);
        // With every cause and every property, as deep as they go.
        for (const failure of failures) expectNoCanaryIn('an error', inspect(failure, { depth: null, showHidden: true }));
        expectNoCanaryIn('a dead letter', JSON.stringify(day.deadLetters));
        for (const message of await day.queuedDeadLetters()) expectNoCanaryIn('a queued dead letter', message);
      } finally {
        server.closeAllConnections();
        server.close();
      }
      for (const [path, content] of written()) expectNoCanaryIn(path, content);
    },
  );
});
