import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplayError } from '../../../exchange/market/line-over-prices.ts';
import { type ReplayOptions, replayMarket } from '../../../exchange/market/replay-market.ts';
import type { DailyBar } from '../../../shared/core/market/bar.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';
import { weekdaySessions } from '../weekday-sessions.ts';

const sessions = weekdaySessions();

function aMarket(bars: readonly DailyBar[], options: Partial<ReplayOptions> = {}) {
  return replayMarket({ series: [{ symbol: 'SPY', bars }], sessions, seed: 7, spreadBps: 2, adjustment: 'raw', ...options });
}

/** Monday 2020-01-06 to Friday 2020-01-10. */
const week: readonly DailyBar[] = [
  { date: '2020-01-06', close: 100 },
  { date: '2020-01-07', close: 101.5 },
  { date: '2020-01-08', close: 99.25 },
  { date: '2020-01-09', close: 99.25 },
  { date: '2020-01-10', close: 102.125 },
];
const open = (date: NewYorkDate) => sessions.sessionOn(date)?.open ?? Number.NaN;
const close = (date: NewYorkDate) => sessions.sessionOn(date)?.close ?? Number.NaN;

describe('replayMarket', () => {
  it('trades at each known close exactly when that session closes', () => {
    const market = aMarket(week);
    for (const bar of week) {
      const at = close(bar.date);
      expect(market.lastTradeAt('SPY', at)).toMatchObject({ price: BigInt(bar.close * 1_000_000), at });
    }
  });

  it('knows no price before the first close', () => {
    const market = aMarket(week);
    expect(market.quoteAt('SPY', close('2020-01-06') - 1)).toBeUndefined();
    expect(market.lastTradeAt('SPY', open('2020-01-06'))).toBeUndefined();
    expect(market.quoteAt('SPY', Date.parse('1999-01-01'))).toBeUndefined();
    expect(market.quoteAt('SPY', close('2020-01-06'))).toBeDefined();
  });

  it('keeps the last quote until the session after the last close opens, and knows no price from then on', () => {
    const market = aMarket(week);
    const monday = open('2020-01-13');
    expect(market.quoteAt('SPY', monday - 1)?.at).toBe(close('2020-01-10'));
    expect(market.quoteAt('SPY', monday)).toBeUndefined();
  });

  it('ends the prices of a symbol whose file ends before the others', () => {
    const series = [
      { symbol: 'SPY', bars: week },
      { symbol: 'AGG', bars: week.slice(0, 3) },
    ];
    const market = aMarket([], { series });
    expect(market.quoteAt('AGG', open('2020-01-09') - 1)).toBeDefined();
    expect(market.quoteAt('AGG', open('2020-01-09'))).toBeUndefined();
    expect(market.quoteAt('SPY', open('2020-01-09'))).toBeDefined();
  });

  it('answers overnight with the quote of the close and its old time', () => {
    const market = aMarket(week);
    const atClose = market.quoteAt('SPY', close('2020-01-07'));
    expect(market.quoteAt('SPY', open('2020-01-08') - 1)).toEqual(atClose);
    expect(atClose?.at).toBe(close('2020-01-07'));
    expect(market.quoteAt('SPY', open('2020-01-08'))?.at).toBe(open('2020-01-08'));
  });

  it('dates a quote by the second it stands for', () => {
    const market = aMarket(week);
    const at = open('2020-01-08') + 61_999;
    expect(market.quoteAt('SPY', at)?.at).toBe(open('2020-01-08') + 61_000);
  });

  it('knows no symbol that has no prices', () => {
    const market = aMarket(week, {
      series: [
        { symbol: 'SPY', bars: week },
        { symbol: 'QQQ', bars: [] },
      ],
    });
    expect(market.asset('QQQ')).toBeUndefined();
    expect(market.quoteAt('QQQ', close('2020-01-07'))).toBeUndefined();
    expect(market.dailyBars('QQQ', '2020-01-01', '2020-12-31')).toEqual([]);
    expect(market.assets().map(({ symbol }) => symbol)).toEqual(['SPY']);
  });

  it('answers nothing when there are no prices at all', () => {
    const market = aMarket([], { series: [] });
    expect(market.assets()).toEqual([]);
    expect(market.quoteAt('SPY', close('2020-01-07'))).toBeUndefined();
  });

  it('lists an asset under an id that depends on its symbol alone', () => {
    const [one, two] = [aMarket(week), aMarket(week.slice(0, 2), { seed: 99 })];
    expect(one.asset('SPY')).toEqual(two.asset('SPY'));
    expect(one.asset('SPY')).toMatchObject({ symbol: 'SPY', isTradable: true, isFractionable: true });
    expect(one.asset('SPY')?.id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
    const both = aMarket([], { series: ['SPY', 'AGG'].map((symbol) => ({ symbol, bars: week })) });
    expect(both.asset('AGG')?.id).not.toBe(both.asset('SPY')?.id);
  });

  it('gives back known bars as they are', () => {
    const bars: DailyBar[] = [
      { date: '2020-01-06', open: 9, high: 11, low: 8, close: 10, adjClose: 5, volume: 3 },
      { date: '2020-01-07', close: 10, adjClose: 5 },
    ];
    expect(aMarket(bars).dailyBars('SPY', '2020-01-01', '2020-12-31')).toEqual(bars);
    expect(aMarket(bars).dailyBars('SPY', '2020-01-07', '2020-01-07')).toEqual([bars[1]]);
    expect(aMarket(bars).dailyBars('SPY', '2020-01-08', '2020-01-07')).toEqual([]);
  });

  it('has a bar for every session between two closes a month apart', () => {
    const market = aMarket([
      { date: '2020-01-31', close: 100 },
      { date: '2020-02-28', close: 120 },
    ]);
    const bars = market.dailyBars('SPY', '2020-01-01', '2020-12-31');
    expect(bars).toHaveLength(21);
    expect(bars[0]?.close).toBe(100);
    expect(bars.at(-1)?.close).toBe(120);
    for (const bar of bars) {
      const trade = market.lastTradeAt('SPY', close(bar.date));
      expect(Number(trade?.price) / 1_000_000).toBeCloseTo(bar.close, 6);
    }
    expect(new Set(bars.map((bar) => bar.close)).size).toBe(21);
  });

  it('carries the adjustment of the last known bar between two known bars', () => {
    const market = aMarket([
      { date: '2020-01-06', close: 100, adjClose: 50 },
      { date: '2020-01-08', close: 100, adjClose: 60 },
    ]);
    const between = market.dailyBars('SPY', '2020-01-07', '2020-01-07')[0];
    expect((between?.adjClose ?? Number.NaN) / (between?.close ?? Number.NaN)).toBeCloseTo(0.5, 12);
  });

  it('goes through the adjusted closes when asked for total-return prices', () => {
    const market = aMarket(
      [
        { date: '2020-01-06', close: 100, adjClose: 50 },
        { date: '2020-01-07', open: 100, high: 110, low: 90, close: 100, adjClose: 55 },
      ],
      { adjustment: 'all' },
    );
    expect(market.lastTradeAt('SPY', close('2020-01-07'))?.price).toBe(55_000_000n);
    const [, bar] = market.dailyBars('SPY', '2020-01-06', '2020-01-07');
    expect(bar).toMatchObject({ close: 55, adjClose: 55 });
    expect(bar?.high).toBeCloseTo(60.5, 9);
    expect(bar?.low).toBeCloseTo(49.5, 9);
  });

  it('opens where the bar says and never leaves its range', () => {
    const market = aMarket([
      { date: '2020-01-06', close: 100 },
      { date: '2020-01-07', open: 103, high: 103.5, low: 99, close: 100.25 },
    ]);
    expect(market.lastTradeAt('SPY', open('2020-01-07'))?.price).toBe(103_000_000n);
    for (let at = open('2020-01-07'); at <= close('2020-01-07'); at += 7_000) {
      const price = market.lastTradeAt('SPY', at)?.price ?? 0n;
      expect(price >= 99_000_000n && price <= 103_500_000n).toBe(true);
    }
  });

  it('stands still on a day whose range is one price', () => {
    const market = aMarket([
      { date: '2020-01-06', close: 100 },
      { date: '2020-01-07', open: 100, high: 100, low: 100, close: 100 },
    ]);
    expect(market.lastTradeAt('SPY', open('2020-01-07') + 3_600_000)?.price).toBe(100_000_000n);
  });

  it('refuses a price on a day without a session, and names day and symbol', () => {
    const bars: DailyBar[] = [
      { date: '2020-01-03', close: 1 },
      { date: '2020-01-04', close: 1 },
    ];
    expect(() => aMarket(bars)).toThrow(new ReplayError('prices on 1 day without a session: 2020-01-04 (SPY)'));
  });

  it('closes early when the calendar says so', () => {
    const early = weekdaySessions({ earlyCloses: ['2020-01-07'] });
    const market = aMarket(week, { sessions: early });
    expect(market.lastTradeAt('SPY', close('2020-01-07'))).toEqual(market.lastTradeAt('SPY', early.sessionOn('2020-01-07')?.close ?? 0));
    expect(market.lastTradeAt('SPY', close('2020-01-07'))?.price).toBe(101_500_000n);
  });

  it('does not change its past when later prices of another symbol are added', () => {
    const alone = aMarket(week);
    const series = [
      { symbol: 'SPY', bars: week },
      { symbol: 'AGG', bars: [{ date: '2019-06-03', close: 50 } as const, { date: '2020-06-01', close: 51 } as const] },
    ];
    const at = open('2020-01-08') + 5_000_000;
    expect(aMarket([], { series }).quoteAt('SPY', at)).toEqual(alone.quoteAt('SPY', at));
  });
});

const prices = fc.double({ min: 0.5, max: 2_000, noNaN: true }).map((price) => Math.round(price * 100) / 100);
const aWeek = fc
  .tuple(prices, fc.array(fc.double({ min: -0.1, max: 0.1, noNaN: true }), { minLength: 4, maxLength: 4 }))
  .map(([first, moves]) => {
    let price = first;
    const dates = week.map(({ date }) => date);
    return dates.map((date, at): DailyBar => {
      price = Math.round(price * (1 + (at === 0 ? 0 : (moves[at - 1] ?? 0))) * 10_000) / 10_000;
      return { date, close: price };
    });
  });
const instants = fc.integer({ min: close('2020-01-06'), max: open('2020-01-13') - 1 });

describe('laws of the replayed market', () => {
  it('answers the same to the same arguments, in whatever order they come', () => {
    fc.assert(
      fc.property(aWeek, fc.array(instants, { minLength: 2, maxLength: 12 }), fc.maxSafeInteger(), (bars, times, seed) => {
        const [one, two] = [aMarket(bars, { seed }), aMarket(bars, { seed })];
        const forward = times.map((at) => one.quoteAt('SPY', at));
        const backward = [...times]
          .reverse()
          .map((at) => two.quoteAt('SPY', at))
          .reverse();
        expect(backward).toEqual(forward);
      }),
      { numRuns: 40 },
    );
  });

  it('always quotes a bid below the ask, on the grid of prices, around the trade', () => {
    fc.assert(
      fc.property(aWeek, instants, fc.integer({ min: 0, max: 100 }), (bars, at, spreadBps) => {
        const market = aMarket(bars, { spreadBps });
        const quote = market.quoteAt('SPY', at);
        const trade = market.lastTradeAt('SPY', at);
        if (quote === undefined || trade === undefined) throw new Error('expected a quote and a trade');
        expect(quote.bid).toBeLessThan(quote.ask);
        for (const side of [quote.bid, quote.ask]) expect(side % (side > 1_000_000n ? 10_000n : 100n)).toBe(0n);
        expect(quote.bid <= trade.price && trade.price <= quote.ask).toBe(true);
        expect(quote.ask - quote.bid).toBeLessThanOrEqual((trade.price * BigInt(spreadBps)) / 10_000n + 20_000n);
        expect([quote.bidSize, quote.askSize].every((size) => size >= 100 && size % 100 === 0)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('moves at most half a percent from one second to the next, on days that move at most a tenth', () => {
    fc.assert(
      fc.property(
        aWeek,
        fc.integer({ min: 0, max: 23_399 }),
        fc.constantFrom(...week.slice(1)),
        fc.maxSafeInteger(),
        (bars, second, { date }, seed) => {
          const market = aMarket(bars, { seed });
          const [before, after] = [second, second + 1].map((each) => market.lastTradeAt('SPY', open(date) + each * 1_000)?.price);
          if (before === undefined || after === undefined) throw new Error('expected trades');
          expect(Math.abs(Number(after) / Number(before) - 1)).toBeLessThan(0.005);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('draws other paths for other seeds and other symbols', () => {
    const at = open('2020-01-08') + 9_000_000;
    const ask = (seed: number, symbol: string) => aMarket([], { seed, series: [{ symbol, bars: week }] }).lastTradeAt(symbol, at)?.price;
    expect(new Set([ask(1, 'SPY'), ask(2, 'SPY'), ask(1 + 2 ** 40, 'SPY'), ask(1, 'AGG')]).size).toBe(4);
  });
});
