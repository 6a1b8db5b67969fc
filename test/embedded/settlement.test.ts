// An account without margin, through the real handlers over real HTTP. In March 2019 a trade settles two days later.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { larger } from '../../shared/core/values/rounding.ts';
import { aWorld, DAY, type EmbeddedDay, NEXT_DAY, removeFolder } from './a-world.ts';

const KEYS = { keyId: 'PKEMBEDDED000000000A', secretKey: 'embedded-secret-000000000000' };

let day: EmbeddedDay;
beforeEach(async () => {
  day = await aWorld({ credentials: KEYS, portfolio: (text) => `${text}cash-reserve: 0.1%\n` });
});
afterEach(async () => {
  await day.close();
  removeFolder(day.folder);
});

async function withoutMargin(): Promise<void> {
  const answer = await fetch(`${day.world.exchange.url}/v2/account/configurations`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', 'apca-api-key-id': KEYS.keyId, 'apca-api-secret-key': KEYS.secretKey },
    body: JSON.stringify({ max_margin_multiplier: '1' }),
  });
  if (!answer.ok) throw new Error(`the account stays as it is: ${await answer.text()}`);
}

async function tradesOf(runId: string): Promise<string[]> {
  const { trades } = await day.plan(runId);
  return trades.map(({ side, symbol }) => `${side} ${symbol}`);
}

describe('an account without margin', () => {
  it('sells what rose on one day, and buys with it once it has settled', async () => {
    await withoutMargin();
    expect(await day.rebalance()).toBe('ended');
    // All of the money was there: half of each fund, as with margin.
    expect(await tradesOf(`pair/${DAY}/daily`)).toEqual(['buy SPY', 'buy TLT']);

    // Friday. About 100 dollars in cash pay for a few TLT; what SPY brings settles on Tuesday.
    expect(await day.rebalance(NEXT_DAY)).toBe('ended');
    const friday = await day.plan(`pair/${NEXT_DAY}/daily`);
    expect(friday.trades.some(({ side, symbol }) => side === 'sell' && symbol === 'SPY')).toBe(true);
    expect(friday.skipped).toContainEqual(expect.objectContaining({ symbol: 'TLT', code: 'unsettled-cash' }));
    expect(friday.costAtMost <= larger(friday.settled?.cash ?? 0n, 0n)).toBe(true);

    // Monday: it is under way still.
    const monday = 'pair/2019-03-18/daily';
    await day.rebalance('2019-03-18');
    expect(await tradesOf(monday)).toEqual([]);
    expect((await day.plan(monday)).settled?.unsettled).toBeGreaterThan(0n);

    const tuesday = 'pair/2019-03-19/daily';
    expect(await day.rebalance('2019-03-19')).toBe('ended');
    expect(await tradesOf(tuesday)).toEqual(['buy TLT']);
    expect((await day.plan(tuesday)).settled?.unsettled).toBe(0n);
    expect(await day.ending(tuesday)).toMatchObject({ kind: 'completed' });
  });
});
