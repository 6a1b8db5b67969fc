// The other rows of the market data table, each named by its path, and who may ask.
import { describe, expect, it } from 'vitest';
import type { WireQuote } from '../../../exchange/market-data/latest.ts';
import { anExchange, faults, get, LATER, market, refusal, WEDNESDAY } from './data-api.ts';

async function quote(symbol = 'SPY'): Promise<WireQuote | undefined> {
  const answer = await get('/v2/stocks/quotes/latest', { symbols: symbol, feed: 'iex' });
  expect(answer.statusCode).toBe(200);
  return answer.json<{ quotes: Record<string, WireQuote> }>().quotes[symbol];
}

describe('GET /v2/stocks/quotes/latest', () => {
  it('gives bid and ask as numbers, with sizes in shares', async () => {
    await anExchange();
    const venue = market.quoteAt('SPY', WEDNESDAY);
    expect(await quote()).toEqual({
      t: '2020-01-08T20:00:00Z',
      ax: 'V',
      ap: Number(venue?.ask) / 1_000_000,
      as: venue?.askSize,
      bx: 'V',
      bp: Number(venue?.bid) / 1_000_000,
      bs: venue?.bidSize,
      c: ['R'],
      z: 'B',
    });
  });

  it('leaves out symbols without a quote', async () => {
    await anExchange();
    const answer = await get('/v2/stocks/quotes/latest', { symbols: 'NOPE,DST' });
    expect(answer.json()).toEqual({ quotes: {} });
  });

  it('shows the delayed feed as it was 16 minutes before', async () => {
    await anExchange();
    const answer = await get('/v2/stocks/quotes/latest', { symbols: 'SPY', feed: 'delayed_sip' });
    expect(answer.json<{ quotes: Record<string, WireQuote> }>().quotes.SPY?.t).toBe('2020-01-08T19:44:00Z');
  });

  it('answers after hours with the quote of the close', async () => {
    await anExchange({ now: () => Date.parse('2020-01-08T23:00:00Z') });
    expect((await quote())?.t).toBe('2020-01-08T21:00:00Z');
  });

  it('is stale, crossed or zero when such a fault is armed, for its symbol and its count', async () => {
    await anExchange();
    const sound = await quote();
    faults.arm({ kind: 'stale-quote', symbol: 'SPY', ms: 60_000, count: 1 });
    expect((await quote('AGG'))?.t).toBe('2020-01-08T20:00:00Z');
    expect(await quote()).toEqual({ ...sound, t: '2020-01-08T19:59:00Z' });
    faults.arm({ kind: 'crossed-quote', count: 1 });
    const crossed = await quote();
    expect(crossed?.bp).toBeGreaterThan(crossed?.ap ?? Number.NaN);
    faults.arm({ kind: 'zero-quote', count: 1 });
    expect(await quote()).toMatchObject({ bp: 0, bs: 0, ap: 0, as: 0 });
    expect(await quote()).toEqual(sound);
  });
});

describe('GET /v2/stocks/trades/latest', () => {
  it('gives price, size and time of the last trade', async () => {
    await anExchange();
    const venue = market.lastTradeAt('SPY', WEDNESDAY);
    const answer = await get('/v2/stocks/trades/latest', { symbols: 'SPY,NOPE' });
    const trade = {
      t: '2020-01-08T20:00:00Z',
      x: 'V',
      p: Number(venue?.price) / 1_000_000,
      s: venue?.size,
      c: ['@'],
      i: expect.any(Number),
      z: 'B',
    };
    expect(answer.json()).toEqual({ trades: { SPY: trade } });
  });
});

describe('GET /v2/stocks/snapshots', () => {
  it('gives everything current of each symbol, without a wrapper', async () => {
    await anExchange();
    const answer = (await get('/v2/stocks/snapshots', { symbols: 'SPY,NOPE' })).json();
    expect(Object.keys(answer)).toEqual(['SPY']);
    expect(answer.SPY).toMatchObject({
      latestTrade: { t: '2020-01-08T20:00:00Z' },
      latestQuote: { t: '2020-01-08T20:00:00Z' },
      minuteBar: { t: '2020-01-08T20:00:00Z' },
      dailyBar: { t: '2020-01-08T05:00:00Z', o: 98 },
      prevDailyBar: { t: '2020-01-07T05:00:00Z', c: 100 },
    });
  });

  it('shows the last minute and the last two sessions after the close', async () => {
    await anExchange({ now: () => Date.parse('2020-01-09T12:00:00Z') });
    const answer = (await get('/v2/stocks/snapshots', { symbols: 'SPY' })).json();
    expect(answer.SPY).toMatchObject({
      latestTrade: { t: '2020-01-08T21:00:00Z', p: 99 },
      minuteBar: { t: '2020-01-08T20:59:00Z', c: 99 },
      dailyBar: { t: '2020-01-08T05:00:00Z', c: 99 },
      prevDailyBar: { t: '2020-01-07T05:00:00Z' },
    });
  });

  it('has no bar before the first that is known', async () => {
    await anExchange({ now: () => Date.parse('2020-01-06T21:30:00Z') });
    const answer = (await get('/v2/stocks/snapshots', { symbols: 'AGG' })).json();
    expect(answer.AGG).toMatchObject({ minuteBar: null, dailyBar: { c: 50 }, prevDailyBar: null });
  });
});

describe('GET /v1/corporate-actions', () => {
  const year = { symbols: 'SPY,AGG', start: '2020-01-01', end: '2020-12-31' };

  it('gives the cash dividends that the two closes of a file tell', async () => {
    await anExchange({ now: () => LATER });
    const answer = (await get('/v1/corporate-actions', year)).json();
    expect(answer).toMatchObject({
      corporate_actions: {
        cash_dividends: [
          { symbol: 'SPY', rate: 1, ex_date: '2020-01-08', special: false, foreign: false },
          { symbol: 'SPY', rate: 2, ex_date: '2020-01-10' },
        ],
      },
      next_page_token: null,
    });
  });

  it('does not know a dividend before its ex-date', async () => {
    await anExchange();
    const answer = (await get('/v1/corporate-actions', year)).json();
    expect(answer.corporate_actions.cash_dividends).toHaveLength(1);
  });

  it('gives no splits: the prices are split-adjusted', async () => {
    await anExchange({ now: () => LATER });
    const answer = (await get('/v1/corporate-actions', { ...year, types: 'forward_split,reverse_split' })).json();
    expect(answer).toEqual({ corporate_actions: {}, next_page_token: null });
  });

  it('pages and sorts', async () => {
    await anExchange({ now: () => LATER });
    const first = (await get('/v1/corporate-actions', { ...year, sort: 'desc', limit: 1 })).json();
    expect(first.corporate_actions.cash_dividends[0].ex_date).toBe('2020-01-10');
    const second = (await get('/v1/corporate-actions', { ...year, sort: 'desc', limit: 1, page_token: first.next_page_token })).json();
    expect(second.corporate_actions.cash_dividends[0].ex_date).toBe('2020-01-08');
    expect(second.next_page_token).toBeNull();
    expect(await refusal('/v1/corporate-actions', { ...year, page_token: 'x' })).toEqual([400, { message: 'invalid page_token' }]);
    expect(await refusal('/v1/corporate-actions', { ...year, start: 'x' })).toEqual([400, { message: 'invalid start' }]);
  });
});

describe('access to the data API', () => {
  it.each([[{}], [{ 'APCA-API-KEY-ID': 'key', 'APCA-API-SECRET-KEY': 'wrong' }]])(
    'answers wrong keys with 401 and HTML',
    async (headers) => {
      await anExchange();
      const answer = await get('/v2/stocks/quotes/latest', { symbols: 'SPY' }, headers);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['content-type']).toContain('text/html');
      expect(answer.body).toContain('<html>');
    },
  );

  it('answers 429 beyond its budget without X-RateLimit and Retry-After, and again the minute after', async () => {
    let now = WEDNESDAY;
    await anExchange({ requestsPerMinute: 2, now: () => now });
    const ask = async () => get('/v2/stocks/quotes/latest', { symbols: 'SPY' });
    expect([(await ask()).statusCode, (await ask()).statusCode]).toEqual([200, 200]);
    const refused = await ask();
    expect([refused.statusCode, refused.json()]).toEqual([429, { message: 'too many requests.' }]);
    expect(Object.keys(refused.headers).filter((name) => /ratelimit|retry/i.test(name))).toEqual([]);
    now += 60_000;
    expect((await ask()).statusCode).toBe(200);
  });
});
