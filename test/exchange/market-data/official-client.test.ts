// Alpaca's own client against this exchange over HTTP: what it reads is what it would read from Alpaca.
import { marketData } from '@alpacahq/alpaca-trade-api/rest';
import { type FastifyInstance, fastify } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultDesk } from '../../../exchange/faults/fault-book.ts';
import { marketDataRoutes } from '../../../exchange/market-data/market-data-routes.ts';
import { LATER, market, WEDNESDAY } from './data-api.ts';

let app: FastifyInstance;
let now = WEDNESDAY;
let stocks: InstanceType<typeof marketData.StockApi>;
let actions: InstanceType<typeof marketData.CorporateActionsApi>;

beforeAll(async () => {
  app = fastify({ forceCloseConnections: true });
  const isAuthorized = (keyId: string | undefined, secretKey: string | undefined) => keyId === 'key' && secretKey === 'secret';
  await app.register(marketDataRoutes, { market, faults: faultDesk(), now: () => now, isAuthorized });
  const basePath = await app.listen({ host: '127.0.0.1', port: 0 });
  const apiKey = (name: string) => (name === 'APCA-API-KEY-ID' ? 'key' : 'secret');
  const configuration = new marketData.Configuration({ basePath, apiKey });
  stocks = new marketData.StockApi(configuration);
  actions = new marketData.CorporateActionsApi(configuration);
});
afterAll(async () => app.close());

describe('the official client', () => {
  it('pages through bars', async () => {
    now = LATER;
    const query = {
      symbols: 'AGG,SPY',
      timeframe: '1Day',
      start: new Date('2020-01-01'),
      end: new Date('2020-12-31'),
      limit: 4,
      feed: 'iex',
    } as const;
    const closes: number[] = [];
    let pageToken: string | undefined;
    do {
      const page = await stocks.stockBars({ ...query, ...(pageToken === undefined ? {} : { pageToken }) });
      for (const bars of Object.values(page.bars)) closes.push(...bars.map(({ c }) => c));
      pageToken = page.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
    expect(closes).toEqual([50, 51, 52, 53, 54, 100, 100, 99, 100, 98]);
  });

  it('reads latest quotes, trades and snapshots', async () => {
    now = WEDNESDAY;
    const { quotes } = await stocks.stockLatestQuotes({ symbols: 'SPY', feed: 'iex' });
    const { trades } = await stocks.stockLatestTrades({ symbols: 'SPY', feed: 'iex' });
    const snapshots = await stocks.stockSnapshots({ symbols: 'SPY', feed: 'iex' });
    expect(quotes.SPY?.t).toEqual(new Date('2020-01-08T20:00:00Z'));
    expect(quotes.SPY?.bp).toBeLessThan(quotes.SPY?.ap ?? Number.NaN);
    expect(trades.SPY?.p).toBe(Number(market.lastTradeAt('SPY', WEDNESDAY)?.price) / 1_000_000);
    expect(snapshots.SPY?.prevDailyBar?.c).toBe(100);
  });

  it('reads cash dividends', async () => {
    now = LATER;
    const answer = await actions.corporateActions({ start: new Date('2020-01-01'), end: new Date('2020-12-31') });
    const dividends = answer.corporateActions.cashDividends ?? [];
    expect(dividends.map(({ symbol, rate, exDate }) => [symbol, rate, exDate.toISOString().slice(0, 10)])).toEqual([
      ['SPY', 1, '2020-01-08'],
      ['SPY', 2, '2020-01-10'],
    ]);
  });

  it('is told when recent consolidated prices are not included', async () => {
    now = WEDNESDAY;
    await expect(stocks.stockLatestQuotes({ symbols: 'SPY', feed: 'sip' })).rejects.toMatchObject({ response: { status: 403 } });
  });
});
