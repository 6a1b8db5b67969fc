import { afterEach, describe, expect, it } from 'vitest';
import { alpacaClock } from '../../../../shared/adapters/alpaca/broker-clock.ts';
import { optionsFor } from './alpaca-world.ts';
import { type Reply, type ScriptedServer, scriptedServer } from './scripted-server.ts';

const servers: ScriptedServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function aClock(reply: Reply) {
  const server = await scriptedServer(() => reply);
  servers.push(server);
  return { clock: alpacaClock(optionsFor(server.url)), server };
}

describe("the broker's clock", () => {
  it('is read from its timestamp, to the millisecond', async () => {
    const body = { timestamp: '2026-11-20T16:45:00.123456789-05:00', is_open: false, next_open: 'x', next_close: 'y' };
    const { clock, server } = await aClock({ status: 200, body });
    expect(await clock.read()).toBe(Date.UTC(2026, 10, 20, 21, 45, 0, 123));
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual(['GET /v2/clock']);
  });

  it('that says no time is a failure, not a time', async () => {
    const { clock } = await aClock({ status: 200, body: { timestamp: 'noon' } });
    await expect(clock.read()).rejects.toMatchObject({ code: 'bad-answer', effect: 'none' });
  });
});
