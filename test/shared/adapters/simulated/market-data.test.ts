import { describe, expect, it } from 'vitest';
import { type SimulatedMarket, simulatedMarketData } from '../../../../shared/adapters/simulated/market-data.ts';
import type { DailyBar } from '../../../../shared/core/market/bar.ts';
import { newYorkInstant } from '../../../../shared/core/market/new-york-time.ts';
import { sessionOn } from '../../../../shared/core/market/nyse-calendar.ts';
import { usd } from '../../../../shared/core/values/money.ts';
import type { EpochMs } from '../../../../shared/core/values/time.ts';
import { exchangeWorld } from '../../../contract/exchange-world.ts';
import { simulatedWorld } from '../../../contract/simulated-world.ts';

/** Two dollars are paid on 2019-06-12 of a share that closed at 100: what was 100 counts 98 from then on. */
const BARS: readonly DailyBar[] = [
  { date: '2019-06-10', open: 99, high: 101, low: 98, close: 100, adjClose: 49, volume: 1_000 },
  { date: '2019-06-11', open: 100, high: 102, low: 99, close: 100, adjClose: 49, volume: 1_000 },
  { date: '2019-06-12', open: 98, high: 99, low: 90, close: 96, adjClose: 48, volume: 1_000 },
  // Halves again later, which nobody knows yet.
  { date: '2019-06-13', open: 96, high: 97, low: 95, close: 96, adjClose: 96, volume: 1_000 },
];

const MARKET: SimulatedMarket = {
  quoteAt: () => undefined,
  lastTradeAt: () => ({ price: usd('97.5') }),
  dailyBars: (_, from, to) => BARS.filter(({ date }) => date >= from && date <= to),
};

function at(hour: number, minute = 0): EpochMs {
  return newYorkInstant('2019-06-12', hour, minute);
}

async function barsAt(now: EpochMs, market = MARKET): Promise<readonly DailyBar[]> {
  const { dailyBars } = simulatedMarketData({ market, sessions: sessionOn, clock: { now: () => now } });
  return (await dailyBars(['XYZ'], '2019-06-10', '2019-06-28', 'adjusted'))[0]?.bars ?? [];
}

describe('simulated daily bars', () => {
  it('end with the last whole session before the open, adjusted for the dividend of the day', async () => {
    const bars = await barsAt(at(9, 29));
    // A dollar of the day before is 0.49 in the end and one of the day 0.50: 100 × 0.49 / 0.50 = 98.
    expect(bars.map(({ date, close, adjClose }) => [date, close, adjClose])).toEqual([
      ['2019-06-10', 100, 98],
      ['2019-06-11', 100, 98],
    ]);
    expect(bars[0]).toMatchObject({ open: 99, high: 101, low: 98, volume: 1_000 });
  });

  it('show of the session under way its open and its last price, and nothing that is still to come', async () => {
    expect((await barsAt(at(10))).at(-1)).toEqual({ date: '2019-06-12', open: 98, close: 97.5, adjClose: 97.5 });
  });

  it('leave the session under way out while it has no price', async () => {
    const bars = await barsAt(at(10), { ...MARKET, lastTradeAt: () => undefined });
    expect(bars.at(-1)?.date).toBe('2019-06-11');
  });

  it('have the whole session from its close on', async () => {
    expect((await barsAt(at(16))).at(-1)).toEqual({ ...BARS[2], adjClose: 96 });
  });

  it('are as they are where the market adjusts nothing', async () => {
    const market: SimulatedMarket = { ...MARKET, dailyBars: () => [{ date: '2019-06-10', close: 100 }] };
    expect(await barsAt(at(10), market)).toEqual([{ date: '2019-06-10', close: 100, adjClose: 100 }]);
  });

  it('are as they are where dividends are not to be counted back', async () => {
    const { dailyBars } = simulatedMarketData({ market: MARKET, sessions: sessionOn, clock: { now: () => at(16) } });
    const [series] = await dailyBars(['XYZ'], '2019-06-10', '2019-06-28', 'split-adjusted');
    expect(series?.bars).toEqual(BARS.filter(({ date }) => date <= '2019-06-12').map((bar) => ({ ...bar, adjClose: bar.close })));
  });

  it('of days to come are none, and dates in the wrong order are not asked for', async () => {
    const { dailyBars } = simulatedMarketData({ market: MARKET, sessions: sessionOn, clock: { now: () => at(10) } });
    expect(await dailyBars(['XYZ'], '2019-06-13', '2019-06-14', 'adjusted')).toEqual([{ symbol: 'XYZ', bars: [] }]);
    await expect(dailyBars(['XYZ'], '2019-06-13', '2019-06-12', 'adjusted')).rejects.toThrow(RangeError);
    await expect(dailyBars(['xyz'], '2019-06-12', '2019-06-13', 'adjusted')).rejects.toThrow(RangeError);
  });

  it('are those of the HTTP exchange at every hour, forming or whole', async () => {
    const [simulated, overHttp] = [await simulatedWorld(), await exchangeWorld()];
    try {
      // 10:30, then 15:59:59, 16:00, and 09:29:59 and 09:30 of the next session.
      for (const ms of [0, 19_799_000, 1_000, 62_999_000, 1_000]) {
        const [bars, barsOverHttp] = await Promise.all(
          [simulated, overHttp].map(async (world) => {
            await world.advance(ms);
            const series = await world.marketData.dailyBars(['SPY', 'TLT'], '2019-03-25', '2019-06-30', 'adjusted');
            return series.map((each) => each.bars.map(({ date, open, close, adjClose }) => ({ date, open, close, adjClose })));
          }),
        );
        expect(bars).toEqual(barsOverHttp);
      }
    } finally {
      await overHttp.close();
    }
  });
});
