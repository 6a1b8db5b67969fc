// A person trades in the account of an embedded world, over HTTP as anybody would, and answers for it in its folder.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { evenkeel } from '../cli/spoken.ts';
import { aWorld, DAY, type EmbeddedDay, NEXT_DAY, newFolder, removeFolder } from './a-world.ts';

const KEYS = { keyId: 'PKEMBEDDED000000000A', secretKey: 'embedded-secret-000000000000' };

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld({ credentials: KEYS });
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

async function sellByHand(symbol: string, qty: string): Promise<void> {
  const answer = await fetch(`${day.world.exchange.url}/v2/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'apca-api-key-id': KEYS.keyId, 'apca-api-secret-key': KEYS.secretKey },
    body: JSON.stringify({ symbol, qty, side: 'sell', type: 'market', time_in_force: 'day' }),
  });
  if (!answer.ok) throw new Error(`the order was refused: ${await answer.text()}`);
  day.world.exchange.clock.advance(60_000);
  day.world.exchange.desk.advance();
}

/** In the folder of the world, which nobody else holds meanwhile. */
async function inFolder(args: readonly string[]) {
  const { folder } = day;
  await day.close();
  const said = await evenkeel([...args, '--state', folder]);
  day = await aWorld({ credentials: KEYS, folder });
  return said;
}

describe('a trade by hand between two runs', () => {
  it('stops the next run until it is adopted, and then the run goes on from it', async () => {
    expect(await day.rebalance()).toBe('ended');
    expect(await inFolder(['reconcile'])).toMatchObject({ code: 0, out: expect.stringMatching(/^pair, account LOCAL0001: reconciled\n/) });
    const held = Number(day.shares()['SPY']);
    await sellByHand('SPY', '7');
    expect(day.shares()['SPY']).toBe(`${held - 7}`);

    const id = `pair/${NEXT_DAY}/daily`;
    day.goTo(Date.parse(day.event(NEXT_DAY).scheduledTime));
    const refused = await day.signal(day.event(NEXT_DAY));
    expect(refused).toMatchObject({ kind: 'refused', code: 'unreconciled', runId: id });
    expect(JSON.stringify(refused)).toContain(`SPY: expected ${held}, found ${held - 7} (sell `);
    const orders = day.orders().length;

    const asked = await inFolder(['reconcile', 'pair', '--json']);
    expect(asked.code).toBe(1);
    expect(JSON.parse(asked.out).portfolios[0].lines[0]).toEqual({
      symbol: 'SPY',
      expected: `${held}`,
      found: `${held - 7}`,
      difference: '-7',
    });
    expect(await inFolder(['reconcile', 'pair', '--adopt', '--reason', 'needed the money'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('adopted -7 SPY by '),
    });
    expect(await inFolder(['reconcile', 'pair'])).toMatchObject({ code: 0 });

    // The refused run stays refused; the next session's is free to trade.
    expect(await day.signal(day.event(NEXT_DAY))).toMatchObject({ kind: 'already-ended' });
    expect(day.orders()).toHaveLength(orders);
    expect(await day.rebalance('2019-03-18')).toBe('ended');
    expect(await day.ending('pair/2019-03-18/daily')).toMatchObject({ kind: 'completed' });
    expect(await inFolder(['reconcile'])).toMatchObject({ code: 0 });
  });

  it('is no matter where a folder has no state', async () => {
    const folder = newFolder();
    expect(await evenkeel(['reconcile', '--state', folder])).toMatchObject({ code: 2 });
    removeFolder(folder);
    expect(await day.signal()).toMatchObject({ kind: 'handed-over', runId: `pair/${DAY}/daily` });
  });
});
