// What every adapter of the MarketData port must show, whatever stands behind it.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refuseBar } from '../../shared/core/market/bar.ts';
import { refuseQuote } from '../../shared/core/market/quote.ts';
import { MINUTE_MS } from '../../shared/core/values/time.ts';
import type { BrokerWorld } from './broker-world.ts';
import { worldPrices } from './world-prices.ts';

const RULES = { quoteAgeMsMax: MINUTE_MS, spreadBpsMax: 100 };

export function marketDataContract(name: string, makeWorld: () => Promise<BrokerWorld>): void {
  describe(`market data contract: ${name}`, () => {
    let world: BrokerWorld;

    beforeEach(async () => {
      world = await makeWorld();
    });

    afterEach(async () => {
      await world.close();
    });

    describe('daily bars', () => {
      it('come in the order of the symbols, both dates included, one a session, ascending', async () => {
        const series = await world.marketData.dailyBars(['TLT', 'SPY'], '2019-05-23', '2019-05-29', 'adjusted');
        expect(series.map(({ symbol }) => symbol)).toEqual(['TLT', 'SPY']);
        // Monday the 27th is Memorial Day.
        for (const { bars } of series)
          expect(bars.map(({ date }) => date)).toEqual(['2019-05-23', '2019-05-24', '2019-05-28', '2019-05-29']);
      });

      it('are sound, each with an adjusted close', async () => {
        for (const { bars } of await world.marketData.dailyBars(['TLT', 'SPY'], '2019-01-02', '2019-06-11', 'adjusted')) {
          // 2019-01-02 to 2019-06-11: 21 + 19 + 21 + 21 + 22 + 7 sessions.
          expect(bars).toHaveLength(111);
          for (const [n, bar] of bars.entries()) {
            expect(refuseBar(bar, bars[n - 1])).toBeUndefined();
            expect(bar.adjClose).toBeGreaterThan(0);
          }
        }
      });

      it('adjusted for splits alone are the closes as they were: no price of this world ever split', async () => {
        const [adjusted, split] = await Promise.all(
          (['adjusted', 'split-adjusted'] as const).map((each) => world.marketData.dailyBars(['TLT'], '2019-03-28', '2019-04-02', each)),
        );
        const bars = split?.[0]?.bars ?? [];
        expect(bars.map(({ date, close }) => ({ date, close }))).toEqual(adjusted?.[0]?.bars.map(({ date, close }) => ({ date, close })));
        for (const { close, adjClose } of bars) expect(adjClose).toBe(close);
        // It pays on Monday, the first of April: closes before that are adjusted down.
        expect(adjusted?.[0]?.bars.filter(({ close, adjClose }) => adjClose !== close).map(({ date }) => date)).toEqual([
          '2019-03-28',
          '2019-03-29',
        ]);
      });

      it('have the highs, lows and volumes of the price files, in the prices of their own day', async () => {
        const [file] = worldPrices();
        const [series] = await world.marketData.dailyBars(['SPY'], '2019-01-02', '2019-05-31', 'adjusted');
        const served = new Map(series?.bars.map((bar) => [bar.date, bar]));
        for (const { date, high = 0, low = 0, volume } of file?.bars ?? []) {
          const bar = served.get(date);
          if (bar === undefined) continue;
          expect([bar.high, bar.low, bar.volume]).toEqual([expect.closeTo(high, 6), expect.closeTo(low, 6), volume]);
        }
        // 21 + 19 + 21 + 21 + 22 sessions.
        expect(served.size).toBe(104);
      });

      it('of a symbol that nobody knows are none', async () => {
        expect(await world.marketData.dailyBars(['NOSUCH'], '2019-05-01', '2019-05-31', 'adjusted')).toEqual([
          { symbol: 'NOSUCH', bars: [] },
        ]);
      });

      it('know nothing of the sessions to come', async () => {
        const [series] = await world.marketData.dailyBars(['SPY'], '2019-06-10', '2019-06-30', 'adjusted');
        for (const { date } of series?.bars ?? []) expect(date <= '2019-06-12').toBe(true);
        expect(series?.bars.slice(0, 2).map(({ date }) => date)).toEqual(['2019-06-10', '2019-06-11']);
      });
    });

    describe('latest quotes', () => {
      it('may be traded on in an open market, and leave out whom nobody knows', async () => {
        const quotes = await world.marketData.latestQuotes(['SPY', 'NOSUCH', 'TLT']);
        expect([...quotes.keys()].sort()).toEqual(['SPY', 'TLT']);
        for (const quote of quotes.values()) expect(refuseQuote(quote, world.now(), RULES)).toBeUndefined();
      });

      it('are of the time at which they are asked for', async () => {
        await world.advance(10 * MINUTE_MS);
        const quote = (await world.marketData.latestQuotes(['SPY'])).get('SPY');
        expect(refuseQuote(quote, world.now(), RULES)).toBeUndefined();
      });

      it.each([
        ['zero-quote', 'quote-zero'],
        ['crossed-quote', 'quote-crossed'],
        ['stale-quote', 'quote-stale'],
      ] as const)('may be bad, and are passed on as they are: %s', async (kind, refusal) => {
        await world.arm({ kind, symbol: 'SPY' });
        const quotes = await world.marketData.latestQuotes(['SPY', 'TLT']);
        expect(refuseQuote(quotes.get('SPY'), world.now(), RULES)).toMatchObject({ code: refusal });
        expect(refuseQuote(quotes.get('TLT'), world.now(), RULES)).toBeUndefined();
      });
    });
  });
}
