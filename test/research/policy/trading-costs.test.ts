import { describe, expect, it } from 'vitest';
import { priceTable } from '../../../research/backtest/price-table.ts';
import { subjectOfStrategy } from '../../../research/backtest/subject.ts';
import { type Costed, costsOf, tradingCosts } from '../../../research/policy/trading-costs.ts';
import { sessionsBetween } from '../../../shared/core/market/nyse-calendar.ts';
import { DEFAULT_OPTIONS } from '../../../shared/core/strategy/options.ts';

const NONE = new Float64Array(2);

/** Two bars over four years of 365.25 days, 1,461 of them. */
const LIVED: Parameters<typeof costsOf>[0] = {
  start: { date: '2020-01-01', equity: 1_000 },
  dates: ['2020-01-02', '2024-01-01'],
  equity: Float64Array.of(2_000, 3_000),
  paid: { commission: NONE, spread: Float64Array.of(10, 20), impact: NONE, fees: NONE, borrow: Float64Array.of(0, 40) },
  trades: {
    bar: Int32Array.of(-1, 1),
    symbol: Int32Array.of(0, 0),
    units: Float64Array.of(5, 20),
    price: Float64Array.of(100, 100),
    notional: Float64Array.of(500, 2_000),
    commission: NONE,
    spread: Float64Array.of(1, 4),
    impact: Float64Array.of(0.25, 1),
    fees: NONE,
  },
  turnover: { total: 2, perYear: 0.5 },
  runs: 50,
  refused: [{ date: '2020-01-02', code: 'no-price', detail: '' }],
};

describe('what trading costs', () => {
  it('is told a year, as a part of the equity before it was paid', () => {
    // Spread 10/1000 + 20/2000 = 2 % in four years, borrowing 40/2000 = 2 %; 500/1000 + 2000/2000 = 1.5 traded.
    expect(costsOf(LIVED)).toEqual({
      kind: 'costs',
      years: 4,
      aYear: expect.closeTo(0.01, 12),
      otherAYear: expect.closeTo(0.005, 12),
      tradedAYear: expect.closeTo(0.375, 12),
      turnoverAYear: 0.5,
      // (1 + 4 + 0.25 + 1) / 2500.
      assumedBps: expect.closeTo(25, 9),
      refusedPart: 0.02,
    });
  });

  it('is not known of no time, or of no run', () => {
    expect(costsOf({ ...LIVED, dates: [] })).toMatchObject({ kind: 'unknown' });
    expect(costsOf({ ...LIVED, runs: 0 })).toMatchObject({ kind: 'unknown' });
  });

  it('is two basis points of a first funding in a market that stands still, and four at twice the slippage', () => {
    const strategy = { kind: 'asset', symbol: 'SPY' } as const;
    const rebalance = { kind: 'every', every: 'day' } as const;
    const subject = subjectOfStrategy({ name: 'spy', strategy, rebalance, decideOn: 'last-close', options: DEFAULT_OPTIONS });
    const bars = sessionsBetween('2020-01-02', '2023-12-29').map(({ date }) => ({ date, close: 100 }));
    const prices = priceTable([{ symbol: 'SPY', bars }], 'equities');
    const [once, twice] = [tradingCosts(subject, prices, 1), tradingCosts(subject, prices, 2)] as [Costed, Costed];
    expect([once.assumedBps, twice.assumedBps]).toEqual([expect.closeTo(2, 6), expect.closeTo(4, 6)]);
    // Paid once: two basis points, over all of these years.
    expect(once.aYear * once.years).toBeCloseTo(0.0002, 6);
    expect(twice.aYear * twice.years).toBeCloseTo(0.0004, 6);
    expect(tradingCosts(subject, priceTable([], 'equities'), 1)).toMatchObject({ kind: 'unknown' });
  });
});
