// Each row of the market data table has its test, named by its path.
import { type FastifyInstance, fastify } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { type FaultDesk, faultDesk } from '../../../exchange/faults/fault-book.ts';
import { nyseSessions } from '../../../exchange/market/nyse-sessions.ts';
import { replayMarket } from '../../../exchange/market/replay-market.ts';
import type { WireQuote } from '../../../exchange/market-data/latest.ts';
import { type MarketDataOptions, marketDataRoutes } from '../../../exchange/market-data/market-data-routes.ts';
import type { WireBar } from '../../../exchange/market-data/wire-bars.ts';
import type { DailyBar } from '../../../shared/core/market/bar.ts';

/**
 * Pays $1 on a close of 100 with ex-date 8 January (factor 0.99 before), and $2 on a close of 100 with ex-date
 * 10 January (factor 0.98 before). The adjusted closes of the file know both.
 */
const spy: readonly DailyBar[] = [
  { date: '2020-01-06', open: 99, high: 101, low: 98, close: 100, adjClose: 97.02, volume: 39_000 },
  { date: '2020-01-07', open: 100, high: 102, low: 99, close: 100, adjClose: 97.02, volume: 39_000 },
  { date: '2020-01-08', open: 98, high: 100, low: 97, close: 99, adjClose: 97.02, volume: 39_000 },
  { date: '2020-01-09', open: 99, high: 101, low: 98, close: 100, adjClose: 98, volume: 39_000 },
  { date: '2020-01-10', open: 98, high: 99, low: 97, close: 98, adjClose: 98, volume: 39_000 },
];
const agg: readonly DailyBar[] = spy.map(({ date }, at) => ({ date, close: 50 + at }));
const spring: readonly DailyBar[] = [
  { date: '2020-03-06', close: 20 },
  { date: '2020-03-09', close: 21 },
  { date: '2020-03-10', close: 22 },
];
const market = replayMarket({
  series: [
    { symbol: 'SPY', bars: spy },
    { symbol: 'AGG', bars: agg },
    { symbol: 'DST', bars: spring },
  ],
  sessions: nyseSessions,
  seed: 3,
  spreadBps: 2,
  adjustment: 'raw',
});

/** Wednesday 8 January 2020, 15:00 in New York. */
const WEDNESDAY = Date.parse('2020-01-08T20:00:00Z');
const LATER = Date.parse('2021-01-04T15:00:00Z');

let app: FastifyInstance;
let faults: FaultDesk;

async function anExchange(options: Partial<MarketDataOptions> = {}): Promise<void> {
  faults = faultDesk();
  app = fastify();
  await app.register(marketDataRoutes, {
    market,
    faults,
    now: () => WEDNESDAY,
    isAuthorized: (keyId, secretKey) => keyId === 'key' && secretKey === 'secret',
    ...options,
  });
}
afterEach(async () => app.close());

const keys = { 'APCA-API-KEY-ID': 'key', 'APCA-API-SECRET-KEY': 'secret' };

async function get(path: string, query: Record<string, string | number>, headers: Record<string, string> = keys) {
  const asked = new URLSearchParams(Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]));
  return app.inject({ method: 'GET', url: `${path}?${asked}`, headers });
}

interface BarsAnswer {
  readonly bars: Record<string, WireBar[]>;
  readonly next_page_token: string | null;
}

async function bars(query: Record<string, string | number>): Promise<BarsAnswer> {
  const answer = await get('/v2/stocks/bars', { timeframe: '1Day', ...query });
  expect(answer.statusCode).toBe(200);
  return answer.json<BarsAnswer>();
}

async function refusal(path: string, query: Record<string, string | number>): Promise<[number, unknown]> {
  const answer = await get(path, query);
  return [answer.statusCode, answer.json()];
}

describe('GET /v2/stocks/bars', () => {
  it('gives the daily bars of complete sessions, a day beginning at midnight in New York', async () => {
    await anExchange();
    const answer = await bars({ symbols: 'SPY', start: '2020-01-06', end: '2020-01-07' });
    expect(answer).toEqual({
      bars: {
        SPY: [
          { t: '2020-01-06T05:00:00Z', o: 99, h: 101, l: 98, c: 100, v: 39_000, n: 390, vw: 99.5 },
          { t: '2020-01-07T05:00:00Z', o: 100, h: 102, l: 99, c: 100, v: 39_000, n: 390, vw: 100.25 },
        ],
      },
      next_page_token: null,
    });
  });

  it('begins a day at 05:00Z in winter and at 04:00Z in summer', async () => {
    await anExchange({ now: () => LATER });
    const answer = await bars({ symbols: 'DST', start: '2020-03-01', end: '2020-03-31' });
    expect(answer.bars.DST?.map(({ t }) => t)).toEqual(['2020-03-06T05:00:00Z', '2020-03-09T04:00:00Z', '2020-03-10T04:00:00Z']);
  });

  it('shows the forming bar of the current session up to the exchange time and nothing later', async () => {
    await anExchange();
    const { bars: given } = await bars({ symbols: 'SPY', start: '2020-01-08', end: '2020-01-31', feed: 'iex' });
    const [forming] = given.SPY ?? [];
    expect(given.SPY).toHaveLength(1);
    // 5.5 of 6.5 hours have passed: 39,000 · 19,800 / 23,400 = 33,000 shares, and those of the current second.
    expect(forming).toMatchObject({ t: '2020-01-08T05:00:00Z', o: 98, v: 33_001 });
    const now = Number(market.lastTradeAt('SPY', WEDNESDAY)?.price) / 1_000_000;
    expect(forming?.c).toBe(now);
    expect(forming?.c).not.toBe(99);
  });

  it('shows no bar of a session that has not opened', async () => {
    await anExchange({ now: () => Date.parse('2020-01-08T14:29:59Z') });
    const { bars: given } = await bars({ symbols: 'SPY', start: '2020-01-06', end: '2020-01-31', feed: 'iex' });
    expect(given.SPY?.map(({ t }) => t)).toEqual(['2020-01-06T05:00:00Z', '2020-01-07T05:00:00Z']);
  });

  it('gives many symbols, and leaves an unknown one out', async () => {
    await anExchange();
    const answer = await bars({ symbols: 'SPY,NOPE,AGG', start: '2020-01-06', end: '2020-01-07' });
    expect(Object.keys(answer.bars)).toEqual(['AGG', 'SPY']);
    expect(answer.bars.AGG?.map(({ c }) => c)).toEqual([50, 51]);
  });

  it('answers an unknown symbol with 200 and no bars', async () => {
    await anExchange();
    expect(await bars({ symbols: 'NOPE', start: '2020-01-06' })).toEqual({ bars: {}, next_page_token: null });
  });

  it.each(['raw', 'split'])('leaves closes as they were with adjustment=%s', async (adjustment) => {
    await anExchange();
    const { bars: given } = await bars({ symbols: 'SPY', start: '2020-01-06', end: '2020-01-07', adjustment });
    expect(given.SPY?.map(({ c }) => c)).toEqual([100, 100]);
  });

  it.each(['dividend', 'all', 'split,dividend'])(
    'adjusts with adjustment=%s for the dividends of its past, not of its future',
    async (adjustment) => {
      await anExchange();
      // On 8 January only the dollar of that day is known: 100 · 0.99.
      const { bars: given } = await bars({ symbols: 'SPY', start: '2020-01-06', end: '2020-01-07', adjustment });
      expect(given.SPY?.map(({ c }) => c.toFixed(9))).toEqual(['99.000000000', '99.000000000']);
      expect(given.SPY?.[0]?.h).toBeCloseTo(101 * 0.99, 9);
    },
  );

  it('adjusts for all dividends once they are past', async () => {
    await anExchange({ now: () => LATER });
    const { bars: given } = await bars({ symbols: 'SPY', start: '2020-01-06', end: '2020-01-10', adjustment: 'all' });
    expect(given.SPY?.map(({ c }) => c.toFixed(9))).toEqual(spy.map(({ adjClose = 0 }) => adjClose.toFixed(9)));
  });

  it('reads start and end as dates or as RFC 3339, both included', async () => {
    await anExchange({ now: () => LATER });
    const times = async (start: string, end: string) =>
      (await bars({ symbols: 'SPY', start, end })).bars.SPY?.map(({ t }) => t.slice(8, 10));
    expect(await times('2020-01-07', '2020-01-09')).toEqual(['07', '08', '09']);
    expect(await times('2020-01-07T05:00:00Z', '2020-01-09T05:00:00Z')).toEqual(['07', '08', '09']);
    expect(await times('2020-01-07T00:00:00-05:00', '2020-01-08T23:59:59.999999999-05:00')).toEqual(['07', '08']);
    expect(await times('2020-01-07T05:00:01Z', '2020-01-09T04:59:59Z')).toEqual(['08']);
    expect(await times('1900-01-01', '2020-01-06')).toEqual(['06']);
  });

  it('sorts descending when asked', async () => {
    await anExchange();
    const { bars: given } = await bars({ symbols: 'SPY,AGG', start: '2020-01-06', end: '2020-01-07', sort: 'desc' });
    expect(given.SPY?.map(({ t }) => t.slice(8, 10))).toEqual(['07', '06']);
  });

  it.each(['asc', 'desc'])('pages %s by a limit over all symbols, without a bar twice or lost', async (sort) => {
    await anExchange({ now: () => LATER });
    const query = { symbols: 'AGG,SPY', start: '2020-01-01', end: '2020-12-31', sort };
    const whole = await bars(query);
    const seen: string[] = [];
    let token: string | null = null;
    let pages = 0;
    do {
      const page: BarsAnswer = await bars({ ...query, limit: 3, ...(token === null ? {} : { page_token: token }) });
      const given = Object.entries(page.bars).flatMap(([symbol, list]) => list.map(({ t }) => `${symbol} ${t}`));
      expect(given.length).toBeLessThanOrEqual(3);
      seen.push(...given);
      token = page.next_page_token;
      pages += 1;
    } while (token !== null);
    expect(pages).toBe(4);
    expect(seen).toEqual(Object.entries(whole.bars).flatMap(([symbol, list]) => list.map(({ t }) => `${symbol} ${t}`)));
    expect(seen).toHaveLength(10);
  });

  it('gives no token when the last page is exactly full', async () => {
    await anExchange();
    expect((await bars({ symbols: 'SPY', start: '2020-01-06', end: '2020-01-07', limit: 2 })).next_page_token).toBeNull();
  });

  it.each([
    ['1Min', 390],
    ['5Min', 78],
    ['30Min', 13],
    // From 9:00 to 15:00: the first begins before the open.
    ['1Hour', 7],
  ])('gives a session in bars of %s that begin on its grid', async (timeframe, count) => {
    await anExchange({ now: () => LATER });
    const { bars: given } = await bars({ symbols: 'SPY', timeframe, start: '2020-01-07', end: '2020-01-07' });
    const list = given.SPY ?? [];
    expect(list).toHaveLength(count);
    expect(list[0]).toMatchObject({ t: timeframe === '1Hour' ? '2020-01-07T14:00:00Z' : '2020-01-07T14:30:00Z', o: 100 });
    expect(list.at(-1)?.c).toBe(100);
    expect(list.reduce((sum, { v }) => sum + v, 0)).toBe(39_000);
    for (const { o, h, l, c, vw } of list) {
      expect(Math.max(o, c, vw)).toBeLessThanOrEqual(h);
      expect(Math.min(o, c, vw)).toBeGreaterThanOrEqual(l);
      expect(h <= 102 && l >= 99).toBe(true);
    }
  });

  it('holds the minutes and the hours of a session together', async () => {
    await anExchange({ now: () => LATER });
    const ask = async (timeframe: string) =>
      (await bars({ symbols: 'AGG', timeframe, start: '2020-01-07', end: '2020-01-07' })).bars.AGG ?? [];
    const [minutes, hours, [day]] = [await ask('1Min'), await ask('1Hour'), await ask('1Day')];
    expect(Math.max(...hours.map(({ h }) => h))).toBe(Math.max(...minutes.map(({ h }) => h)));
    expect(Math.max(...minutes.map(({ h }) => h))).toBeCloseTo(day?.h ?? 0, 6);
    expect(Math.min(...minutes.map(({ l }) => l))).toBeCloseTo(day?.l ?? 0, 6);
    expect(minutes[0]?.o).toBe(day?.o);
  });

  it('ends intraday bars with the one that is forming', async () => {
    await anExchange({ now: () => WEDNESDAY + 30_000 });
    const { bars: given } = await bars({
      symbols: 'SPY',
      timeframe: '1Min',
      start: '2020-01-08T19:58:00Z',
      end: '2020-01-09',
      feed: 'iex',
    });
    expect(given.SPY?.map(({ t }) => t)).toEqual(['2020-01-08T19:58:00Z', '2020-01-08T19:59:00Z', '2020-01-08T20:00:00Z']);
  });

  it('knows nothing of the day of the first close but its end', async () => {
    await anExchange({ now: () => LATER });
    expect((await bars({ symbols: 'AGG', timeframe: '1Hour', start: '2020-01-06', end: '2020-01-06' })).bars).toEqual({});
    expect((await bars({ symbols: 'AGG', start: '2020-01-06', end: '2020-01-06' })).bars.AGG).toHaveLength(1);
  });

  it('accepts asof and does not serve a stale name for it', async () => {
    await anExchange();
    expect((await bars({ symbols: 'SPY', start: '2020-01-06', end: '2020-01-07', asof: '2020-01-07' })).bars.SPY).toHaveLength(2);
    expect((await bars({ symbols: 'SPY', start: '2020-01-06', end: '2020-01-07', asof: '-' })).bars.SPY).toHaveLength(2);
  });

  it.each([
    ['symbols is required', { timeframe: '1Day' }],
    ['symbols is required', { symbols: ',', timeframe: '1Day' }],
    ['invalid symbol: $PY', { symbols: 'AGG,$PY', timeframe: '1Day' }],
    ['timeframe is required', { symbols: 'SPY' }],
    ['invalid timeframe: 1Week; this exchange serves 1Min to 59Min, 1Hour to 23Hour and 1Day', { symbols: 'SPY', timeframe: '1Week' }],
    ['invalid timeframe: 60Min; this exchange serves 1Min to 59Min, 1Hour to 23Hour and 1Day', { symbols: 'SPY', timeframe: '60Min' }],
    ['invalid start: yesterday; expected YYYY-MM-DD or RFC 3339', { symbols: 'SPY', timeframe: '1Day', start: 'yesterday' }],
    ['invalid end: 2020-02-30; expected YYYY-MM-DD or RFC 3339', { symbols: 'SPY', timeframe: '1Day', end: '2020-02-30' }],
    [
      'invalid end: 2020-02-30T00:00:00Z; expected YYYY-MM-DD or RFC 3339',
      { symbols: 'SPY', timeframe: '1Day', end: '2020-02-30T00:00:00Z' },
    ],
    ['end should not be before start', { symbols: 'SPY', timeframe: '1Day', start: '2020-01-07', end: '2020-01-06' }],
    ['limit must be a whole number from 1 to 10000', { symbols: 'SPY', timeframe: '1Day', limit: 10_001 }],
    ['limit must be a whole number from 1 to 10000', { symbols: 'SPY', timeframe: '1Day', limit: 0 }],
    ['invalid adjustment', { symbols: 'SPY', timeframe: '1Day', adjustment: 'none' }],
    ['invalid asof', { symbols: 'SPY', timeframe: '1Day', asof: 'now' }],
    ['invalid feed: otc', { symbols: 'SPY', timeframe: '1Day', feed: 'otc' }],
    ['invalid sort: up', { symbols: 'SPY', timeframe: '1Day', sort: 'up' }],
    ['invalid page_token', { symbols: 'SPY', timeframe: '1Day', page_token: 'x' }],
  ])('refuses with 400 %s', async (message, query) => {
    await anExchange();
    expect(await refusal('/v2/stocks/bars', query)).toEqual([400, { message }]);
  });
});

describe('free SIP history must end 16 minutes ago', () => {
  const query = { symbols: 'SPY', timeframe: '1Min', feed: 'sip', start: '2020-01-08T14:30:00Z' };
  const message = 'subscription does not permit querying recent SIP data';

  it('refuses the whole request with 403 when it ends later', async () => {
    await anExchange();
    expect(await refusal('/v2/stocks/bars', { ...query, end: '2020-01-08T19:44:01Z' })).toEqual([403, { message }]);
    expect(await refusal('/v2/stocks/bars', { ...query, end: '2020-01-08' })).toEqual([403, { message }]);
  });

  it('answers when it ends in time, or does not say when it ends', async () => {
    await anExchange();
    expect((await get('/v2/stocks/bars', { ...query, end: '2020-01-08T19:44:00Z' })).statusCode).toBe(200);
    const open = await bars(query);
    expect(open.bars.SPY?.at(-1)?.t).toBe('2020-01-08T19:44:00Z');
  });

  it('refuses latest prices of that feed', async () => {
    await anExchange();
    for (const path of ['/v2/stocks/quotes/latest', '/v2/stocks/trades/latest', '/v2/stocks/snapshots']) {
      expect(await refusal(path, { symbols: 'SPY', feed: 'sip' })).toEqual([403, { message }]);
    }
  });

  it('does not bind a paid subscription', async () => {
    await anExchange({ sipDelayMs: 0 });
    expect((await bars({ ...query, end: '2020-01-08' })).bars.SPY?.at(-1)?.t).toBe('2020-01-08T20:00:00Z');
    expect((await get('/v2/stocks/quotes/latest', { symbols: 'SPY', feed: 'sip' })).statusCode).toBe(200);
  });
});

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
