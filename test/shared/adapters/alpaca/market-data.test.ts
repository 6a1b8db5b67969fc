import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { latestQuotesJson } from '../../../../shared/contracts/alpaca/market-data.ts';
import { formatDecimal } from '../../../../shared/core/values/decimal.ts';
import { anAlpaca, brokerErrorOf } from './alpaca-world.ts';

const bar = (t: string, c: number, changes: object = {}): object => ({ t, o: c, h: c, l: c, c, v: 1000, n: 10, vw: c, ...changes });
const WINTER = '2026-11-19T05:00:00Z';
const WINTER_NEXT = '2026-11-20T05:00:00Z';

describe('daily bars', () => {
  it('ask for raw and adjusted prices of every symbol and join them by date', async () => {
    const { marketData, server } = await anAlpaca(({ query }) => ({
      body: {
        bars: { SPY: [bar(WINTER, query.get('adjustment') === 'raw' ? 600.5 : 590.25, { h: 601, l: 589 }), bar(WINTER_NEXT, 602)] },
        next_page_token: null,
      },
    }));
    expect(await marketData.dailyBars(['SPY', 'NOSUCH', 'SPY'], '2026-11-19', '2026-11-20', 'adjusted')).toEqual([
      {
        symbol: 'SPY',
        bars: [
          { date: '2026-11-19', open: 600.5, high: 601, low: 589, close: 600.5, adjClose: 590.25, volume: 1000 },
          { date: '2026-11-20', open: 602, high: 602, low: 602, close: 602, adjClose: 602, volume: 1000 },
        ],
      },
      { symbol: 'NOSUCH', bars: [] },
    ]);
    expect(server.asked.map(({ path, query }) => ({ path, ...Object.fromEntries(query) }))).toEqual(
      ['raw', 'all'].map((adjustment) => ({
        path: '/v2/stocks/bars',
        symbols: 'SPY,NOSUCH',
        timeframe: '1Day',
        start: '2026-11-19T05:00:00.000Z',
        end: '2026-11-20T09:00:00.000Z',
        limit: '10000',
        adjustment,
        feed: 'iex',
        sort: 'asc',
      })),
    );
  });

  it('ask for prices that are adjusted for splits alone where those are wanted', async () => {
    const { marketData, server } = await anAlpaca(({ query }) => ({
      body: { bars: { SPY: [bar(WINTER, query.get('adjustment') === 'raw' ? 600 : 300)] } },
    }));
    const [series] = await marketData.dailyBars(['SPY'], '2026-11-19', '2026-11-20', 'split-adjusted');
    expect(series?.bars).toMatchObject([{ close: 600, adjClose: 300 }]);
    expect(server.asked.map(({ query }) => query.get('adjustment'))).toEqual(['raw', 'split']);
  });

  it('follow the pages to the last, with symbols spread over them', async () => {
    const { marketData, server } = await anAlpaca(({ query }) => {
      const token = query.get('page_token');
      if (token === null) return { body: { bars: { SPY: [bar(WINTER, 600)] }, next_page_token: 'two' } };
      if (token === 'two') return { body: { bars: { SPY: [bar(WINTER_NEXT, 601)], TLT: [bar(WINTER, 90)] }, next_page_token: 'three' } };
      return { body: { bars: { TLT: [bar(WINTER_NEXT, 91)] }, next_page_token: null } };
    });
    const series = await marketData.dailyBars(['TLT', 'SPY'], '2026-11-19', '2026-11-20', 'adjusted');
    expect(series.map(({ symbol, bars }) => [symbol, ...bars.map(({ date, close }) => `${date} ${close}`)])).toEqual([
      ['TLT', '2026-11-19 90', '2026-11-20 91'],
      ['SPY', '2026-11-19 600', '2026-11-20 601'],
    ]);
    expect(server.asked).toHaveLength(6);
  });

  it('refuse pages that go round in a circle', async () => {
    const { marketData } = await anAlpaca(() => ({ body: { bars: {}, next_page_token: 'again' } }));
    expect(await brokerErrorOf(marketData.dailyBars(['SPY'], '2026-11-19', '2026-11-20', 'adjusted'))).toMatchObject({
      code: 'bad-answer',
    });
  });

  it('date a bar by midnight in New York, in summer too', async () => {
    const { marketData } = await anAlpaca(() => ({ body: { bars: { SPY: [bar('2026-07-01T04:00:00Z', 600)] } } }));
    expect((await marketData.dailyBars(['SPY'], '2026-07-01', '2026-07-01', 'adjusted'))[0]?.bars[0]?.date).toBe('2026-07-01');
  });

  it.each([
    ['a bar that does not begin at midnight', [bar('2026-11-19T04:00:00Z', 600)], [bar('2026-11-19T04:00:00Z', 600)]],
    ['a bar without its adjusted close', [bar(WINTER, 600)], []],
    ['a price of zero', [bar(WINTER, 0)], [bar(WINTER, 1)]],
    ['a high below the low', [bar(WINTER, 600, { h: 599, l: 601 })], [bar(WINTER, 600)]],
    ['a date that comes twice', [bar(WINTER, 600), bar(WINTER, 600)], [bar(WINTER, 600)]],
    ['dates out of order', [bar(WINTER_NEXT, 600), bar(WINTER, 600)], [bar(WINTER, 600), bar(WINTER_NEXT, 600)]],
    ['a price written as text', [bar(WINTER, 600, { c: '600' })], [bar(WINTER, 600)]],
  ])('refuse the whole history for %s', async (_, raw, adjusted) => {
    const { marketData } = await anAlpaca(({ query }) => ({ body: { bars: { SPY: query.get('adjustment') === 'raw' ? raw : adjusted } } }));
    expect(await brokerErrorOf(marketData.dailyBars(['SPY'], '2026-11-01', '2026-11-30', 'adjusted'))).toMatchObject({
      code: 'bad-answer',
      effect: 'none',
    });
  });

  it('split many symbols into addresses of bounded length', async () => {
    const symbols = Array.from(
      { length: 250 },
      (_, n) => `S${String.fromCharCode(65 + Math.floor(n / 26))}${String.fromCharCode(65 + (n % 26))}XX`,
    );
    const { marketData, server } = await anAlpaca(() => ({ body: { bars: {} } }));
    const series = await marketData.dailyBars(symbols, '2026-11-19', '2026-11-20', 'adjusted');
    expect(series.map(({ symbol }) => symbol)).toEqual(symbols);
    expect(server.asked).toHaveLength(6);
    for (const { url } of server.asked) expect(url.length).toBeLessThan(1_200);
  });

  it('of the consolidated feed end sixteen minutes ago, and are not asked for before they exist', async () => {
    // At 04:05 in New York: 03:49 is the last minute that may be asked for.
    const now = Date.UTC(2026, 10, 20, 9, 5);
    const { marketData, server } = await anAlpaca(() => ({ body: { bars: {} } }), { feed: 'sip', clock: { now: () => now } });
    await marketData.dailyBars(['SPY'], '2026-11-19', '2026-11-20', 'adjusted');
    expect(server.asked[0]?.query.get('end')).toBe('2026-11-20T08:49:00.000Z');
    const asked = server.asked.length;
    expect(await marketData.dailyBars(['SPY'], '2026-11-23', '2026-11-24', 'adjusted')).toEqual([{ symbol: 'SPY', bars: [] }]);
    expect(server.asked).toHaveLength(asked);
  });
});

describe('latest quotes', () => {
  it('are exact, in milliseconds, and only of the symbols asked for', async () => {
    const { marketData, server } = await anAlpaca(() => ({
      body: {
        quotes: {
          SPY: { t: '2026-11-20T20:34:59.987654321Z', bp: 600.1, bs: 2, bx: 'V', ap: 600.13, as: 1, ax: 'V', c: ['R'], z: 'B' },
          TLT: { t: '2026-11-20T20:34:59Z', bp: 0, ap: 90.5 },
          XYZ: { t: '2026-11-20T20:34:59Z', bp: 1, ap: 2 },
        },
      },
    }));
    expect(await marketData.latestQuotes(['SPY', 'TLT', 'NOSUCH'])).toEqual(
      new Map([
        ['SPY', { symbol: 'SPY', bid: 600_100_000n, ask: 600_130_000n, at: Date.UTC(2026, 10, 20, 20, 34, 59, 987) }],
        ['TLT', { symbol: 'TLT', bid: 0n, ask: 90_500_000n, at: Date.UTC(2026, 10, 20, 20, 34, 59) }],
      ]),
    );
    expect(server.asked.map(({ url }) => url)).toEqual(['/v2/stocks/quotes/latest?symbols=SPY%2CTLT%2CNOSUCH&feed=iex']);
  });

  it.each([{ bp: -1 }, { ap: '600' }, { ap: null }, { t: 'yesterday' }, { t: '2026-11-20' }])('refuse a quote with %j', async (changes) => {
    const { marketData } = await anAlpaca(() => ({ body: { quotes: { SPY: { t: WINTER, bp: 1, ap: 2, ...changes } } } }));
    expect(await brokerErrorOf(marketData.latestQuotes(['SPY']))).toMatchObject({ code: 'bad-answer' });
  });

  it('name wrong keys although the data host answers in HTML', async () => {
    const { marketData, server } = await anAlpaca(() => ({
      status: 401,
      body: '<html><center>openresty</center></html>',
      headers: { 'content-type': 'text/html' },
    }));
    expect(await brokerErrorOf(marketData.latestQuotes(['SPY']))).toMatchObject({ code: 'unauthorized', effect: 'none' });
    expect(server.asked).toHaveLength(1);
  });
});

describe('a price written as a JSON number', () => {
  const read = (text: string): bigint | undefined => {
    const json: unknown = JSON.parse(`{"quotes":{"SPY":{"t":"2026-11-20T20:34:59Z","bp":${text},"ap":1}}}`);
    const parsed = latestQuotesJson.safeParse(json);
    return parsed.success ? parsed.data.quotes?.SPY?.bp : undefined;
  };

  it.each([
    ['107', 107_000_000n],
    ['0.1', 100_000n],
    ['1.005', 1_005_000n],
    ['600.1234565', 600_123_456n],
    ['600.1234575', 600_123_458n],
    ['5e-7', 0n],
    ['1.5e-6', 2n],
    ['1e21', 10n ** 27n],
  ])('%s is read as its shortest decimal, ties to even', (text, micros) => {
    expect(read(text)).toBe(micros);
  });

  it('is the decimal that was sent, whatever the float in between', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 12n }), (micros) => {
        expect(read(formatDecimal(micros, 6))).toBe(micros);
      }),
      { numRuns: 200 },
    );
  });
});
