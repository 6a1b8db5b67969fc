import { describe, expect, it } from 'vitest';
import { usd } from '../../../shared/core/values/money.ts';
import { anExchange, at } from '../a-market.ts';

const order = { symbol: 'SPY', qty: '10', side: 'buy', type: 'limit', limit_price: '90', time_in_force: 'gtc', client_order_id: 'kept' };

describe('the trading desk', () => {
  it('goes on from its saved state in another process', async () => {
    const first = await anExchange();
    await first.ask('POST', '/v2/orders', order);
    first.wait(2_000);
    const initialState = first.desk.save();
    const second = await anExchange({ initialState, from: at('2026-11-20', '10:00:02') });
    expect(second.desk.save()).toBe(initialState);
    expect((await second.ask('GET', '/v2/orders')).body).toMatchObject([{ client_order_id: 'kept', status: 'new' }]);
    expect((await second.ask('POST', '/v2/orders', order)).body.message).toBe('client_order_id must be unique');
  });

  it('refuses the state of another account', async () => {
    const { desk } = await anExchange();
    const account = { keyId: 'key', secretKey: 'secret', cash: usd('1'), accountNumber: 'PA9' };
    await expect(anExchange({ initialState: desk.save(), account })).rejects.toThrow('is of account PA1, not PA9');
  });

  it('lets what is due happen before a fault is lifted, when it is told to', async () => {
    const { ask, desk, faults, wait } = await anExchange();
    faults.arm({ kind: 'halt', symbol: 'SPY' });
    await ask('POST', '/v2/orders', { ...order, limit_price: '101' });
    wait(5_000);
    desk.advance();
    faults.clear();
    expect((await ask('GET', '/v2/orders')).body[0].status).toBe('held');
    wait(1_000);
    expect((await ask('GET', '/v2/orders')).body).toEqual([]);
  });

  it('takes the rate limit it is given', async () => {
    const { ask } = await anExchange({ requestsPerMinute: 1 });
    const { headers } = await ask('GET', '/v2/clock');
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '1', 'x-ratelimit-remaining': '0' });
    expect((await ask('GET', '/v2/clock')).status).toBe(429);
  });
});
