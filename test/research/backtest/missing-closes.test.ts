import { describe, expect, it } from 'vitest';
import { missingCloses } from '../../../research/backtest/missing-closes.ts';
import { priceTable } from '../../../research/backtest/price-table.ts';
import type { AssetClass } from '../../../shared/core/market/asset-calendar.ts';
import type { NewYorkDate } from '../../../shared/core/values/time.ts';

const table = (closes: Readonly<Record<string, readonly NewYorkDate[]>>, calendar: AssetClass) =>
  priceTable(
    Object.entries(closes).map(([symbol, dates]) => ({ symbol, bars: dates.map((date) => ({ date, close: 1 })) })),
    calendar,
  );

// 2021-01-01 is a Friday without a session, the 2nd and 3rd are a weekend, the 18th is a holiday of the exchange alone.
describe('missing closes', () => {
  it('counts the sessions between the first and the last bar of a symbol, and says the first of them', () => {
    const prices = table(
      { SPY: ['2020-12-31', '2021-01-04', '2021-01-07', '2021-01-11'], TLT: ['2021-01-05', '2021-01-06'], GLD: ['2021-01-05'] },
      'equities',
    );
    expect(missingCloses(prices)).toEqual([{ symbol: 'SPY', count: 3, first: '2021-01-05' }]);
  });

  it('is not deceived by as many bars on days without a session', () => {
    const prices = table({ SPY: ['2021-01-02', '2021-01-04', '2021-01-06', '2021-01-09', '2021-01-11'] }, 'equities');
    expect(missingCloses(prices)).toEqual([{ symbol: 'SPY', count: 3, first: '2021-01-05' }]);
  });

  it('asks of each symbol only the days on which its own market closes', () => {
    const prices = table(
      {
        BTCUSD: ['2021-01-15', '2021-01-17', '2021-01-18', '2021-01-19'],
        SPY: ['2021-01-15', '2021-01-19'],
        EURUSD: ['2021-01-15', '2021-01-19'],
      },
      'crypto',
    );
    expect(missingCloses(prices)).toEqual([
      { symbol: 'BTCUSD', count: 1, first: '2021-01-16' },
      { symbol: 'EURUSD', count: 1, first: '2021-01-18' },
    ]);
  });
});
