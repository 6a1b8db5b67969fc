// The bars row of the market data table.
import { describe, expect, it } from 'vitest';
import { anExchange, type BarsAnswer, bars, get, LATER, market, refusal, spy, WEDNESDAY } from './data-api.ts';

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
